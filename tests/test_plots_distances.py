"""The figures of the Distances page hold the numbers they claim to show, and infinity is never a finite number."""

import json

import numpy as np
import pytest

from tests.messages import decode
from wgan_demo.distances import at_theta
from wgan_demo.distances.at_theta import Pair
from wgan_demo.distances.divergences import LN2
from wgan_demo.distances.one_dim import meetings, shift_curves
from wgan_demo.measures import Gaussian, Histogram, Laplace, Mixture, PointMasses, Samples, Uniform
from wgan_demo.plots.distances import (
    curves_figure,
    move_mark,
    number,
    visible_range,
)
from wgan_demo.plots.shift import pack, parts
from wgan_demo.plots.theme import plain

THETA = np.linspace(0, 35, 71)
GROUPS = [(("w1", "w2"), "units of x"), (("kl", "reverse_kl"), "nats"), (("js", "tv"), "nats, no unit")]
FAMILIES = {
    "gaussian": Gaussian(0, 1),
    "mixture": Mixture((Gaussian(-2, 0.5), Gaussian(2, 1)), (0.3, 0.7)),
    "uniform": Uniform(0, 1),
    "laplace": Laplace(0, 1),
    "histogram": Histogram(0, 1, (2, 5, 0, 1)),
    "atoms": PointMasses((0, 1, 2), (1, 1, 1)),
    "data": Samples.of(np.random.default_rng(0).normal(5, 2, 200), 0.5),
}


def curves(p, q, theta=THETA):
    return shift_curves(p, q, np.unique(np.concatenate([theta, meetings(p, q)])).clip(0))


def trace(fig, name):
    return next(trace for trace in fig.data if trace.name == name)


def area(x, y):
    """Integral of y over x by the trapezoid rule; the figures' arrays are float32."""
    return np.trapezoid(np.asarray(y, float), np.asarray(x, float))


def sent(p, q):
    """Header and arrays of the message about a pair."""
    pair = Pair(p, q)
    header, groups = decode(pack(parts(pair, at_theta.curves(p, q, pair.theta_max)), {"theta": 0.0}))
    return header, {name: array for group in groups for name, array in group.items()}


@pytest.mark.parametrize("p", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("q", FAMILIES.values(), ids=FAMILIES)
def test_every_pair_can_be_drawn(p, q):
    now = shift_curves(p, q, [2.0])
    for keys, unit in GROUPS:
        fig = curves_figure(curves(p, q), now, keys, unit=unit)
        assert fig.layout.xaxis.title.text
        assert fig.layout.yaxis.title.text
        json.loads(fig.to_json())
    header, arrays = sent(p, q)
    assert header["range"][0] < header["range"][1]
    assert all(np.isfinite(arrays[f"{name} {axis}"]).all() for name in "pqPQ" for axis in "xy")


@pytest.mark.parametrize("key", ["gaussian", "mixture", "uniform", "laplace", "histogram", "data"])
def test_the_area_under_a_density_is_1(key):
    _, arrays = sent(FAMILIES[key], Gaussian(30, 1))
    assert area(arrays["p x"], arrays["p y"]) == pytest.approx(1, abs=2e-3)


def test_atoms_are_as_high_as_their_mass():
    header, arrays = sent(PointMasses((0, 1), (1, 3)), Gaussian())
    np.testing.assert_allclose(sorted(set(arrays["p y"])), [0, 0.25, 0.75])
    assert "mass" in header["title"]


@pytest.mark.parametrize(
    ("p", "q"), [("gaussian", "uniform"), ("atoms", "laplace"), ("data", "mixture"), ("data", "atoms")]
)
def test_the_area_between_the_distribution_functions_is_w1(p, q):
    p, q = FAMILIES[p], FAMILIES[q].shifted(1.3)
    w1 = shift_curves(p, q, [0]).values["w1"][0]
    _, arrays = sent(p, q)
    x = np.sort(np.concatenate([arrays["P x"], arrays["Q x"]]))
    of_p, of_q = (np.interp(x, arrays[f"{side} x"], arrays[f"{side} y"], 0, 1) for side in "PQ")
    assert area(x, np.abs(of_p - of_q)) == pytest.approx(w1, rel=0.01)


def test_gaussian_kl_is_a_square_and_nothing_is_infinite():
    fig = curves_figure(
        curves(Gaussian(), Gaussian()), shift_curves(Gaussian(), Gaussian(), [3]), ("kl", "reverse_kl"), unit="nats"
    )
    np.testing.assert_allclose(trace(fig, "KL(P‖Q)").y, THETA**2 / 2, rtol=1e-6)
    assert "∞" not in str(fig.layout)


def test_what_is_infinite_is_in_the_band_and_nowhere_else():
    p, q = Uniform(0, 3), Uniform(0, 1)  # KL(Q|P) is finite until Q leaves P's support at theta = 2
    fig = curves_figure(curves(p, q), shift_curves(p, q, [10]), ("kl", "reverse_kl"), unit="nats")
    band = fig.layout.meta
    finite, above = trace(fig, "KL(Q‖P)"), trace(fig, "KL(Q‖P) = ∞")
    inside = THETA <= 2
    np.testing.assert_allclose(np.array(finite.y)[inside], np.log(3), rtol=1e-6)
    assert np.isnan(np.array(finite.y)[~inside]).all()
    assert np.isnan(np.array(above.y)[inside]).all()
    np.testing.assert_allclose(np.array(above.y)[~inside], band)
    assert band > np.log(3)
    assert dict(zip(fig.layout.yaxis.tickvals, fig.layout.yaxis.ticktext, strict=True))[band] == "<b>∞</b>"
    np.testing.assert_allclose(fig.data[-2].y, band)  # both marks
    assert all(y is None or np.isnan(y) for y in fig.data[-1].y)


def test_where_atoms_meet_there_is_a_single_dot_off_the_line():
    p = q = PointMasses((0,), (1,))
    fig = curves_figure(curves(p, q), shift_curves(p, q, [0]), ("js", "tv"), unit="nats, no unit")
    np.testing.assert_allclose(trace(fig, "JS").y, LN2)
    dot = trace(fig, "JS where atoms meet")
    assert (list(dot.x), list(dot.y)) == ([0], [0])


def test_marks_move_without_touching_the_curves():
    p, q, keys = Gaussian(), Gaussian(), ("w1", "w2")
    spec = curves_figure(curves(p, q), shift_curves(p, q, [3]), keys, unit="units of x").to_plotly_json()
    moved = move_mark(spec, shift_curves(p, q, [20]), keys)
    assert moved["data"][-2]["y"] == pytest.approx([20, 20])
    assert moved["layout"]["shapes"][0]["x0"] == 20
    assert spec["data"][-2]["y"] == pytest.approx([3, 3])
    assert moved["data"][:-2] == spec["data"][:-2]


def test_rounding_in_a_flat_derivative_is_not_blown_up():
    p, q = PointMasses((0,), (1,)), Gaussian()
    fig = curves_figure(curves(p, q), shift_curves(p, q, [3]), ("js", "tv"), unit="nats, no unit")
    assert fig.layout.yaxis2.range[1] > 0.5


def test_visible_range_of_a_gaussian():
    low, high = visible_range(Gaussian(10, 2))
    assert low == pytest.approx(10 - 3.72 * 2, abs=0.2)
    assert high == pytest.approx(10 + 3.72 * 2, abs=0.2)


@pytest.mark.parametrize(
    ("value", "text"),
    [(np.inf, "∞"), (0, "0.0000"), (-1e-17, "0.0000"), (LN2, "0.6931"), (612.5, "612.5"), (12345.6, "12,346")],
)
def test_numbers_as_printed(value, text):
    assert number(value) == text


def test_a_users_text_is_no_markup():
    assert plain("<b>x</b> & <a href='u'>") == "&lt;b&gt;x&lt;/b&gt; &amp; &lt;a href='u'&gt;"
    assert len(plain("x" * 100)) == 32
