"""An iteration of a run on pictures taken apart: its numbers are the trainer's own, its pictures are what is drawn."""

import copy
import re
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.messages import decode
from tests.pages import components, open_lesson, plain
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.slow_motion.captions import caption, pieces
from wgan_demo.gan.slow_motion.captions.latex import number
from wgan_demo.gan.slow_motion.captions.table import known
from wgan_demo.gan.slow_motion.take_apart import take_apart, twin
from wgan_demo.gan.slow_motion.trace import WAY, StepTrace
from wgan_demo.gan.trainer import Trainer
from wgan_demo.plots.slow_motion.message import pack
from wgan_demo.plots.slow_motion.plan import LAYERS, PICTURES
from wgan_demo.ui.runs import tab

SMALL = TrainConfig(
    dataset="digits", hidden=(32, 32), latent_dim=4, batch_size=16, gp_weight=10.0, lr_decay_steps=0, seed=3
)
KINDS = {
    "WGAN-GP": {"n_critic": 2},
    "one-sided, by autograd": {"regularizer": "one_sided", "activation": "tanh"},
    "GAN": {"loss": "non_saturating", "regularizer": "none", "n_critic": 1},
    "clipping": {"regularizer": "clipping", "optimizer": "rmsprop", "clip": 0.05},
}


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def begun(**options) -> Trainer:
    trainer = trainer_for(replace(SMALL, **options))
    list(trainer.run(3))
    return trainer


def last_critic(trainer: Trainer) -> torch.nn.Module:
    """The critic before the last critic step of the next iteration."""
    ahead = twin(trainer)
    ahead._set_learning_rate()
    if trainer.config.n_critic > 1:
        ahead.critic_steps(trainer.config.n_critic - 1)
    return ahead.critic


@pytest.fixture(scope="module")
def trace() -> StepTrace:
    torch.set_num_threads(1)
    return take_apart(begun(**KINDS["WGAN-GP"]))


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_its_numbers_are_those_of_the_step_that_is_then_taken(options):
    trainer = begun(**options)
    trace, critic = take_apart(trainer), last_critic(trainer)
    generator, z = copy.deepcopy(trainer.generator), torch.from_numpy(trace.generator_z)
    record = trainer.step()
    assert (trace.iteration, trace.loss, trace.score_gap, trace.generator_loss) == (
        record.step, record.critic_loss, record.score_gap, record.generator_loss,
    )  # fmt: skip
    assert trace.penalty == pytest.approx(record.gradient_penalty, rel=1e-4, abs=1e-7)
    assert trace.norms.mean() == pytest.approx(record.gradient_norm_mean, rel=1e-5)
    u = trace.u.reshape(-1, 1, 1, 1)
    np.testing.assert_allclose(trace.x_hat, u * trace.real + (1 - u) * trace.fake, atol=1e-6)
    np.testing.assert_allclose(trace.norms, np.sqrt((trace.gradient**2).sum(axis=(1, 2, 3))), rtol=1e-5)
    with torch.no_grad():
        for name, pictures in (("real_scores", trace.real), ("fake_scores", trace.fake)):
            np.testing.assert_allclose(
                getattr(trace, name), critic(torch.from_numpy(pictures)).squeeze(1).numpy(), atol=1e-5
            )
        np.testing.assert_allclose(trace.generator_fake, generator(z).numpy(), atol=1e-6)
        np.testing.assert_allclose(trace.generator_fake_after, trainer.generator(z).numpy(), atol=1e-6)
    factors = -LOSSES[trace.config.loss].generator_slope(torch.from_numpy(trace.generator_scores)).numpy()
    np.testing.assert_allclose(trace.push, factors.reshape(-1, 1, 1, 1) * trace.slope, rtol=1e-4, atol=1e-6)
    assert -1 <= trace.alignment <= 1
    assert trace.finite
    untouched = begun(**options)
    untouched.step()
    assert trainer.step() == untouched.step()


def test_the_gradient_is_that_of_small_differences_in_single_pixels():
    trainer = begun(activation="tanh", n_critic=1)
    trace, critic, h = take_apart(trainer), copy.deepcopy(trainer.critic).double(), 1e-5
    x = torch.from_numpy(trace.x_hat).double()
    with torch.no_grad():
        for row, column in ((0, 3), (4, 4), (7, 2)):
            step = torch.zeros_like(x)
            step[:, 0, row, column] = h
            slope = (critic(x + step) - critic(x - step)).squeeze(1) / (2 * h)
            np.testing.assert_allclose(trace.gradient[:, 0, row, column], slope.numpy(), atol=1e-5)


def test_on_the_way_from_fake_to_real_stand_f_and_its_norm_before_and_after():
    trainer = begun(n_critic=1, activation="tanh")
    trace, before = take_apart(trainer), twin(trainer)
    trainer._set_learning_rate()
    trainer.critic_step()
    assert trace.surface_before.shape == trace.surface_after.shape == trace.way_norms.shape == (12, len(WAY))
    for i in (0, 11):
        for k, u in enumerate(WAY):
            x = u * trace.real[i : i + 1] + (1 - u) * trace.fake[i : i + 1]
            assert trace.surface_before[i, k] == pytest.approx(before.score(x).item(), abs=1e-5)
            assert trace.surface_after[i, k] == pytest.approx(trainer.score(x).item(), abs=1e-5)
            norm = np.linalg.norm(before.gradients(x))
            assert trace.way_norms[i, k] == pytest.approx(norm, rel=1e-4)
    np.testing.assert_allclose(trace.surface_before[:, 0], trace.fake_scores[:12], atol=1e-5)
    np.testing.assert_allclose(trace.surface_before[:, -1], trace.real_scores[:12], atol=1e-5)


def test_formulas_carry_the_numbers_of_the_chosen_picture(trace):
    i = 4
    u, x, g, x_hat = trace.u[i], trace.real[i, 0], trace.fake[i, 0], trace.x_hat[i, 0]
    whole, pixel = caption(trace, "interpolate", i).numbers
    assert number(u, 3) in whole
    row, column = (int(k) - 1 for k in re.search(r"row (\d+), column (\d+)", pixel).groups())
    assert abs(x - g).max() == abs(x - g)[row, column]
    assert pixel.endswith(f"= {number(x_hat[row, column], 3)}")
    assert number(trace.norms[i]) in caption(trace, "norm", i).numbers[0]
    squares = [float(value) for value in re.findall(r"(-?[\d.]+)\)?\^2", caption(trace, "norm", i).numbers[0])]
    assert squares == pytest.approx(sorted(trace.gradient[i].ravel(), key=abs)[: -len(squares) - 1 : -1], abs=6e-4)
    assert number(trace.penalties[i]) in caption(trace, "penalty", i).numbers[0]
    ends = caption(trace, "gradient", i).numbers[0]
    assert "8 \\times 8" in ends
    assert number(trace.gradient[i].max(), 3) in ends
    columns = known(trace, "gradient")
    np.testing.assert_array_equal(columns["most +"], trace.gradient.max(axis=(1, 2, 3)))
    np.testing.assert_array_equal(columns["most −"], trace.gradient.min(axis=(1, 2, 3)))
    np.testing.assert_allclose(known(trace, "move")["move"], np.sqrt((trace.moves**2).sum(axis=(1, 2, 3))), rtol=1e-6)


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_no_caption_speaks_of_points(options):
    trace = take_apart(begun(**options))
    said = [caption(trace, piece, 1) for piece in pieces(trace.config)]
    assert not [one.text for one in said if re.search(r"\bpoints?\b(?! where| that belong)", one.title + one.text)]


def test_the_scene_gets_the_pictures_of_the_trace(trace):
    header, (batch, samples, surfaces) = decode(pack(trace, {"ready": True}))
    first = slice(trace.show)
    assert (header["kind"], header["sides"], header["n"]) == ("images", [8, 8], 16)
    assert header["penalty"] == trace.penalty
    np.testing.assert_allclose(header["way"], WAY, atol=1e-6)
    np.testing.assert_array_equal(batch["real_scores"], trace.real_scores)
    for name, values in {
        "real": trace.real, "fake": trace.fake, "gradient": trace.gradient, "u": trace.u, "norms": trace.norms,
        "generated": trace.generator_fake, "push": trace.push, "moves": trace.moves, "penalties": trace.penalties,
    }.items():  # fmt: skip
        np.testing.assert_array_equal(samples[name], values[first])
    np.testing.assert_array_equal(surfaces["before"], trace.surface_before)
    np.testing.assert_array_equal(surfaces["norms"], trace.way_norms)
    assert "last" not in surfaces


def test_layers_name_only_what_the_scene_draws():
    source = (Path(__file__).parent.parent / "static/walkthrough/pictures.js").read_text()
    drawn = set(re.findall(r"^  (\w+)[:(,]", source[source.index("const DRAW") :], re.MULTILINE))
    named = {name for parts in (LAYERS | PICTURES).values() for part in parts for name in part.split()}
    assert named - drawn == {"field"}  # one of the curves


# The view


def settled(**link):
    return settle(open_lesson("digits", im_view="In slow motion", **link))


def settle(at):
    deadline = time.monotonic() + 60
    while tab.pool().view(job(at)).busy or tab.pool().view(job(at)).recording is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    at.run()
    assert not at.exception
    return at


def job(at) -> str:
    jobs = at.session_state[tab.JOBS]
    return jobs.get("im_b") or jobs["im_b_slow"]


def press(at, label: str):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_the_view_takes_apart_a_run_of_the_wgan_gp_that_knows_digits():
    at = settled(im_b_piece="norm", im_b_sample="3", im_b_u="0.25", im_lr="0.0005")
    trace = at.session_state["im_b_trace"][1]
    assert (trace.space.kind, trace.iteration, trace.lr) == ("images", 501, 5e-4)
    (message,) = (e.proto.bytes for e in components(at) if e.proto.component_name.endswith("walkthrough"))
    header = decode(message)[0]
    assert header["start"] == {"piece": "norm", "sample": 2, "field": "change", "u": 0.25}
    assert header["revealed"] is False
    assert "Changing the picture of sample 3" in " ".join(plain(line.value) for line in at.markdown)
    press(at, "Below 1")
    right = "right" if trace.norms[2] < 1 else "not this time"
    assert f"**{right}** ({trace.norms[2]:.3f})" in " ".join(line.value for line in at.markdown)
    at.session_state["im_b_piece"] = "move"
    at.run()
    assert "pictures up that slope" in plain(at.success[0].value)
    gone = job(at)
    at.segmented_control(key="im_view").set_value("Side by side").run()
    assert tab.pool().view(gone).state == "lost"


def test_a_run_of_one_s_own_takes_its_place():
    at = settled()
    press(at, "Start")
    assert at.session_state[tab.JOBS].keys() == {"im_a", "im_b"}
    settle(press(at, "Pause"))
    assert at.session_state["im_b_trace"][0] == at.session_state[tab.JOBS]["im_b"]
    assert not at.caption
    press(at, "Reset")
    at.segmented_control(key="im_view").set_value("Side by side").run()


@pytest.mark.parametrize("link", [{"im_b_u": "2"}, {"im_b_piece": "clip"}, {"im_b_sample": "0"}], ids=str)
def test_a_bad_link_is_said_and_falls_back(link):
    at = settled(**link)
    assert at.warning[0].value.startswith("The link ")
    assert at.subheader[0].value == "1. Real pictures x"
