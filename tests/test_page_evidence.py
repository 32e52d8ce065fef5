"""Evidence, run through the app as a visitor meets it."""

from functools import partial

import numpy as np
import pytest

from tests.pages import complaints, component, formulas, given, open_lesson, text
from tests.test_page_digits import press, rows_of, views, wait
from wgan_demo.experiments import STUDIES, finished
from wgan_demo.experiments.published import QUANTITIES
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.duels import DUELS, SIDES, epochs
from wgan_demo.ui import lesson
from wgan_demo.ui.evidence import larger, measured, networks, published, soon

open_page = partial(open_lesson, "evidence")
MEASURED = {"ev_view": "Measured here"}
SOON = {"ev_view": "How soon"}


def keys(app) -> set[str]:
    return {data["key"] for data in given(app) if data.get("key", "").startswith("ev_")}


def names(app, key: str) -> list[str]:
    """Of the rows of a picture."""
    return component(app, key)["figure"]["layout"]["yaxis"]["ticktext"]


@pytest.mark.parametrize("number", range(3))
def test_a_table_is_kept_back_until_the_guess_and_its_answer_is_right(number):
    name = list(published.QUESTIONS)[number]
    app = open_page(ev_table=name)
    assert complaints(app) == []
    shown = [on for quantity in published.SHOWN[name] for on in QUANTITIES[quantity].places()]
    assert len(keys(app)) == len(shown)
    assert {name for key in keys(app) for name in names(app, key)} == {"?"}
    assert not app.success
    assert not app.table
    assert "arXiv:" in " ".join(element.value for element in app.caption)
    app.segmented_control(key=f"ev_guess_{number}").set_value(published.RIGHT[name]).run()
    assert not app.exception
    assert "Yes. " in text(app)
    assert "?" not in {name for key in keys(app) for name in names(app, key)}
    assert len(keys(app)) == len(shown)
    assert app.success
    assert len(app.table) == len(published.SHOWN[name])


def test_the_right_answers_follow_from_the_numbers():
    assert published.RIGHT["FID"] == f"{len(published.first('FID', 'WGAN-GP'))}"
    assert len(published.first("FID", "WGAN")) == 3
    assert published.first("Inception score", "WGAN-GP") == ["CIFAR-10, without labels"]
    ring = [row.value for row in QUANTITIES["Modes"].rows if row.on == "ring of 8" and row.method.startswith("GAN")]
    assert max(ring) - min(ring) > 3


def test_no_gan_is_best_everywhere_and_only_on_celeba_the_best_stands_alone():
    found = QUANTITIES["FID"]
    assert len({found.at(on)[0].method for on in found.places()}) > 1
    assert [on for on in found.places() if not found.level_with_best(on)] == ["CelebA"]
    assert "CelebA: WGAN-GP 30 ± 1 overlaps with no other" in text(open_page(ev_guess_0="1"))


def test_the_picture_of_a_data_set_holds_its_numbers_and_spreads():
    app = open_page(ev_guess_0="0")
    assert "No. On 1, CelebA." in text(app)
    traces = component(app, "ev_FID_CelebA")["figure"]["data"]
    best = traces[0]
    assert best["x"] == [30.0]
    assert best["error_x"]["array"] == [1.0]
    assert best["marker"]["symbol"] == "diamond"
    assert [trace["x"][0] for trace in traces] == sorted(trace["x"][0] for trace in traces)


def test_what_was_measured_is_shown_seed_by_seed_beside_what_was_published():
    app = open_page(**MEASURED)
    assert [name for name in names(app, "ev_modes_8") if "here" in name] == []
    assert not app.success
    app = open_page(ev_modes_guess="more than 6", **MEASURED)
    mean = measured.modes("ring of 8")["gan"].mean()
    assert f"Yes: {mean:.1f}, from 6 to 8." in text(app)
    assert keys(app) == {"ev_modes_8", "ev_modes_25", "ev_digits", "ev_fid", "ev_why"}
    traces = component(app, "ev_modes_8")["figure"]["data"]
    assert [len(trace["x"]) for trace in traces] == [20, 1] * 4 + [1] * 4
    np.testing.assert_allclose(traces[1]["x"], np.mean(traces[0]["x"]))
    ((_, rows),) = component(app, "ev_why")["groups"]
    assert {"features of", "n generated", "real against real", "seeds"} <= {row[0] for row in rows}
    assert "cannot be compared" in text(app)


def test_how_soon_is_answered_by_every_count():
    app = open_page(ev_soon_guess=soon.answer(), **SOON)
    said = text(app)
    assert soon.answer() == soon.DEPENDS
    assert "Yes. First, by medians: GAN in epochs, gradients; WGAN-GP in generator updates, seconds." in said
    assert len(app.table) == 2
    least = min(values.min() for (kind, _), values in measured.on_digits("least_fid").items() if kind == "gan")
    assert least > 2 * soon.floor()
    assert f"its least FID is {least:.1f}" in said
    assert r"\text{epochs}" in formulas(app)
    for label, count in soon.COUNTS.items():
        app.segmented_control(key="ev_count").set_value(label).run()
        assert not app.exception
        layout = component(app, "ev_soon")["figure"]["layout"]
        assert layout["xaxis"]["title"]["text"] == soon.WORK[count]


def test_only_the_wgan_gp_comes_within_twice_the_floor_as_the_page_says():
    assert len(soon.reached("wgan_gp", 2)) == len(soon.SEEDS)
    assert soon.reached("gan", 2) == soon.reached("gan_best", 2) == []


@pytest.mark.parametrize("link", [{"ev_view": "x"}, {"ev_table": "<b>"}, {"ev_guess_0": "9"}, {"ev_count": "inf"}])
def test_a_link_that_makes_no_sense_is_as_none(link):
    app = open_page(**link)
    assert not app.exception
    assert not app.success


def test_just_show_me_judges_nobody():
    app = open_page(ev_guess_0=lesson.SHOW)
    assert "Yes. " not in text(app)
    assert "No. " not in text(app)


def test_on_larger_pictures_the_work_of_a_recorded_run_is_that_at_the_evaluation_that_came_so_near():
    """Every number again, straight from the recordings: FID at its evaluations, in floors of its judge."""
    for duel in filter(lambda duel: duel.shipped, DUELS.values()):
        for side in SIDES:
            recording, judge = shipped.load(duel.recording(side)), classifier.load(duel.dataset)
            steps, fid = recording.course("fid")
            found, config = larger.course(duel, side), recording.config
            for done, level in ((found.half, fid[0] / 2), (found.until(1.5), 1.5 * judge.floor[0])):
                first = next((i for i, value in enumerate(fid) if value <= level), None)
                if first is None:
                    assert done is None
                    continue
                assert done["updates"] == steps[first]
                assert done["seconds"] == pytest.approx(recording.course("seconds")[1][first])
                assert done["epochs"] == pytest.approx(epochs(recording.until(int(steps[first]))))
                per_judge = 2 if side == "live" else 1  # of a penalty the gradient is a pass of its own
                assert done["gradients"] == steps[first] * (config.n_critic * per_judge + 1)


def test_larger_pictures_are_told_in_the_chosen_count_and_as_one_run_each():
    app = open_page(ev_soon_guess=lesson.SHOW, ev_count="Seconds", **SOON)
    table = app.table[1].value
    assert list(table.iloc[:, 0]) == [duel.label for duel in DUELS.values() if duel.shipped]
    large = table.iloc[3]
    assert large["WGAN-GP: within 1.5 floors"] == "124"
    assert large["GAN: within 1.5 floors"].startswith("not in ")
    assert "one recorded run each**, in seconds of one core" in text(app)
    assert "one seed each, so without a spread" in " ".join(element.value for element in app.caption)
    app.segmented_control(key="ev_count").set_value("Epochs").run()
    assert app.table[1].value.iloc[3]["WGAN-GP: within 1.5 floors"] == f"{2775 * 2 * 32 / 60_000:.2g}"


WALL = {"ev_view": "Four objectives"}


def test_the_wall_waits_for_the_guess_and_its_sentence_counts_the_cells():
    app = open_page(**WALL)
    assert complaints(app) == []
    assert [len(row) for row in rows_of(app)] == [4]  # with the first generator
    assert not app.success
    runs = finished(STUDIES["digits_networks"], SHIPPED / "digits_networks")
    failing = {name.split(",")[0] for name, run in runs.items() if run.numbers["digits"] < 9}
    right = networks.COUNTS[4 - len(failing)]
    app = open_page(ev_networks_guess=right, **WALL)
    assert [len(row) for row in rows_of(app)] == [4] * 3 + [3]  # and LSGAN at another rate
    assert f"Yes. {right.capitalize()}: " in text(app)
    fid = [runs[f"objective=wgan_gp,generator=mlp,seed={seed}"].numbers["fid"] for seed in range(3)]
    told = f"<figcaption>WGAN-GP: FID {np.mean(fid):.1f} ({min(fid):.1f} to {max(fid):.1f}), digits "
    (row,) = (each.proto.body for each in app.get("html") if "<p>A perceptron, no batch norm</p>" in each.proto.body)
    assert told in row
    assert app.success


def test_the_take_away_of_the_wall_is_what_was_measured():
    """The WGAN-GP is best with every generator, and LSGAN, not the GAN, is the one that breaks."""
    fid = {(name, made): networks.numbers(name, made, "fid") for name in networks.NAMES for made in networks.ROWS}
    for made in networks.ROWS:
        others = [fid[name, made].min() for name in networks.NAMES if name != "wgan_gp"]
        assert fid["wgan_gp", made].max() < min(others)
    assert set(networks.NAMES) - set(networks.through()) == {"lsgan"}
    assert all((networks.numbers("lsgan_fast", made, "digits") >= 9).all() for made in networks.ROWS)
    assert networks.swept_fid("lsgan", 2e-3) == pytest.approx(networks.swept_fid("lsgan", 2e-4), rel=0.02)
    first, second, third = (
        {name: fid[name, made].mean() for name in networks.NAMES} for made in ("baseline", "constant", "mlp")
    )
    for name in ("gan", "lsgan", "clipping"):
        assert first[name] < second[name] < third[name]
    assert max(second["wgan_gp"], third["wgan_gp"]) < first["wgan_gp"] + max(np.ptp(fid["wgan_gp", "baseline"]), 0.1)
    taken = {
        name: sum(run.seconds for made in networks.ROWS for run in networks.cell(name, made))
        for name in ("gan", "wgan_gp")
    }
    assert 3.5 < taken["wgan_gp"] / taken["gan"] < 4.5


def test_a_cell_of_the_wall_is_trained_here():
    app = open_page(ev_networks_guess=lesson.SHOW, nw_pace="1 / s", **WALL)
    app.selectbox(key="nw_objective").set_value("clipping")
    app.selectbox(key="nw_generator").set_value("mlp")
    app.selectbox(key="nw_seed").set_value(2).run()
    press(app, "Start")
    wait(app, lambda steps: len(steps) == 1 and steps[0] > 0)
    (view,) = views(app)
    assert view.recording.config == STUDIES["digits_networks"].runs["objective=clipping,generator=mlp,seed=2"]
    app.run()
    assert not app.exception
    assert component(app, "nw_numbers")
    press(app, "Reset")
