"""The table of all distances: every entry is there, with the numbers of the page or of the library."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import plain
from wgan_demo.distances import DISTANCES
from wgan_demo.measures import Gaussian, Uniform


def page():
    import streamlit as st

    from wgan_demo.ui.distances import overview
    from wgan_demo.ui.distances.pair import own_pair

    overview.show(own_pair("d").at(st.session_state.get("theta", 3.0)))


def open_view(theta=3.0, **link) -> AppTest:
    at = AppTest.from_function(page, default_timeout=60)
    at.session_state["theta"] = theta
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def number(text) -> float:
    if "not converged" in text:
        return np.nan
    return float(re.match(r"[\d.,]+|∞", text)[0].replace(",", "").replace("∞", "inf"))


def numbers(at) -> dict[str, float]:
    return dict(zip(DISTANCES, map(number, at.table[0].value["Now"]), strict=True))


def test_every_distance_has_a_row_with_its_unit():
    table = open_view().table[0].value
    assert list(table["Distance"]) == [distance.label for distance in DISTANCES.values()]
    for now, distance in zip(table["Now"], DISTANCES.values(), strict=True):
        assert distance.unit.startswith(now.split(" ", 1)[1])


def test_gaussians_have_their_closed_forms():
    values = numbers(open_view())
    assert [values[key] for key in ("emd", "w2", "kl", "reverse_kl")] == [3, 3, 4.5, 4.5]
    assert values["js_distance"] == pytest.approx(np.sqrt(values["js"]), abs=1e-4)
    # E|X - Y| of two Gaussians is that of N(3, 2), E|X - X'| = 2 / sqrt(pi)
    z = np.random.default_rng(0).normal(3, np.sqrt(2), 4_000_000)
    assert values["energy"] == pytest.approx(np.sqrt(2 * np.abs(z).mean() - 4 / np.sqrt(np.pi)), abs=2e-3)
    assert values["sinkhorn"] == pytest.approx(3, abs=1e-3)  # nearly all of Q lies right of P: every plan costs 3


@pytest.mark.parametrize("family", ["Uniform", "Drawn by you"])
def test_what_is_apart_is_what_the_entries_say(family):
    at = open_view(theta=20.0, d_p_family=family, d_q_family=family)
    further = numbers(open_view(theta=30.0, d_p_family=family, d_q_family=family))
    for (key, distance), value in zip(DISTANCES.items(), numbers(at).values(), strict=True):
        assert (further[key] > value) is distance.sees_geometry


def test_thinned_points_are_close_to_all_of_them():
    values = numbers(open_view(theta=0.5, d_p_family="Uniform", d_q_std="2.0"))
    p, q = Uniform(0, 1).measure(), Gaussian(0.5, 2).measure()
    assert values["energy"] == pytest.approx(DISTANCES["energy"].compute(p, q), abs=2e-3)
    assert values["emd"] < values["sinkhorn"] < values["emd"] + 0.05


def test_the_answer_waits_for_the_guess():
    at = open_view()
    assert list(at.table[0].value.columns) == ["Distance", "Now", "Metric"]
    assert not at.success
    at.button_group(key="d_all_guess").set_value(0).run()
    assert not at.exception
    table = at.table[0].value
    assert list(table["Sees how far"]).count("yes") == 4
    assert any("You guessed 0. It is 4:" in plain(text.value) for text in at.markdown)
    assert at.success
    assert open_view(d_all_guess="6").button_group(key="d_all_guess").value == 6


@pytest.mark.parametrize("value", ["abc", "99", "-1", "nan", ""])
def test_a_senseless_guess_in_the_link_is_none(value):
    assert "Sees how far" not in open_view(d_all_guess=value).table[0].value


def test_real_data_of_another_scale():
    link = {"d_p_family": "Real data", "d_q_family": "Real data", "d_data": "Wines"}
    link |= {"d_p_column_wine": "proline", "d_q_column_wine": "proline"}
    values = numbers(open_view(theta=0.0, **link))
    assert values["emd"] > 100
    assert not values["sinkhorn"] < values["emd"] - 1e-2  # or it has not converged
