"""Where the walk through an iteration stands: its piece, its marked sample, what is shown of f: all in the link."""

from wgan_demo.plots.slow_motion.plan import FIELDS
from wgan_demo.ui import link
from wgan_demo.ui.components.walkthrough import At
from wgan_demo.ui.runs.tab import TabRun

CHANGE = FIELDS[-1]


def where(run: TabRun, names: tuple[str, ...], show: int) -> At:
    """Where it stands, of these pieces and as many samples; a link that names another one is told so, once."""

    def piece(text: str) -> str:
        if text not in names:
            raise ValueError("The walk begins at the first one.")
        return text

    def sample(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= show:
            raise ValueError(f"It may be 1 to {show}.")
        return int(text)

    def field(text: str) -> str:
        if text not in FIELDS:
            raise ValueError("It shows the change.")
        return text

    at = At(
        link.linked(run.key("piece"), piece, run.get("piece", names[0]), "The link names no piece of this iteration."),
        link.linked(run.key("sample"), sample, run.get("sample", 1), "The link marks no sample of this picture.") - 1,
        link.linked(run.key("surface"), field, run.get("surface", CHANGE), "The link shows no moment of f."),
        link.linked(run.key("u"), link.between(0, 1), run.get("u"), "The link looks beyond both pictures."),
    )
    if at.piece not in names:  # the objective has changed
        at = at._replace(piece=names[0])
    at = at._replace(sample=min(at.sample, show - 1))
    stand(run, at)
    link.put(run.key("piece"), None if at.piece == names[0] else at.piece)
    link.put(run.key("sample"), None if at.sample == 0 else str(at.sample + 1))
    link.put(run.key("surface"), None if at.field == CHANGE else at.field)
    link.put(run.key("u"), None if at.u is None else f"{at.u:g}")
    return at


def stand(run: TabRun, at: At) -> None:
    """Remember where it stands."""
    run.put("piece", at.piece)
    run.put("sample", at.sample + 1)
    run.put("surface", at.field)
    run.put("u", at.u)
