"""A whole iteration for static/walkthrough: the layers of every piece, and all points, arrows and surfaces."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions import GENERATOR, caption, pieces
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace, lengths
from wgan_demo.plots.message import encode
from wgan_demo.plots.slow_motion.places import PLACES
from wgan_demo.plots.slow_motion.plan import FIELDS, layers
from wgan_demo.plots.slow_motion.scales import relative_change
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET

COLORS = {
    "real": SOURCE, "fake": TARGET, "critic": CRITIC, "accent": ACCENT, "x_hat": AMBER, "neutral": NEUTRAL,
}  # fmt: skip


def pack(trace: StepTrace, now: Mapping[str, Any]) -> bytes:
    """The message of a trace, with what belongs to this moment.

    Its first group of arrays is of whole batches, the second of the samples that are drawn, the third of the
    surfaces, (k, k) or (1, k), of pictures (show, k).
    """
    objective, place = OBJECTIVES[trace.config.loss], PLACES[trace.space.kind]
    drawn, config = place.lifted(trace), trace.config
    of = f", step {trace.critic_step} of {config.n_critic}" if config.n_critic > 1 else ""
    header = {
        "iteration": trace.iteration,
        "steps": [f"{objective.judge}{of}", "generator"],
        "pieces": [
            {
                "name": name,
                "title": caption(trace, name).title,
                "step": int(name in GENERATOR),
                "layers": layers(trace, name),
            }
            for name in pieces(config)
        ],
        "fields": FIELDS,
        "kind": trace.space.kind,
        "where": WORDS[trace.space.kind].where,
        "score": objective.score,
        "judge": objective.judge,
        "colors": COLORS,
        "gap": f"{trace.score_gap:.3g}".replace("-", "−") if objective.up_to_constant else None,
        **place.header(drawn),
        **now,
    }
    scores = {"real_scores": trace.real_scores, "fake_scores": trace.fake_scores}
    batch = {"real": drawn.real, "fake": drawn.fake, **scores}
    samples = {
        "real": drawn.real,
        "fake": drawn.fake,
        "x_hat": drawn.x_hat,
        "gradient": drawn.gradient,
        "generated": drawn.generator_fake,
        "push": drawn.push,
        "moves": drawn.moves,
        "norms": trace.norms,
        "u": trace.u,
        "penalties": trace.penalties,
        **scores,
        "pushes": lengths(trace.push),
    }
    surfaces = {
        "before": trace.surface_before,
        "after": trace.surface_after,
        "last": trace.generator_surface,
        "change": relative_change(trace),
        "norms": trace.way_norms,
    }
    return encode(header, [_floats(batch), _floats(samples, trace.show), _floats(surfaces)])


def _floats(arrays: Mapping[str, np.ndarray | None], first: int | None = None) -> dict[str, np.ndarray]:
    return {name: np.asarray(values[:first], np.float32) for name, values in arrays.items() if values is not None}
