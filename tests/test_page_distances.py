"""The Distances page, run through the app as a visitor meets it: closed forms, links good and bad, and real data."""

from base64 import b64decode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import distances_of, given, plain
from wgan_demo.datasets.table import bundled
from wgan_demo.distances.divergences import LN2
from wgan_demo.ui.distances.pair import ALL, DATA, OWN
from wgan_demo.ui.distances.readymade import LUMP_AT, LUMP_SHARE, READY_MADE, reading

W1, W2, KL, REVERSE_KL, JS, ROOT_JS, TV = range(7)


def open_page(**link) -> AppTest:
    app = AppTest.from_file("../course.py", default_timeout=30)
    app.run().switch_page("pages/distances.py")
    for name, value in link.items():
        app.query_params[name] = value
    return fine(app.run())


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert app.title[0].value == "How far apart are P and Q?"
    return app


def numbers(app: AppTest) -> list[float]:
    return [float(text.replace(",", "").replace("∞", "inf")) for text in distances_of(app)]


def figures(app: AppTest) -> list[dict]:
    """What the three panels of curves were given."""
    return given(app)


def test_the_page_opens_with_numbers_and_the_guess_brings_three_panels():
    app = open_page()
    assert not figures(app)
    fine(app.button_group(key="d_guess").set_value("KL").run())
    assert len(figures(app)) == 3
    assert all(figure["alt"] for figure in figures(app))
    assert numbers(app)[:4] == [3, 3, 4.5, 4.5]  # N(0, 1) against N(3, 1): W1 = theta, KL = theta^2 / 2


@pytest.mark.parametrize("theta", [0.0, 0.1, 10.0, 35.0])
@pytest.mark.parametrize("std", [0.5, 2.0])
def test_gaussians_meet_their_closed_forms(theta, std):
    values = numbers(open_page(d_theta=str(theta), d_p_std=str(std), d_q_std=str(std)))
    assert values[W1] == pytest.approx(theta, abs=1e-4)
    assert values[W2] == pytest.approx(theta, abs=1e-4)
    assert values[KL] == pytest.approx(theta**2 / (2 * std**2), rel=1e-3, abs=1e-4)
    assert values[JS] <= 0.6932
    assert values[ROOT_JS] == pytest.approx(values[JS] ** 0.5, abs=1e-2)


def test_disjoint_uniforms():
    app = open_page(d_p_family="Uniform", d_q_family="Uniform", d_theta="2")
    assert numbers(app) == [2, 2, np.inf, np.inf, 0.6931, 0.8326, 1]


def test_parallel_lines_of_the_wgan_paper():
    link = {"d_p_family": "Point masses", "d_q_family": "Point masses"}
    assert numbers(open_page(**link, d_theta="0")) == [0] * 7
    assert numbers(open_page(**link, d_theta="0.5")) == [0.5, 0.5, np.inf, np.inf, 0.6931, 0.8326, 1]


def test_the_slider_moves_numbers_and_marks():
    app = open_page(d_guess="KL")
    fine(app.slider(key="d_theta").set_value(7.0).run())
    assert numbers(app)[:3] == [7, 7, 24.5]
    w_panel = figures(app)[0]["figure"]["data"]
    assert w_panel[-2]["x"] == [7, 7]
    assert w_panel[-2]["y"] == pytest.approx([7, 7])


@pytest.mark.parametrize(
    "family", ["Gaussian", "Mixture of two Gaussians", "Uniform", "Laplace", "Point masses", "Real data"]
)
def test_every_family_on_both_sides(family):
    app = open_page(d_pair=OWN, d_guess="KL")
    fine(app.selectbox(key="d_p_family").select(family).run())
    fine(app.selectbox(key="d_q_family").select(family).run())
    assert len(figures(app)) == 3


HOSTILE = ["abc", "nan", "-inf", "1e999", "-5", "<script>alert(1)</script>", "../../etc/passwd", "9" * 5000, ""]
KEYS = ["d_pair", "d_theta", "d_p_family", "d_p_std", "d_guess"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_opens_the_default_page(value):
    assert numbers(open_page(**dict.fromkeys(KEYS, value)))[:4] == [3, 3, 4.5, 4.5]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_to_data_opens_the_default_data(value):
    keys = ["d_data", "d_bins", "d_p_column_iris", "d_p_class_iris", "d_theta_35"]
    app = open_page(d_p_family="Real data", d_q_family="Real data", **dict.fromkeys(keys, value))
    assert app.selectbox(key="d_data").value == "Iris flowers"
    assert numbers(app)[W1] == pytest.approx(0.93)  # sepal length, setosa against versicolor


def test_a_link_reproduces_data_settings():
    app = open_page(
        d_p_family="Real data", d_q_family="Real data", d_data="Wines",
        d_p_column_wine="proline", d_q_column_wine="proline", d_p_class_wine="class_1", d_q_class_wine="class_0",
    )  # fmt: skip
    wine = bundled("wine")
    gap = wine.values("proline", "class_0").mean() - wine.values("proline", "class_1").mean()
    assert numbers(app)[W1] == pytest.approx(gap, rel=0.02)  # nearly all of class 1 lies below class 0
    assert app.slider(key="d_theta_5000").max == 5000  # theta in the data's own units
    assert any("raw numbers" in plain(caption.value) for caption in app.caption)


def test_two_columns_against_each_other():
    link = {"d_p_class_iris": "all rows", "d_q_class_iris": "all rows", "d_q_column_iris": "petal length (cm)"}
    app = open_page(d_p_family="Real data", d_q_family="Real data", **link)
    iris = bundled("iris")
    p, q = np.sort(iris.values("sepal length (cm)")), np.sort(iris.values("petal length (cm)"))
    assert numbers(app)[W1] == pytest.approx(np.abs(p - q).mean(), abs=1e-4)


def ends_at(app: AppTest) -> float:
    """The last theta of the curve of W1."""
    x = figures(app)[0]["figure"]["data"][0]["x"]
    return float(np.frombuffer(b64decode(x["bdata"]), x["dtype"])[-1]) if isinstance(x, dict) else x[-1]


def upload(app: AppTest, content: bytes, name: str = "mine.csv") -> AppTest:
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return fine(app.run())


def test_an_uploaded_csv_is_used_and_survives_a_page_switch_and_a_bad_file():
    app = open_page(d_p_family="Real data", d_q_family="Real data", d_data="Upload a CSV")
    assert "No CSV has been read yet" in app.info[0].value
    upload(app, b"a,b\n0,2\n1,3\n")
    app.selectbox(key="d_q_column_csv").select("b").run()
    assert numbers(fine(app))[W1] == 2

    upload(app, b"name\nAda\nEmmy\n", "bad.csv")
    assert "No column is numeric" in app.error[0].value
    assert app.selectbox(key="d_q_column_csv").value == "b"
    assert numbers(app)[W1] == 2

    app.switch_page("pages/home.py").run()
    app.switch_page("pages/distances.py").run()
    assert app.selectbox(key="d_data").value == "Upload a CSV"
    assert numbers(fine(app))[W1] == 2

    upload(app, b"c,d\n0,9\n1,9\n")  # other columns: the choice of column starts anew
    assert app.selectbox(key="d_q_column_csv").value == "d"


def test_dropped_rows_are_said():
    app = open_page(d_p_family="Real data", d_q_family="Real data", d_data="Upload a CSV")
    upload(app, b"a,b\n0,2\nx,3\n1,4\n")
    assert "line 3" in app.warning[0].value


def test_a_header_full_of_markup_stays_text():
    app = open_page(d_p_family="Real data", d_q_family="Real data", d_data="Upload a CSV")
    upload(app, b"a<img src=x onerror=alert(1)>,![i](http://x)\n0,2\nx,3\n1,4\n2,1\n")
    assert "\\<img" in app.warning[0].value


@pytest.mark.parametrize(
    "content", [b"a\n5\n5\n", b"a\n1e29\n-1e29\n", b"a\n1e-9\n2e-9\n", b"a\n1700000000000000000\n1700000000000086400\n"]
)
def test_odd_scales_of_data(content):
    app = open_page(d_p_family="Real data", d_q_family="Real data", d_data="Upload a CSV")
    upload(app, content)
    for side in "pq":
        app.selectbox(key=f"d_{side}_class_csv").select(ALL)
    assert numbers(fine(app.run()))[W1] == 0


def test_columns_far_from_0_keep_their_bins():
    """Seconds since 1970 at 10 kHz: all of them in one bin would have no divergence."""
    rows = [f"{1700000000 + 1e-4 * i:.4f},{1700000000.01 + 1e-4 * i:.4f}" for i in range(100)]
    app = open_page(d_p_family="Real data", d_q_family="Real data", d_data="Upload a CSV")
    upload(app, "\n".join(["a,b", *rows]).encode())
    app.selectbox(key="d_q_column_csv").select("b").run()
    assert numbers(fine(app))[W1] == pytest.approx(0.01, abs=1e-4)
    assert numbers(app)[TV] > 0.9


def test_a_tiny_distance_is_not_printed_as_0_and_rounding_is():
    app = open_page(d_p_family="Real data", d_q_family="Real data", d_data="Upload a CSV")
    upload(app, b"a,b\n1e-9,3e-9\n2e-9,4e-9\n")
    app.selectbox(key="d_q_column_csv").select("b").run()
    assert numbers(fine(app))[:2] == pytest.approx([2e-9, 2e-9])
    app = open_page(
        **{f"d_{side}_family": "Drawn by you" for side in "pq"},
        d_p_bars="0 0 0 0 0 0 0 0 0 0 0 9",
        d_q_bars="9 0 0 0 0 0 0 0 0 0 0 0",
        d_theta="11",
    )
    assert distances_of(app) == ["0.0000"] * 7


def test_the_question_covers_the_curves_and_nothing_gives_it_away():
    app = open_page(d_theta="2")
    assert not figures(app)
    assert not app.success
    app = open_page(d_theta="2", d_guess="KL")
    assert ends_at(app) == 35
    assert app.success
    assert any("Not KL" in plain(text.value) for text in app.markdown)
    app = open_page(d_guess="JS and TV")
    assert any("ln 2" in plain(text.value) for text in app.markdown)


def said(app: AppTest) -> str:
    return plain(" ".join(text.value for text in app.markdown))


@pytest.mark.parametrize(("theta", "name"), [(theta, name) for name in READY_MADE for theta in (0.3, 10.0, 35.0)])
def test_every_ready_made_pair_opens_with_its_own_numbers(name, theta):
    app = open_page(d_pair=name, d_theta=str(theta))
    exact = READY_MADE[name].pair.at(theta).values
    assert numbers(app)[W1] == pytest.approx(exact["w1"], abs=1e-4)
    assert not app.selectbox  # the drawer is for pairs of one's own
    assert READY_MADE[name].about in said(app)


def test_what_the_readings_claim():
    values = {name: [made.pair.at(theta).values for theta in (0, 0.1, 0.5, 2, 10, 20)]
              for name, made in READY_MADE.items()}  # fmt: skip
    at_10, at_20 = values["Gaussians"][-2:]
    assert [at_10["w1"], at_20["w1"]] == pytest.approx([10, 20], abs=1e-4)
    assert [at_10["kl"], at_20["kl"]] == pytest.approx([50, 200], rel=1e-6)
    assert at_20["js"] == pytest.approx(LN2)
    *_, over, near, _, far = values["Uniforms"]
    assert over["kl"] == np.inf
    assert [near["js"], near["tv"], far["js"], far["tv"]] == pytest.approx([LN2, 1, LN2, 1])
    assert [near["w1"], far["w1"]] == pytest.approx([2, 20])
    here, near, *_, far = values["Points"]
    assert [here[key] for key in ("kl", "js", "tv", "w1")] == [0] * 4
    assert [near[key] for key in ("kl", "js", "tv", "w1")] == pytest.approx([np.inf, LN2, 1, 0.1])
    assert [far[key] for key in ("kl", "js", "tv", "w1")] == pytest.approx([np.inf, LN2, 1, 20])
    here = values["One far lump"][0]
    assert here["w1"] == pytest.approx(LUMP_SHARE * LUMP_AT, rel=1e-4)
    assert here["reverse_kl"] == pytest.approx(-np.log(1 - LUMP_SHARE), rel=1e-3)
    assert here["kl"] > 40 * here["reverse_kl"]


@pytest.mark.parametrize("name", READY_MADE)
def test_a_reading_waits_for_the_guess_that_it_would_give_away(name):
    app = open_page(d_pair=name)
    assert reading(name) not in said(app)
    app.button_group(key="d_guess").set_value("KL").run()
    assert reading(name) in said(fine(app))
    app.button_group(key="d_view").set_value("All distances").run()
    assert reading(name) not in said(fine(app))


@pytest.mark.parametrize("old", [{"d_p_std": "2"}, {"d_q_family": "Uniform"}, {"d_bins": "30"}, {"d_data": "Wines"}])
def test_a_link_from_before_the_row_of_pairs_opens_a_pair_of_its_own(old):
    app = open_page(**old)
    assert app.button_group(key="d_pair").value == OWN
    assert app.selectbox(key="d_q_family").value == old.get("d_q_family", "Gaussian")


def test_an_old_link_to_a_renamed_view_opens_it():
    app = open_page(d_view="The honest cliff")
    assert app.button_group(key="d_view").value == "When KL is infinite"


def test_real_data_are_compared_with_data_of_the_same_table():
    app = open_page(d_pair=OWN)
    app.selectbox(key="d_p_family").select(DATA).run()
    assert app.selectbox(key="d_q_family").value == DATA
    assert numbers(fine(app))[W1] == pytest.approx(0.93)  # setosa against versicolor
    assert open_page(d_p_family=DATA).selectbox(key="d_q_family").value == "Gaussian"  # so it was linked


def test_a_table_without_classes_gives_two_columns_or_two_halves():
    app = open_page(d_p_family=DATA, d_q_family=DATA, d_data="Upload a CSV")
    upload(app, b"a,b\n0,2\n1,3\n")
    assert numbers(app)[W1] == 2
    app = open_page(d_p_family=DATA, d_q_family=DATA, d_data="Upload a CSV")
    upload(app, b"a\n0\n1\n7\n8\n")
    assert numbers(app)[W1] == 7
