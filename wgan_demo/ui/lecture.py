"""A link for a lecture: what it hides, how large its text is, what it begins with; a presenter's remote control."""

from urllib.parse import urlencode

import streamlit as st

from wgan_demo.ui import link
from wgan_demo.ui.components.remote import remote
from wgan_demo.ui.course import COURSE
from wgan_demo.ui.guide import GUESS, GUIDES
from wgan_demo.ui.guide import LINK as GUIDE

# What can be hidden, by its name in the link: in words, and its selector. Questions always stand.
HIDES = {
    "settings": (
        "settings",
        ".stMain :is(.stSlider, .stSelectbox, .stNumberInput, .stCheckbox, .stPopover, .stFileUploader)"
        ":not(.st-key-ask *, .st-key-lecture, .st-key-lecture *)",
    ),
    "views": ("other views", '.stMain .stButtonGroup:not([class*="_guess"] *, .st-key-ask *, .st-key-lecture *)'),
    "more": ("code and files", ".stMain .stExpander"),
    "course": (
        "the way through the course",
        '[data-testid="stTopNav"], .st-key-place .stPageLink, .st-key-next, .st-key-lecture',
    ),
}
SIZES = (100, 125)  # of all text, in percent
HIDE, SIZE, REMOTE = "hide", "size", "remote"  # in the link


def lecture(page: str) -> None:
    """Do what the link asks for, through the whole visit, and offer to make one; on the page of this lesson."""
    asked = st.session_state.setdefault("lecture_asked", {})
    for name, parse in ((HIDE, _hidden), (SIZE, _size), (REMOTE, link.among(["1"]))):
        value = link.linked(name, parse, None, f"What the link says of “{name}” makes no sense.")
        if value is not None:
            asked[name] = value
    rules = [f"{HIDES[name][1]} {{ display: none; }}" for name in asked.get(HIDE, ())]
    if (size := asked.get(SIZE, 100)) != 100:
        rules.append(f"html {{ font-size: {size}%; }}")
    if rules:
        st.html(f"<style>{' '.join(rules)}</style>")
    if REMOTE in asked:
        at = [lesson.page for lesson in COURSE].index(page)
        for key, beside in (("remote_back", max(at - 1, 0)), ("remote_on", min(at + 1, len(COURSE) - 1))):
            with st.container(key=key):  # course.css hides them
                st.page_link(COURSE[beside].path, label=key)
        remote("remote_back", "remote_on")
    _builder(page)


def _hidden(text: str) -> tuple[str, ...]:
    return tuple(link.among(list(HIDES))(name) for name in text.split(","))


def _size(text: str) -> int:
    return int(link.among([str(size) for size in SIZES])(text))


@st.fragment
def _builder(page: str) -> None:
    """Makes the link, of the page as it is now."""
    panel = st.popover("Lecture", icon=":material/co_present:", key="lecture", on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.markdown("**A link for a lecture**: this page as it is now, and")
        hidden = st.pills("without", list(HIDES), selection_mode="multi", format_func=lambda name: HIDES[name][0])
        size = st.segmented_control("with text of", SIZES, default=100, required=True, format_func=lambda s: f"{s} %")
        steps = GUIDES.get(page, ())
        question = next((at for at, step in enumerate(steps, 1) if "_guess" in step.at or GUESS in step.at), None)
        openings = {"the page": None, "the guide": 1} | ({"its question": question} if question else {})
        opening = st.segmented_control("which begins with", list(openings), default="the page", required=True)
        keys = st.checkbox("and obeys a presenter’s remote control: Page Down, Page Up, full stop for play and pause")
        asked = {
            HIDE: ",".join(hidden), SIZE: "" if size == 100 else str(size), REMOTE: "1" if keys else "",
            GUIDE: str(openings[opening] or ""),
        }  # fmt: skip
        values = link.values() | asked
        st.code(f"{st.context.url}?{urlencode({k: v for k, v in values.items() if v})}", language=None, wrap_lines=True)
