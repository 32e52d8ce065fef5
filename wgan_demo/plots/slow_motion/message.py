"""A whole iteration for static/walkthrough: the layers of every piece, and all points, arrows and surfaces."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions import GENERATOR, caption, pieces
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots.message import encode
from wgan_demo.plots.slow_motion.places import PLACES
from wgan_demo.plots.slow_motion.plan import FIELDS, layers
from wgan_demo.plots.slow_motion.scales import arrow_unit, magnification, relative_change
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET

COLORS = {
    "real": SOURCE, "fake": TARGET, "critic": CRITIC, "accent": ACCENT, "x_hat": AMBER, "neutral": NEUTRAL,
}  # fmt: skip


def pack(trace: StepTrace, now: Mapping[str, Any]) -> bytes:
    """The message of a trace, with what belongs to this moment.

    Its first group of arrays is of whole batches, the second of the samples that are drawn, the third of the
    surfaces, (k, k) or (1, k).
    """
    objective, place = OBJECTIVES[trace.config.loss], PLACES[trace.space.kind]
    drawn, config = place.lifted(trace), trace.config
    shown = slice(trace.show)
    norms, pushes = trace.norms[shown], np.linalg.norm(trace.push[shown], axis=1)
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
        "extent": trace.space.extent,
        "axes": drawn.axes,
        "heights": place.heights,
        "where": WORDS[trace.space.kind].where,
        "score": objective.score,
        "judge": objective.judge,
        "colors": COLORS,
        "arrow": arrow_unit(norms, trace.space.extent),
        "push": arrow_unit(pushes, trace.space.extent),
        "times": magnification(trace),
        "gap": f"{trace.score_gap:.3g}".replace("-", "−") if objective.up_to_constant else None,
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
        **scores,
        "pushes": np.linalg.norm(trace.push, axis=1),
    }
    samples |= {"u": trace.u} if trace.u is not None else {}
    samples |= {"penalties": trace.penalties} if trace.penalties is not None else {}
    surfaces = {
        "before": trace.surface_before,
        "after": trace.surface_after,
        "last": trace.generator_surface,
        "change": relative_change(trace),
    }
    return encode(header, [_floats(batch), _floats({k: v[shown] for k, v in samples.items()}), _floats(surfaces)])


def _floats(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: np.asarray(values, np.float32) for name, values in arrays.items()}
