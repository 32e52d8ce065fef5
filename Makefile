# Each target works on a bare checkout: Python 3.11 or newer is all it needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint bench

run: .venv/app
	$(BIN)/streamlit run app.py

test: .venv/dev lint
	$(BIN)/python -m tests.browser          # finds a Chromium or fetches one
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --durations 15 -m "not browser"
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --durations 15 -m browser     # each of the two with its server

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/lint-imports

bench: .venv/dev
	for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

.venv/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
