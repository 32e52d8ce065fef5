"""The lessons in their order, and the way in for a link that goes straight to one of them."""

import gc
from functools import cache
from typing import NamedTuple

import streamlit as st

from wgan_demo.ui import link
from wgan_demo.ui.components.assets import STATIC
from wgan_demo.ui.glossary import word
from wgan_demo.ui.runs import tab


class Lesson(NamedTuple):
    """One lesson, as the home page, the navigation and its own title line have it.

    chapter   the part of the course that it belongs to
    page      its file in pages/, and its name in the address
    title     its short name
    icon      of Google's Material Symbols, drawn by Streamlit from a font of its own
    question  the one question that it answers
    lead      Markdown: how it takes up the lesson before, and what to do first
    leads_to  Markdown: why the next lesson comes next, "" for the last one
    teaser    one sentence for who has not opened it yet, which keeps the answer back
    alt       its drawing, static/path/<page>.svg, in words
    """

    chapter: str
    page: str
    title: str
    icon: str
    question: str
    lead: str
    leads_to: str
    teaser: str
    alt: str

    @property
    def path(self) -> str:
        """Its file, relative to app.py."""
        return f"pages/{self.page}.py"


COURSE = (
    Lesson(
        chapter="By hand",
        page="moving_boxes",
        title="Moving boxes",
        icon="inventory_2",
        question="What is the cheapest way to move the boxes?",
        lead="Drag every box into a dotted slot: a box carried 3 places costs 3 box-steps. How cheap can it get?",
        leads_to="Put many small boxes on a heap, and heaps become two distributions, P and Q.",
        teaser="Drag boxes into slots, count every step, and look for a plan that nothing beats.",
        alt="A pile of boxes, one of them on its way to a dotted slot.",
    ),
    Lesson(
        chapter="By hand",
        page="distances",
        title="Distances",
        icon="straighten",
        question="How far apart are P and Q?",
        lead=f"Heaps of boxes become {word('distribution', ':blue[P] and :orange[Q]')}. Move :orange[Q] away by "
        f"θ: which numbers keep growing, and which still have a slope to learn from?",
        leads_to="To find W₁ one needs the cheapest plan. The same number can be reached from below, without any plan.",
        teaser="Slide two distributions apart, and see which of seven numbers still tells how far.",
        alt="Two humps side by side that overlap, and an arrow from the one to the other.",
    ),
    Lesson(
        chapter="By hand",
        page="duality",
        title="Duality",
        icon="gavel",
        question="How high can a critic lift P above Q?",
        lead=f"W₁ again, from below. **Drag the knots** of the {word('critic', ':green[critic f]')} to "
        f"lift its mean over :blue[P] above its mean over :orange[Q]; no slope may exceed 1.",
        leads_to="A network can learn to be this critic, and teach another network where to put its points.",
        teaser="Be the critic: bend a curve as high as its slope allows, knot by knot.",
        alt="A line with knots that bends above the bars of P and Q.",
    ),
    Lesson(
        chapter="By learning",
        page="training",
        title="Training",
        icon="model_training",
        question="How does a critic teach a generator?",
        lead=f"The {word('critic', ':green[critic]')} is a network now, and shows the points of the "
        f"{word('generator', ':orange[generator]')} which way is uphill. Guess, then **press Start**.",
        leads_to="Why go to this trouble? The first GANs had a discriminator instead of a critic. Watch what it tells "
        "a generator that is far off.",
        teaser="Train a WGAN-GP here and now, with gradient norms and the exact EMD beside it.",
        alt="Triangles at the foot of a hill, arrows uphill, and dots at its top.",
    ),
    Lesson(
        chapter="By learning",
        page="vanishing",
        title="Why GANs stall",
        icon="trending_flat",
        question="Why does a better discriminator teach less?",
        lead=f"The generator stands still. A {word('discriminator', 'discriminator D')} and a "
        f"{word('critic', ':green[critic f]')} learn to tell its :orange[Q] from :blue[P]. **Press Play**.",
        leads_to="A critic helps only while its slope is held. Clipping its weights is one way, a penalty another.",
        teaser="Hold the generator still, let its judge become perfect, and look at what is left to learn from.",
        alt="Two bells far apart, a curve that is flat above both, and a straight line that falls.",
    ),
    Lesson(
        chapter="By learning",
        page="slope",
        title="Holding the slope",
        icon="landscape",
        question="What keeps the critic’s slope at 1?",
        lead=f"Here the {word('generator', ':orange[generator]')} stands still: real points plus noise. "
        f"**Move c and λ**, and see what the {word('critic', ':green[critic]')} makes of it.",
        leads_to="So far all data were points. The same losses and the same penalty learn pictures.",
        teaser="Clip the critic’s weights or charge it for its slope, and see what is left of W₁.",
        alt="A wavy line that follows dots and triangles, and a nearly flat dashed one.",
    ),
    Lesson(
        chapter="On images",
        page="digits",
        title="Digits",
        icon="draw",
        question="Do pictures need a critic?",
        lead="The points are pictures now. **Press Start**: a GAN and a WGAN-GP learn the same digits, side by side.",
        leads_to="One page with its seeds is not the world. What have others published, and can it be set beside this?",
        teaser="Train two networks to write digits, and see which of them forgets some.",
        alt="Four handwritten digits in squares, and an arrow to the same ones drawn with gaps.",
    ),
    Lesson(
        chapter="On images",
        page="evidence",
        title="Evidence",
        icon="query_stats",
        question="What is published, and what is measured here?",
        lead="Tables from papers, and beside them this program’s own numbers, seed by seed. **Guess first**: "
        "which of them can be compared?",
        leads_to="A few lines train all this, and each of them has been written wrong by somebody.",
        teaser="The tables of papers with their intervals, and why they cannot be set beside one’s own numbers.",
        alt="Three marks with intervals, one below the other, beside a scatter of dots.",
    ),
    Lesson(
        chapter="In practice",
        page="clinic",
        title="Bug clinic",
        icon="bug_report",
        question="Which bug is in this run?",
        lead="Two runs from one seed: dashed a healthy one, solid one with a bug that somebody has shipped. "
        "**Read the curves**, then name it.",
        leads_to="Code can be wrong, and so can what is written about it. What do you believe?",
        teaser="A sick run beside a healthy one: name the bug by its curves, then see the guilty line.",
        alt="Two curves that fall together until one of them turns away, and a magnifying glass on the place.",
    ),
    Lesson(
        chapter="In practice",
        page="claims",
        title="What the articles get wrong",
        icon="fact_check",
        question="Is it true what they say?",
        lead="Sentences from five articles and from public code. **Say whether each is so**; then a number decides.",
        leads_to="",
        teaser="Sentences about Wasserstein GANs: true, false, or does it depend? A number decides.",
        alt="A sheet of lines with a tick, a cross and a question mark beside a curve.",
    ),
)


class Opening(NamedTuple):
    """How a page opens: what the browser's tab is called, its title line, and the Markdown below that."""

    tab: str
    question: str
    lead: str


NAME = "Wasserstein GANs"
HOME = Opening(
    tab=f"{NAME}, live",
    question=f"{NAME}, by hand and live",
    lead="A Wasserstein GAN learns from one number: how far sand shaped like :blue[P] has to walk, at best, to be "
    "shaped like :orange[Q]. **Drag :blue[P] or :orange[Q].**",
)
CLASS = Opening(
    tab=f"Class · {NAME}",
    question="What does the whole class think?",
    lead="In a room, every guess of this course is a poll, and the lecturer’s pages are everybody’s.",
)
PAGES = (
    {"": HOME}
    | {lesson.page: Opening(f"{lesson.title} · {NAME}", lesson.question, lesson.lead) for lesson in COURSE}
    | {"class": CLASS}
)
STARTED = "course_started"
MENDED = "course_mended"  # what was dropped from the link and has not been told yet


def navigation():
    """Page settings and the course's pages; returns the page to run."""
    # Without a local icon the browser would fetch that of the first page from the internet.
    st.set_page_config(page_title=HOME.tab, page_icon="🌍", layout="wide")
    st.html(STATIC / "course.css")
    home = st.Page("pages/home.py", title="Home", icon=":material/home:", default=True)
    chapters = {"": [home]}
    for lesson in COURSE:
        page = st.Page(lesson.path, title=lesson.title, icon=f":material/{lesson.icon}:")
        chapters.setdefault(lesson.chapter, []).append(page)
    chapters["In class"] = [st.Page("pages/class.py", title="Class", icon=":material/groups:")]
    status = st.Page("pages/status.py", title="Status", visibility="hidden")
    chapters["In class"].append(status)  # by its address alone
    return st.navigation(chapters, position="top")


def run() -> None:
    """Run the page that was asked for: all that course.py does."""
    first = STARTED not in st.session_state
    st.session_state[STARTED] = True
    page = navigation()
    if first and _mend_link():
        st.rerun()  # widgets take their values from the link as it was when a run began
    tab.keep()  # a connection that was lost and is back keeps its runs, whichever page is open
    try:
        page.run()
    except OverflowError:  # back onto a link that was mended: what is bound to a widget by now cannot be dropped
        if not (bad := link.senseless()):
            raise
        st.error(f"The link holds what makes no sense: {_told(bad)}. Go forward again, or load the page anew.")
    if mended := st.session_state.pop(MENDED, None):
        told = f"Left out of the link, because it makes no sense: {mended}."
        st.toast(told, icon=":material/link_off:", duration="long")
    if page.url_path:  # Home has no runs, and is light
        tab.visit()
    _settle(page.url_path)
    if tab.keep():  # below the page: above it, its coming and going would mount every chart anew
        tab.stay()


@cache
def _settle(page: str) -> None:
    """Once a process and page: what it has imported stays, so the garbage collector need not look through it again.

    Of 310,000 objects in a full house 200,000 are that, and while they are looked through everybody waits.
    """
    gc.collect()
    gc.freeze()


def _mend_link() -> bool:
    """Drop what Streamlit would fail on. True if there was any."""
    if bad := link.senseless():
        st.session_state[MENDED] = _told(bad)
    for name in bad:
        link.put(name, None)
    return bool(bad)


def _told(values: dict[str, str]) -> str:
    """These parameters of the link as Markdown that shows them as they are."""
    from wgan_demo.ui.table_source import literal

    return ", ".join(literal(f"{name}={value}"[:40]) for name, value in [*values.items()][:5])


def enter() -> None:
    """To be called by a page first. Until course.py has run once since the server's start, Streamlit takes the files in
    pages/ for an older kind of app and runs the linked one without course.py; then this starts over, the right way.
    """
    if STARTED not in st.session_state:
        navigation()
        st.rerun()
