"""What an import may load. Who may import whom inside wgan_demo is checked by `lint-imports` as well."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCREEN = [ROOT / "app.py", ROOT / "course.py", *sorted((ROOT / "pages").glob("*.py"))]
LIBRARY = sorted((ROOT / "wgan_demo").rglob("*.py"))
HEAVY = {"torch", "ot", "sklearn", "scipy.stats", "distributed", "sqlalchemy"}
AT_START = {"measures", "datasets", "distances", "plots", "ui"}  # what the app's own process may load at once


def top_level_imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_nothing_heavy_is_loaded_while_the_app_starts():
    modules = [path.relative_to(ROOT).with_suffix("").parts for path in LIBRARY if path.stem != "__init__"]
    lines = [f"import {'.'.join(parts)}" for parts in modules if parts[1] in AT_START]
    lines += [ast.unparse(node) for path in SCREEN for node in top_level_imports(path)]
    lines += [f"import sys; print(*{HEAVY} & sys.modules.keys())"]
    fresh = [sys.executable, "-c", "\n".join(lines)]
    run = subprocess.run(fresh, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.split()) == (0, []), run.stderr


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.name)
def test_a_page_imports_nothing_heavy_and_draws_through_the_library(path):
    nodes = top_level_imports(path)
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert not {name.split(".")[0] for name in names} & {
        "torch",
        "ot",
        "sklearn",
        "distributed",
        "plotly",
        "sqlalchemy",
    }


@pytest.mark.parametrize(("name", "home"), [("streamlit", "ui"), ("plotly", "plots")])
def test_in_the_library_only_one_place_knows(name, home):
    statement = re.compile(rf"^\s*(import|from) {name}\b", re.MULTILINE)
    assert {path.relative_to(ROOT).parts[1] for path in LIBRARY if statement.search(path.read_text())} == {home}


def test_no_process_starts_in_the_way_that_runs_the_app_again():
    """The child of multiprocessing's spawn imports the main script. Its connections are harmless."""
    spawning = re.compile(
        r"(?m)multiprocessing\.(?!connection)\w|^\s*import multiprocessing$|from multiprocessing import|ProcessPool"
    )
    assert [path.name for path in (*LIBRARY, *SCREEN) if spawning.search(path.read_text())] == []
