"""Which layers of the picture are bright at each piece of an iteration, and which are dim."""

from wgan_demo.gan.slow_motion.trace import StepTrace

FIELDS = ("before", "after", "change")  # what the piece "update" can show of f

# Bright and dim layers of every piece; what is in neither is not there yet. The scenes of static/walkthrough draw them,
# and "field" stands for the one of FIELDS that is looked at.
LAYERS: dict[str, tuple[str, str]] = {
    "real": ("real", ""),
    "fake": ("fake", "real"),
    "u": ("lines u", "real fake"),
    "interpolate": ("x_hat lines", "real fake u"),
    "gradient": ("before gradient x_hat", "real fake lines"),
    "norm": ("gradient norm rings x_hat", "before real fake"),
    "penalty": ("gradient norm penalty rings x_hat", "before real fake"),
    "scores": ("before real fake scores", "batch"),
    "loss": ("before real fake scores", "batch gradient x_hat"),
    "update": ("field", "batch"),
    "clip": ("after", "batch"),
    "spectral": ("after", "batch"),
    "latent": ("generated", "last"),
    "push": ("last generated push", ""),
    "move": ("generated push move", "last"),
}
# Of pictures: f is drawn between a fake and its real one, so both are there where it is.
PICTURES = {
    "gradient": ("before gradient x_hat", "real fake lines"),
    "norm": ("gradient norm rings x_hat", "before real fake lines"),
    "penalty": ("gradient norm penalty rings x_hat", "before real fake lines"),
    "scores": ("real fake scores", ""),
    "loss": ("real fake scores", "gradient x_hat"),
    "update": ("field", "real fake lines"),
    "clip": ("after", "real fake lines"),
    "spectral": ("after", "real fake lines"),
    "latent": ("generated", ""),
    "push": ("generated push", ""),
    "move": ("generated push move", ""),
}
BETWEEN = ("gradient", "x_hat")  # there only where the critic was looked at between the points


def layers(trace: StepTrace, piece: str) -> tuple[list[str], list[str]]:
    """Names of the bright and of the dim layers of this trace at a piece, a key of LAYERS."""
    table = LAYERS | PICTURES if trace.space.kind == "images" else LAYERS
    left_out = () if trace.penalties is not None else BETWEEN
    bright, dim = ([name for name in names.split() if name not in left_out] for names in table[piece])
    return bright, dim
