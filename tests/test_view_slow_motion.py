"""An iteration in slow motion: its captions, its picture, and the view with the real worker behind it."""

import re
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from tests.messages import decode
from tests.pages import components, plain
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.lipschitz import REGULARIZERS
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.objectives import OBJECTIVES as WORDS_OF
from wgan_demo.gan.slow_motion.captions import caption, pieces
from wgan_demo.gan.slow_motion.captions.latex import number, point
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.captions.table import table
from wgan_demo.gan.slow_motion.take_apart import take_apart
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.plots.slow_motion.message import pack
from wgan_demo.plots.slow_motion.places import PLACES
from wgan_demo.plots.slow_motion.plan import LAYERS
from wgan_demo.plots.slow_motion.scales import arrow_unit, magnification, relative_change
from wgan_demo.plots.slow_motion.weights import weights_figure
from wgan_demo.ui.runs import tab
from wgan_demo.ui.runs.slow_motion import whose

SMALL = TrainConfig(hidden=(16, 16), batch_size=16, gp_weight=10.0, seed=3)
OBJECTIVES = [(loss, regularizer) for loss in LOSSES for regularizer in REGULARIZERS]


@pytest.fixture(scope="module")
def traces() -> dict[tuple[str, str], StepTrace]:
    """Every objective under every constraint, after 3 iterations."""
    torch.set_num_threads(1)
    made = {}
    for loss, regularizer in OBJECTIVES:
        trainer = trainer_for(replace(SMALL, loss=loss, regularizer=regularizer))
        list(trainer.run(3))
        made[loss, regularizer] = take_apart(trainer)
    return made


@pytest.fixture
def trace(traces) -> StepTrace:
    return traces["wasserstein", "gradient_penalty"]


def test_the_pieces_are_those_of_the_objective():
    assert pieces(SMALL) == (
        "real", "fake", "u", "interpolate", "gradient", "norm", "penalty", "loss", "update", "latent", "push", "move",
    )  # fmt: skip
    clipping = pieces(replace(SMALL, regularizer="clipping"))
    assert clipping == ("real", "fake", "loss", "update", "clip", "latent", "push", "move")
    assert pieces(replace(SMALL, loss="hinge", regularizer="spectral_norm"))[2:6] == (
        "scores", "loss", "update", "spectral",
    )  # fmt: skip


@pytest.mark.parametrize("objective", OBJECTIVES, ids="-".join)
def test_every_piece_of_every_objective_has_its_caption_and_its_picture(traces, objective):
    trace = traces[objective]
    assert ("penalty" in pieces(trace.config)) == (trace.penalties is not None) == (
        REGULARIZERS[objective[1]].penalty is not None
    )  # fmt: skip
    for piece in pieces(trace.config):
        said = caption(trace, piece, 2)
        assert said.title
        assert said.formula
        assert said.numbers
        assert "nan" not in " ".join((said.text, *said.numbers))
        table(trace, piece, 2)
    header, (_, samples, surfaces) = decode(pack(trace, {}))
    assert [piece["name"] for piece in header["pieces"]] == list(pieces(trace.config))
    drawn = {name for piece in header["pieces"] for part in piece["layers"] for name in part}
    assert all(bright for bright, _ in (piece["layers"] for piece in header["pieces"]))
    for layer, array in {"u": "u", "x_hat": "x_hat", "penalty": "penalties", "norm": "norms"}.items():
        assert layer not in drawn or array in samples
    assert {"before", "after", "last", "change"} == set(surfaces)


@pytest.mark.parametrize("objective", OBJECTIVES, ids="-".join)
def test_what_samples_cost_and_how_they_are_pushed_is_what_ran(traces, objective):
    trace = traces[objective]
    loss = trace.real_costs.mean() + trace.fake_costs.mean() + trace.config.gp_weight * trace.penalty
    assert loss == pytest.approx(trace.loss, rel=1e-4, abs=1e-5)
    np.testing.assert_allclose(trace.push_factors[:, None] * trace.slope, trace.push, atol=1e-5)


@pytest.mark.parametrize("name", LOSSES)
def test_the_numbers_of_the_captions_are_those_of_the_loss(traces, name):
    trace, loss, words, i = traces[name, "gradient_penalty"], LOSSES[name], WORDS_OF[name], 5
    real, fake = (torch.from_numpy(scores[i : i + 1]) for scores in (trace.real_scores, trace.fake_scores))
    costs = [number(cost.item()) for cost in loss.costs(real, fake)]
    if words.reading:
        numbers = caption(trace, "scores", i).numbers
        assert numbers[-2:] == (f"{words.real_cost} = {costs[0]}", f"{words.fake_cost} = {costs[1]}")
        assert bool(words.probability) == (loss.probability is not None) == (len(numbers) == 4)
        if loss.probability:
            assert all(number(loss.probability(score).item()) in numbers[1] for score in (real, fake))
    score = torch.from_numpy(trace.generator_scores[i : i + 1]).requires_grad_(True)
    loss.generator(score).backward()
    factor = number(-score.grad.item())
    first = caption(trace, "push", i).numbers[0]
    assert first.startswith(rf"{factor} \cdot ") if words.push else float(factor) == 1
    whole = caption(trace, "loss", i).numbers[-1]
    assert whole.endswith(f" = {number(trace.loss)}")
    assert number(trace.penalty) in whole


def test_formulas_carry_the_numbers_of_the_chosen_sample(trace):
    i = 4
    assert number(trace.u[i], 3) in caption(trace, "u", i).numbers[0]
    assert number(trace.norms[i]) in caption(trace, "norm", i).numbers[0]
    assert number(trace.penalties[i]) in caption(trace, "penalty", i).numbers[0]
    assert number(trace.penalty) in caption(trace, "penalty", i).numbers[1]
    assert caption(trace, "loss").numbers[1].endswith(f"= {number(trace.loss)}")
    assert caption(trace, "interpolate", i).numbers[1] == "= " + point(trace.x_hat[i])


def test_numbers_for_formulas():
    assert [number(0), number(-0.25), number(12.34567), number(-1e-9), number(3.21e-4), number(0.01, 3)] == [
        "0.0000", "-0.2500", "12.3457", r"-1.00 \cdot 10^{-9}", r"3.21 \cdot 10^{-4}", "0.010",
    ]  # fmt: skip
    assert number(np.nan) == r"\text{not finite}"


def test_only_a_critic_is_called_f(traces):
    gan = traces["non_saturating", "none"]
    assert caption(gan, "push").formula.count(r"\nabla s(G(z_i))") == 1
    assert r"\frac" in caption(gan, "push").formula
    assert "discriminator" in caption(gan, "update").title
    assert r"\nabla f" in caption(traces["wasserstein", "none"], "push").formula


def test_the_picture_has_the_numbers_of_the_trace(trace):
    header, (batch, samples, surfaces) = decode(pack(trace, {"ready": True}))
    first = slice(trace.show)
    assert header["ready"] is True
    np.testing.assert_array_equal(batch["real"], trace.real)
    for name, values in {
        "x_hat": trace.x_hat, "gradient": trace.gradient, "norms": trace.norms, "penalties": trace.penalties,
        "generated": trace.generator_fake, "push": trace.push, "moves": trace.moves, "u": trace.u,
    }.items():  # fmt: skip
        np.testing.assert_array_equal(samples[name], values[first])
    np.testing.assert_array_equal(surfaces["last"], trace.generator_surface)
    np.testing.assert_allclose(surfaces["change"], relative_change(trace))


def test_arrows_have_one_scale_on_which_the_longest_fits():
    assert arrow_unit(np.array([0.0]), 2.0) == pytest.approx(0.44)
    assert arrow_unit(np.array([100.0]), 2.0) * 100 == pytest.approx(1.0)


def test_small_moves_are_magnified_by_a_round_number(trace):
    slow = replace(trace, generator_fake_after=trace.generator_fake + np.float32([1e-3, 0]))
    assert magnification(slow) == 100  # 0.001 times 60 would just do on a square of extent 2
    fast = replace(trace, generator_fake_after=trace.generator_fake + 1)
    assert magnification(fast) == 1


def test_a_wasserstein_surface_changes_up_to_a_constant(trace, traces):
    assert relative_change(trace).mean() == pytest.approx(0, abs=1e-6)
    gan = traces["non_saturating", "none"]
    np.testing.assert_array_equal(relative_change(gan), gan.surface_after - gan.surface_before)


def test_clipped_weights_end_at_the_lines(traces):
    trace = traces["wasserstein", "clipping"]
    _, clipped = weights_figure(trace).data
    inside = np.abs(clipped.x) <= trace.config.clip + np.diff(trace.weight_edges)[0]
    assert clipped.y[inside].sum() == pytest.approx(1)


# The view


def scratch(**fields):
    from dataclasses import replace

    import streamlit as st

    from wgan_demo.engine.spec import RunSpec
    from wgan_demo.gan.config import TrainConfig
    from wgan_demo.ui.runs import slow_motion
    from wgan_demo.ui.runs.slow_motion.which_step import go_on
    from wgan_demo.ui.runs.tab import TabRun

    def more():
        run = TabRun("tr")
        go_on(run, run.job_id or run.example.job_id, "here", st.session_state["pressed"])

    before = st.session_state.pop("before", TabRun("tr").view)
    st.text("It trains" if before is not None and before.busy else "It stands")  # as the page's buttons know it
    config = TrainConfig(**{"hidden": (16, 16), "batch_size": 16, "n_critic": 1} | fields)
    config = replace(config, seed=st.session_state.get("seed", 0))
    st.button("Begin", on_click=TabRun("tr").begin, args=(RunSpec(config),))
    st.button("Reset", on_click=TabRun("tr").end)
    st.button("More", on_click=more)
    slow_motion.show(TabRun("tr"), RunSpec(config), st.container(), before)


def job(at: AppTest) -> str:
    """The tab's own run, or the one that was begun for the picture."""
    jobs = at.session_state[tab.JOBS]
    return jobs.get("tr") or jobs["tr_slow"]


def named(at: AppTest, label: str):
    """The button that is called so."""
    return next(button for button in at.button if button.label == label)


def press(at: AppTest, label: str) -> AppTest:
    named(at, label).click().run()
    assert not at.exception
    return at


def settle(at: AppTest) -> AppTest:
    deadline = time.monotonic() + 60
    while tab.pool().view(job(at)).busy:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return at.run()


def opened(link: dict | None = None, **fields) -> AppTest:
    at = AppTest.from_function(scratch, kwargs=fields, default_timeout=60)
    at.query_params.update(link or {})
    return at.run()


def begun(link: dict | None = None, **fields) -> AppTest:
    """A run of the tab's own that has not learnt anything yet."""
    return settle(press(opened(link, **fields), "Begin"))


def words(at: AppTest) -> str:
    return "\n".join(plain(str(element.value)) for element in (*at.subheader, *at.markdown, *at.latex))


def walked(at: AppTest, piece: str, sample: int = 1) -> AppTest:
    """The picture in the browser has gone on to this piece, with this sample marked, from 1."""
    at.session_state["tr_piece"], at.session_state["tr_sample"] = piece, sample
    at.run()
    assert not at.exception
    return at


def pressed(at: AppTest, count: int) -> AppTest:
    """The picture's “Next iteration” has been pressed so often by now."""
    at.session_state["pressed"] = count
    return press(at, "More")


def sent_bytes(at: AppTest) -> bytes:
    """The message that the picture was given."""
    (sent,) = (e.proto.bytes for e in components(at) if e.proto.component_name.endswith("walkthrough"))
    return sent


def picture(at: AppTest) -> dict:
    """Its header."""
    return decode(sent_bytes(at))[0]


def test_a_tab_without_a_run_gets_one_for_the_picture_alone():
    at = settle(opened())
    assert "tr" not in at.session_state[tab.JOBS]
    first = job(at)
    assert tab.pool().view(first).recording.steps == whose.USUAL
    iteration = f"**Iteration {whose.USUAL + 1}**, which the run has not taken yet"
    assert iteration in words(at)
    assert "begun for the picture" in at.caption[0].value
    pressed(at, 1)
    assert at.session_state["tr_trace"][1].iteration == whose.USUAL + 2
    assert job(at) == first


def test_its_run_follows_the_settings_and_leaves_when_the_tab_has_its_own():
    at = settle(opened())
    first = job(at)
    at.session_state["seed"] = 1
    at.run()
    assert job(at) != first
    assert tab.pool().view(first).state == "lost"
    settle(at)
    assert at.session_state["tr_trace"][1].config.seed == 1
    second = job(at)
    settle(press(at, "Begin"))
    assert job(at) != second
    assert tab.pool().view(second).state == "lost"
    assert "**Iteration 1**, which the run has not taken yet" in words(at)
    assert not at.caption


def test_what_to_take_away_waits_for_the_last_piece_and_stays():
    at = begun({"tr_piece": "real"})
    assert not at.success
    assert walked(at, "move").success
    assert walked(at, "real").success


def test_without_settings_that_make_sense_there_is_no_run():
    def nothing():
        import streamlit as st

        from wgan_demo.ui.runs import slow_motion
        from wgan_demo.ui.runs.tab import TabRun

        slow_motion.show(TabRun("tr"), None, st.container(), None)

    at = AppTest.from_function(nothing, default_timeout=60).run()
    assert not at.exception
    assert not components(at)


def test_it_steps_through_all_pieces_and_the_picture_is_sent_once():
    at = begun()
    trace = at.session_state["tr_trace"][1]
    sent, seen = {sent_bytes(at)}, []
    for piece in pieces(trace.config):
        walked(at, piece)
        seen.append(at.subheader[0].value if at.subheader else "asked")
        if piece != "norm":  # before its guess it keeps something back
            sent.add(sent_bytes(at))
    assert [title.split(".")[0] for title in seen if title != "asked"] == [str(i) for i in range(1, 13) if i != 6]
    assert len(sent) == 1


def test_the_norm_is_asked_before_it_is_shown():
    at = begun({"tr_piece": "norm"})
    assert "Your guess first" in words(at)
    assert not at.subheader
    assert picture(at)["revealed"] is False
    trace = at.session_state["tr_trace"][1]
    press(at, "Above 1")
    right = "right" if trace.norms[0] > 1 else "not this time"
    assert f"**{right}** ({trace.norms[0]:.3f})" in words(at)
    assert at.subheader[0].value.startswith("6.")
    assert picture(at)["revealed"] is True


def test_one_critic_step_after_the_other():
    at = begun({"tr_piece": "loss"}, n_critic=3)
    n = at.session_state["tr_trace"][1].config.n_critic
    assert n > 1
    losses = []
    assert at.session_state["tr_trace"][1].critic_step == 1
    for step in range(1, n + 1):
        at.number_input(key="tr_critic_step").set_value(step).run()
        trace = at.session_state["tr_trace"][1]
        assert (trace.iteration, trace.critic_step) == (1, step)
        assert f"step {step} of {n}" in words(at)
        losses.append(trace.loss)
    assert len(set(losses)) == n
    at.number_input(key="tr_critic_step").set_value(1).run()
    pressed(at, 1)
    trace = at.session_state["tr_trace"][1]
    assert (trace.iteration, trace.critic_step) == (2, 1)
    assert "the generator’s loss in the run’s own record is" in words(at)


def test_the_next_iteration_is_taken_and_went_as_it_was_taken_apart():
    at = begun({"tr_piece": "move"})
    first = at.session_state["tr_trace"][1]
    pressed(at, 1)
    recording = tab.pool().view(job(at)).recording
    assert recording.records[-1][1] == first.loss
    assert f"taken apart they were {first.loss:#.4g}".replace("-", "−") in words(at)
    assert at.session_state["tr_trace"][1].iteration == 2


def test_quick_presses_are_all_taken():
    at = begun()
    pressed(at, 3)  # two came while the first was on its way
    assert at.session_state["tr_trace"][1].iteration == 4
    pressed(at, 3)
    assert at.session_state["tr_trace"][1].iteration == 4
    pressed(at, 4)
    assert at.session_state["tr_trace"][1].iteration == 5


def test_an_iteration_stays_while_the_run_goes_on():
    at = begun()
    newest = named(at, "Newest").proto.id
    tab.pool().start(job(at), 10)
    settle(at)
    assert "The run has come to iteration 10. This is **iteration 1**" in words(at)
    assert named(at, "Newest").proto.id == newest  # a press that is on its way is not lost
    assert picture(at)["ready"] is False
    pressed(at, 1)
    assert at.session_state["tr_trace"][1].iteration == 1
    press(at, "Newest")
    assert picture(at)["ready"] is True
    assert "**Iteration 11**, which the run has not taken yet" in words(at)


def test_the_buttons_of_the_page_know_when_the_run_has_come_to_a_stop_while_it_was_drawn():
    at = begun()
    at.session_state["before"] = replace(tab.pool().view(job(at)), busy=True)
    at.run()
    assert at.text[0].value == "It stands"


def test_link_and_objective():
    at = begun({"tr_piece": "clip", "tr_sample": "3"}, regularizer="clipping", optimizer="rmsprop")
    assert at.subheader[0].value == "5. Every weight is clipped"
    assert picture(at)["start"] == {"piece": "clip", "sample": 2, "field": "change", "u": None}
    walked(at, "loss", 4)
    assert at.session_state["tr_sample"] == 4
    assert picture(at)["start"]["piece"] == "clip"  # the browser knows where it stands


@pytest.mark.parametrize("link", [{"tr_piece": "nonsense"}, {"tr_sample": "99"}, {"tr_piece": "clip"}], ids=str)
def test_a_bad_link_is_said_and_falls_back(link):
    at = begun(link)
    assert at.subheader[0].value == "1. Real points x"
    assert picture(at)["start"]["sample"] == 0
    assert at.warning[0].value.startswith("The link ")


def test_a_small_batch_has_fewer_samples():
    at = begun({"tr_piece": "penalty"}, batch_size=2)
    assert decode(sent_bytes(at))[1][1]["real"].shape == (2, 2)
    walked(at, "penalty", 5)
    assert at.session_state["tr_sample"] == 2


def test_a_run_that_is_gone_says_so():
    at = begun()
    tab.pool().drop(job(at))
    at.session_state["tr_trace"] = None
    at.run()
    assert not at.exception
    assert "cannot be taken apart" in at.warning[0].value
    assert "**Reset** begins anew" in at.warning[0].value
    press(at, "Reset")
    gone = job(settle(at))
    tab.pool().drop(gone)
    at.session_state["tr_trace"] = None
    at.run()
    assert "cannot be taken apart" in at.warning[0].value
    press(at, "Begin another")
    assert job(settle(at)) != gone
    assert not at.warning


def test_a_kind_of_space_has_both_its_words_and_its_place():
    assert list(WORDS) == list(PLACES) == list(VIEWS)


def test_layers_name_only_what_is_drawn():
    source = (Path(__file__).parent.parent / "static/walkthrough/layers.js").read_text()
    drawn = set(re.findall(r"^  (\w+)[:(,]", source[source.index("const DRAW") :], re.MULTILINE))
    surfaces, of_gradient = {"before", "after", "last", "field"}, {"norm"}  # "norm" colours the arrows
    named = {name for parts in LAYERS.values() for part in parts for name in part.split()}
    assert named <= drawn | surfaces | of_gradient


def test_a_run_that_blows_up_at_once_says_what_to_change():
    wild = {"gp_weight": 0.0, "lr": 1.0, "lr_decay_steps": 0, "hidden": (64,) * 4, "n_critic": 20, "init": "he"}
    at = settle(opened(**wild, optimizer="rmsprop"))
    assert "Change the settings below" in at.warning[0].value
    assert "Begin another" not in [button.label for button in at.button]


def test_settings_that_are_not_this_run_s_are_said():
    at = begun()
    assert not any("not this run" in plain(line.value) for line in at.markdown)
    at.session_state["seed"] = 5
    at.run()
    assert any("not this run" in plain(line.value) for line in at.markdown)
