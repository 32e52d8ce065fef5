"""A kind of space that no other file knows: it trains, is evaluated, recorded, checked, packed, read and drawn."""

import base64
from dataclasses import replace

import numpy as np
import pytest

from tests.messages import decode
from wgan_demo.datasets import DATASETS, Dataset, Space
from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import FastTrainer, trainer_for
from wgan_demo.gan.runs import checkpoint
from wgan_demo.gan.runs.events import find_events
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.reading import reading
from wgan_demo.gan.runs.record import record
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.spaces.view import Reading, View
from wgan_demo.plots.stage import Run, pack
from wgan_demo.plots.training import loss_figure, norm_course_figure, norms_figure

SPACE = Space("flags", (1, 2, 2), 1.0)  # pictures of two by two pixels
FLAGS = np.array([[[[1, -1], [1, -1]]], [[[1, 1], [-1, -1]]]], np.float32)  # all white on the left, or above


def sample(n: int, rng: np.random.Generator) -> np.ndarray:
    return FLAGS[rng.integers(2, size=n)] + 0.05 * rng.standard_normal((n, *SPACE.shape))


def evaluate(trainer) -> tuple[dict[str, float], Frame]:
    """How far a picture is from the nearest flag in the mean, and the share of those that are near the first."""
    rng = np.random.default_rng(trainer.steps_done)
    fake = trainer.generate(rng.standard_normal((64, trainer.first_config.latent_dim)))
    off = np.abs(fake[:, None] - FLAGS).mean(axis=(2, 3, 4))
    real = sample(64, rng).astype(np.float32)
    slopes = trainer.slopes(0.5 * (real + fake))
    gap = float(trainer.score(real).mean() - trainer.score(fake).mean())
    measures = {
        "off": float(off.min(axis=1).mean()),
        "sample_gap": gap,
        "first": float((off.argmin(axis=1) == 0).mean()),
    }
    return measures, Frame(trainer.steps_done, {"fake": fake, "norms": slopes})


VIEW = View(
    columns=("off", "sample_gap", "first"),
    distance="distance",
    evaluate=evaluate,
    real=lambda dataset, seed: dataset.sample(8, np.random.default_rng(seed)).astype(np.float32),
    floor=lambda dataset: (0.04, 0.003),  # mean of |0.05 z|
    shapes=lambda space: {"fake": ("n", *space.shape), "norms": (None,)},
    grid=lambda score, space: score(FLAGS),
    header=lambda recording, frames: {"side": recording.space.shape[1]},
    fixed=lambda recording: {},
    pack=lambda recording, frame: {"grey": np.clip(127.5 * (frame["fake"][:9] + 1), 0, 255).round().astype(np.uint8)},
    words=lambda recording, frame: f"Nine flags at iteration {frame.step}",
    caption=lambda recording: "",
    readings=lambda recording: [Reading("Off", f"{recording.value('off'):.3f}", "of 2")],
)
CONFIG = TrainConfig(dataset="flags", hidden=(32, 32), latent_dim=4, seed=1)


@pytest.fixture(scope="module", autouse=True)
def _flags():
    with pytest.MonkeyPatch.context() as registries:
        registries.setitem(DATASETS, "flags", Dataset("flags", "Flags", sample, SPACE, unit="grey"))
        registries.setitem(VIEWS, "flags", VIEW)
        yield


@pytest.fixture(scope="module")
def run(_flags) -> Recording:
    return record(trainer_for(CONFIG), 700)


def test_it_trains_by_hand_and_is_evaluated(run):
    assert isinstance(trainer_for(CONFIG), FastTrainer)
    off = run.distance[1]
    assert off[-1] < 0.15 < 0.8 < off[0]
    assert 0.2 < run.value("first") < 0.8
    assert run.frames[-1]["fake"].shape == (64, *SPACE.shape)


def test_it_is_recorded_and_comes_back_from_its_file(run, tmp_path):
    run.save(tmp_path / "flags.npz")
    back = Recording.load(tmp_path / "flags.npz")
    assert (back.config, back.space, back.columns) == (run.config, SPACE, ("step", *VIEW.columns, "seconds"))
    np.testing.assert_allclose(back.frames[-1]["fake"], run.frames[-1]["fake"], atol=2e-3)
    np.testing.assert_allclose(back.distance, run.distance, rtol=1e-6)


def test_the_engine_runs_it_among_others_and_from_its_checkpoint():
    host = Host(lease=1e9)
    host.create("flags", RunSpec(CONFIG))
    host.create("points", RunSpec(TrainConfig(hidden=(16, 16))))
    for job in ("flags", "points"):
        host.start(job, 30)
    while not host.tick():
        pass
    assert host.recording("flags").records.tolist() == record(trainer_for(CONFIG), 30).records.tolist()
    going_on = checkpoint.load(host.checkpoint("flags"))
    assert going_on.config == CONFIG
    assert going_on.state.steps == 30


def test_it_is_read_and_has_its_charts(run):
    assert reading(run).startswith("The distance went from")
    assert {event.kind for event in find_events(run)} <= {"near", "least", "norm"}
    frame = run.frames[-1]
    for figure in (loss_figure(run), norm_course_figure(run), norms_figure(frame["norms"], frame.step)):
        assert len(figure.data[-1].x)


def test_it_is_packed(run):
    header, groups = decode(pack({}, [(Run(run), run.frames)]))
    assert header["runs"][0] | {"times": 0} == {
        "kind": "flags", "name": "", "note": "", "times": 0, "fixed": [], "side": 2,
        "alt": "Nine flags at iteration 700",
    }  # fmt: skip
    assert groups[0]["grey"].shape == (len(run.frames), 9, *SPACE.shape)


DRAW = """async ({ RENDERERS }, text) => {
  const { default: show } = await import(new URL("app/static/stage/stage.js", document.baseURI).href)
  const seen = []
  RENDERERS.flags = {
    glides: ["grey"],
    legend: () => [{ layer: "generated", html: "generated" }],
    under() {},
    over: (context, { points, run }) => seen.push([run.side, ...points.grey.slice(0, 4)]),
  }
  const parentElement = document.body.appendChild(document.createElement("div"))
  const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const leave = show({ data, key: "flags", parentElement, setStateValue() {} })
  while (!seen.length) await new Promise(requestAnimationFrame)
  const alt = parentElement.querySelector("[role=img]").ariaLabel
  leave()
  delete RENDERERS.flags
  return { alt, seen: seen.at(-1) }
}"""


def test_it_is_drawn_by_a_renderer_of_its_own(run, call):
    newest = replace(run, frames=run.frames[-1:])
    header = {
        "key": "flags", "film": "f", "live": True, "play": False, "start": None, "height": 300, "events": [],
        "layers": ["generated"],
    }  # fmt: skip
    message = pack(header, [(Run(newest), newest.frames)])
    found = call("stage/renderers.js", DRAW, base64.b64encode(message).decode())
    assert found["alt"] == "Nine flags at iteration 700"
    side, *grey = found["seen"]
    assert side == 2
    expected = np.clip((newest.frames[0]["fake"][0].ravel() + 1) / 2, 0, 1)
    np.testing.assert_allclose(grey, expected, atol=0.5 / 255 + 1e-6)
