"""Two training pages of the course in one tab: each holds a run of its own, with settings of its own in the link."""

import re
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import component, reading_of
from wgan_demo.ui.runs import tab

PAGE = Path(__file__).parents[1] / "pages/training.py"


def course(page: str) -> None:
    """The training page, and the same one again as a second page with a prefix of its own."""
    from pathlib import Path

    import streamlit as st

    from wgan_demo.ui import course

    st.session_state[course.STARTED] = True
    source = Path(page).read_text()
    chosen = st.radio("Page", ["tr", "im"])
    titled = source.replace('lesson.title("training")', "")  # its links lead to pages that are not there
    exec(titled.replace('TabRun("tr")', f'TabRun("{chosen}")'), {})


def own(at: AppTest, prefix: str) -> str:
    """What stands beside the iteration: whose run it is."""
    return component(at, f"{prefix}_numbers")["readings"][0][2]


def train(at: AppTest, steps: int) -> AppTest:
    next(box for box in at.number_input if box.label == "Iterations").set_value(steps).run()
    next(button for button in at.button if button.label == "Start").click().run()
    deadline = time.monotonic() + 60
    while any(tab.pool().view(job_id).busy for job_id in at.session_state[tab.JOBS].values()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    at.run()
    assert not at.exception
    return at


@pytest.fixture
def at() -> AppTest:
    assert 'TabRun("tr")' in PAGE.read_text()
    return AppTest.from_function(course, args=(str(PAGE),), default_timeout=60).run()


def test_each_page_holds_a_run_of_its_own(at):
    train(at, 50)
    assert (reading_of(at, "Iteration", "tr_numbers"), own(at, "tr")) == ("50", "of your run")
    at.radio[0].set_value("im").run()
    assert own(at, "im") == "first part of the recording"
    train(at, 25)
    assert (reading_of(at, "Iteration", "im_numbers"), own(at, "im")) == ("25", "of your run")
    assert set(at.session_state[tab.JOBS]) == {"tr", "im"}
    at.radio[0].set_value("tr").run()
    assert (reading_of(at, "Iteration", "tr_numbers"), own(at, "tr")) == ("50", "of your run")


def test_a_reset_ends_the_run_of_its_own_page_alone(at):
    train(at, 25)
    at.radio[0].set_value("im").run()
    train(at, 25)
    next(button for button in at.button if button.label == "Reset").click().run()
    assert set(at.session_state[tab.JOBS]) == {"tr"}
    at.radio[0].set_value("tr").run()
    assert own(at, "tr") == "of your run"


def test_the_prefix_of_the_course_s_page_is_written_once():
    root = Path(__file__).parents[1]
    sources = [root / "course.py", *(root / "pages").glob("*.py"), *(root / "wgan_demo").rglob("*.py")]
    lines = [line for path in sources for line in path.read_text().splitlines()]
    found = [line for line in lines if re.search(r'"tr"|\btr_', line)]
    assert found == ['RUN = TabRun("tr")']
