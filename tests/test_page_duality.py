"""The page of duality, run through the app as a visitor meets it."""

import json
import re
import time
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import complaints, components, formulas, open_lesson, text
from wgan_demo.distances import duality
from wgan_demo.ui.runs import tab

FLAT = [0] * duality.PLACES
open_page = partial(open_lesson, "duality")


def picture(app: AppTest) -> dict:
    """What the component was given."""
    given = [json.loads(element.proto.json) for element in components(app) if element.proto.json]
    return next(data for data in given if "w1" in data)


def bend(app: AppTest, f: str) -> AppTest:
    """The hand leaves the knots at these heights."""
    app.session_state["du_critic"] = {"f": f}
    return app.run()


def test_the_first_look_shows_the_goal_and_hides_the_best_f():
    app = open_page()
    assert not app.exception
    assert complaints(app) == []
    given = picture(app)
    assert given["f"] == FLAT
    assert given["w1"] == pytest.approx(17 / 3)
    assert given["clamp"]
    assert (given["plan"], given["best"], given["free"], given["curves"]) == (None, None, None, [])
    assert app.toggle(key="du_reveal").disabled
    assert ":orange-badge[0 % of W₁]" in text(app)
    assert "straight line" not in text(app)


@pytest.mark.parametrize("preset", duality.PRESETS)
def test_the_best_f_of_every_preset_reaches_w1_and_is_called_so(preset):
    app = open_page(du_preset=preset, du_reveal="true", du_plan="true")
    given = picture(app)
    best = np.array(given["best"]) / 100
    assert duality.value(best, given["p"], given["q"]) == pytest.approx(given["w1"], abs=1e-9)
    assert [curve["name"] for curve in given["curves"]] == ["potential", "line"]
    potential = given["curves"][0]
    at_places = np.interp(range(9), potential["x"], potential["f"])
    np.testing.assert_allclose(at_places - min(at_places), given["best"], atol=2e-3)
    bend(app, duality.heights_text(best))
    assert not app.exception
    assert (":green-badge[W₁ reached]" in text(app)) or (preset == "The same" and "[P = Q]" in text(app))


def test_a_guess_opens_the_best_f_and_is_answered():
    app = open_page(du_preset="One grain")
    app.segmented_control(key="du_guess").set_value("Steeper where more mass moves").run()
    assert "No: it is 1 wherever mass is moved" in text(app)
    app.toggle(key="du_reveal").set_value(True).run()
    assert "slope 1 **all the way** from 1 to 8" in text(app)
    assert picture(app)["free"] == [[0, 1]]


def test_formulas_carry_this_steps_numbers_and_the_gap_is_the_slack():
    app = bend(open_page(du_preset="A gap", du_plan="true"), "-0.5 0 0 0 0 0 0 0 1")
    shown = formulas(app)
    assert r"(-0.5) \cdot (0.5 - 0) + 0 \cdot (0 - 0.5)" in shown
    assert r"0.75 = 0.5 \cdot (1 - (-0.5)) + 0.5 \cdot (1 - 1) = 0.75" in shown
    assert "W_1 = 1" in shown
    assert picture(app)["plan"] == [[0, 1, 0.5], [8, 7, 0.5]]


def test_without_the_clamp_the_value_runs_away_and_says_nothing():
    app = bend(open_page(du_preset="Both sides", du_clamp="false"), "0 0 0 0 12 0 0 0 0")
    assert not picture(app)["clamp"]
    assert ":red-badge[Too steep] Your f lifts P above Q by **6**" in text(app)
    assert "divided by its greatest slope 12 it gives 0.5" in text(app)
    app.toggle(key="du_clamp").set_value(True).run()
    assert ":orange-badge[17 % of W₁] Your f lifts P above Q by **0.5**" in text(app)


def test_f_stays_when_p_and_q_change():
    app = bend(open_page(), "4 3 2 1 0 -1 -2 -3 -4")
    assert ":green-badge[W₁ reached]" in text(app)
    app.segmented_control(key="du_preset").set_value("Both sides").run()
    assert ":orange-badge[0 % of W₁] Your f lifts P above Q by **0**" in text(app)
    assert picture(app)["f"][0] == 400


def test_a_pair_of_ones_own_starts_as_a_copy_and_is_there_again_later():
    app = open_page(du_preset="A gap")
    before = picture(app)
    app.segmented_control(key="du_preset").set_value("Your own").run()
    assert picture(app)["p"] == before["p"]
    app.session_state["du_p_bars"] = {"drawn": {"rev": 1, "heights": "0 0 4 0 0 0 12 0 0"}}
    app.run()
    assert picture(app)["p"] == [0, 0, 0.25, 0, 0, 0, 0.75, 0, 0]
    app.segmented_control(key="du_preset").set_value("Zigzag").run()
    app.segmented_control(key="du_preset").set_value("Your own").run()
    assert picture(app)["p"] == [0, 0, 0.25, 0, 0, 0, 0.75, 0, 0]


def test_a_side_without_mass_is_told_and_the_last_stays():
    app = open_page(du_preset="Your own")
    before = picture(app)["q"]
    app.session_state["du_q_bars"] = {"drawn": {"rev": 1, "heights": "0 0 0 0 0 0 0 0 0"}}
    app.run()
    assert complaints(app) == ["Q has no mass: draw at least one bar. Until then the last Q stays."]
    assert picture(app)["q"] == before


def test_a_lecturers_link_brings_everything():
    app = open_page(
        du_preset="Your own",
        du_p="0 0 0 0 2 0 0 0 0",
        du_q="1 0 0 0 0 0 0 0 3",
        du_f="0 1 2 3 4 3 2 1 0",
        du_plan="true",
    )
    given = picture(app)
    assert (given["p"], given["q"]) == ([0, 0, 0, 0, 1, 0, 0, 0, 0], [0.25, 0, 0, 0, 0, 0, 0, 0, 0.75])
    assert given["w1"] == pytest.approx(4)
    assert ":green-badge[W₁ reached]" in text(app)
    assert complaints(app) == []


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"du_f": "1 2 3"}, "The link does not hold an f. f needs 9 heights and the link has 3: f starts flat."),
        ({"du_f": "0 0 <b> 0 0 0 0 0 0"}, "“?b?” in the link is no height of f"),
        ({"du_f": "0 9 0 0 0 0 0 0 0"}, "steeper than the clamp allows: it was divided by its greatest slope, 9."),
        ({"du_preset": "Your own", "du_p": "1 2"}, "The link does not hold bars for P. 9 heights are needed"),
        ({"du_preset": "Your own", "du_q": "0 " * 9}, "They all have height 0, and some mass is needed."),
        ({"du_preset": "Your own", "du_q": "1 1 1 1 1 1 1 1 31"}, "The height 31 is not between 0 and 30"),
        ({"du_preset": "<script>"}, None),
        ({"du_clamp": "perhaps", "du_guess": "![x](//evil.example)"}, None),
    ],
)
def test_a_damaged_link_gets_one_sentence_and_a_whole_page(link, says):
    app = open_page(**link)
    assert not app.exception
    assert len(complaints(app)) == (says is not None)
    assert says is None or says in complaints(app)[0]
    given = picture(app)
    assert np.abs(np.diff(given["f"])).max() <= 100
    assert not any(mark in message for message in complaints(app) for mark in ("<", "![", "//"))


def test_an_f_that_the_hand_has_bent_is_not_said_to_come_from_the_link():
    app = open_page(du_clamp="false")
    app.session_state["du_critic"] = {"f": "27 0 0 0 0 0 0 0 0"}
    app.run()
    app.toggle(key="du_clamp").set_value(True).run()
    assert complaints(app) == []
    assert np.abs(np.diff(picture(app)["f"])).max() <= 100


def test_a_trained_critic_comes_near_w1_and_its_bound_is_true():
    app = open_page(du_preset="Both sides")
    app.button(key="du_train").click().run()
    job_id = app.session_state[tab.JOBS]["du"]
    deadline = time.monotonic() + 120
    while (view := tab.pool().view(job_id)).busy:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    app.run()
    assert view.state == "finished"
    assert ":blue-badge[:material/check: Trained]" in text(app)
    gap, slope, bound = (float(metric.value) for metric in app.metric[1:])
    assert bound == pytest.approx(gap / slope, abs=2e-3)
    assert 2.8 < bound <= 3 + 1e-3
    assert picture(app)["curves"][-1]["name"] == "trained"
    assert r"L = -\big(\mathbb{E}_P f" in formulas(app)
    app.segmented_control(key="du_preset").set_value("Zigzag").run()
    assert picture(app)["curves"] == []
    assert re.search("belongs to another P and Q", text(app))
    app.button(key="du_remove").click().run()
    assert "du" not in app.session_state[tab.JOBS]
