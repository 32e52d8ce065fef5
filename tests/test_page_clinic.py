"""The bug clinic, run through the app as a visitor meets it."""

import json
import time
from functools import partial

import numpy as np
import pytest

from tests.pages import complaints, component, components, formulas, open_lesson, text
from wgan_demo.gan.bugs import shipped
from wgan_demo.gan.bugs.bugs import BUGS, CASES, STEPS
from wgan_demo.plots.clinic import curves_figure
from wgan_demo.ui import lesson
from wgan_demo.ui.clinic import case
from wgan_demo.ui.runs import tab

open_page = partial(open_lesson, "clinic")
KEYS = [f"bc_guess_{number}" for number in range(1, len(CASES) + 1)]


def given_to_browser(app) -> str:
    return json.dumps([element.proto.json for element in components(app)])


@pytest.mark.parametrize("number", range(1, len(CASES) + 1))
def test_a_case_keeps_its_bug_back_until_it_is_named(number):
    bug = BUGS[CASES[number - 1]]
    app = open_page(bc_case=str(number))
    assert not app.exception
    assert complaints(app) == []
    assert bug.why not in text(app)
    assert not app.code
    assert bug.name in case.question(number).options
    app.segmented_control(key=KEYS[number - 1]).set_value(bug.name).run()
    assert f":green-badge[:material/check: Right] It is **{bug.name}**" in text(app)
    assert ("hides" in text(app).split("In the curves")[0]) == bug.hides
    assert app.code[0].value == bug.diff
    assert "1 of 1 first guesses right" in text(app)
    assert app.success


def test_the_first_guess_counts_and_one_may_say_that_nothing_tells():
    hides = CASES.index("u_per_coordinate") + 1
    app = open_page(bc_case=str(hides))
    guess = app.segmented_control(key=KEYS[hides - 1])
    guess.set_value(BUGS["wrong_axis"].name).run()
    assert ":red-badge[:material/close: No] It is **u for each coordinate**. This one hides." in text(app)
    app.segmented_control(key=KEYS[hides - 1]).set_value(case.HIDES).run()
    assert ":green-badge[:material/check: Right] This one hides." in text(app)
    assert "0 of 1 first guesses right] 1 of 13 cases seen" in text(app)
    next(button for button in app.button if button.label == "Next case").click().run()
    assert app.number_input(key="bc_case").value == hides + 1
    app.segmented_control(key=KEYS[hides]).set_value(lesson.SHOW).run()
    assert "0 of 1 first guesses right] 2 of 13 cases seen" in text(app)


def test_the_last_case_leads_to_the_first():
    app = open_page(bc_case=str(len(CASES)))
    next(button for button in app.button if button.label == "Next case").click().run()
    assert app.number_input(key="bc_case").value == 1


@pytest.mark.parametrize(
    "link", [{"bc_case": "99"}, {"bc_case": "<b>"}, {"bc_seed": "-1"}, {"bc_guess_1": "![x](//e)"}]
)
def test_a_damaged_link_opens_the_first_case(link):
    app = open_page(**link)
    assert not app.exception
    assert app.number_input(key="bc_case").value == 1


def test_the_table_has_the_numbers_of_the_recordings():
    app = open_page(bc_case="2", bc_guess_2=lesson.SHOW)
    ((_, rows),) = component(app, "bc_versus")["groups"]
    assert ["‖∇f(x̂)‖, mean", "1.01", "1.41"] in rows
    assert r"\hat x" in formulas(app)


def test_the_curves_end_with_the_run_and_say_so():
    patient, healthy = shipped.case("generator_sign")
    figure = curves_figure(healthy, patient, STEPS)
    assert figure.layout.annotations[0].text == "stopped at iteration 48"
    assert not curves_figure(healthy, patient, STEPS, goes_on=True).layout.annotations
    assert figure.layout.yaxis2.type == "log"
    emds = [trace for trace in figure.data if trace.yaxis == "y3"]
    assert emds[0].y[0] == pytest.approx(healthy.floor[0])
    np.testing.assert_allclose(emds[1].y, healthy.distance[1], rtol=1e-6)
    np.testing.assert_allclose(emds[2].y, patient.distance[1], rtol=1e-6)
    assert not curves_figure(healthy, shipped.case("wrong_axis")[0], STEPS).layout.annotations


def test_both_train_here_and_now():
    app = open_page(bc_case="8", bc_seed="3")  # the root without a floor: it stops after 11 iterations
    app.button(key="bc_go").click().run()
    jobs = dict(app.session_state[tab.JOBS])
    assert {*jobs} == {"bc", "bc_b"}
    deadline = time.monotonic() + 120
    while any(tab.pool().view(job_id).busy for job_id in jobs.values()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    app.run()
    assert not app.exception
    assert tab.pool().view(jobs["bc"]).state == "failed"
    assert "became NaN" in text(app)
    assert tab.pool().view(jobs["bc_b"]).recording.steps == STEPS
    _, healthy = shipped.case("root")
    trained = tab.pool().view(jobs["bc_b"]).recording
    np.testing.assert_allclose(trained.records[:20], healthy.records[:20], rtol=0.02, atol=0.01)
    app.number_input(key="bc_case").set_value(1).run()
    assert "Recording] Both from seed 0" in text(app)
    app.number_input(key="bc_case").set_value(8).run()
    assert "became NaN" in text(app)
    app.button(key="bc_back").click().run()
    assert app.session_state[tab.JOBS] == {}
