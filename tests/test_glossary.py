"""The glossary, and that a term is marked where a reader meets it first."""

import re

import pytest

from tests.pages import open_lesson
from wgan_demo.ui.course import COURSE
from wgan_demo.ui.glossary import glossary, mark, word, written

ORDER = [lesson.page for lesson in COURSE]
LINK = re.compile(r"\[([^][]*(?:\[[^][]*\])?[^][]*)\]\(#word-([a-z0-9-]+)\)")
GUESSED = {
    "distances": "d_guess",
    "duality": "du_guess",
    "training": "tr_guess_8",
    "vanishing": "va_guess",
    "slope": "sl_guess",
    "digits": "im_guess",
    "evidence": "ev_guess_0",
    "clinic": "bc_guess_1",
    "claims": "cl_guess_1",
}


def test_an_entry_is_short_and_says_where_it_is_taught():
    for name, entry in glossary().items():
        assert entry.taught in ORDER, name
        assert 1 <= len(re.findall(r"[.?!:](?= |$)", entry.says)) <= 3, name
        assert len(entry.says) < 260, name
        assert entry.formula, name


def test_only_words_of_the_glossary_can_be_marked():
    assert word("slope", "its slope") == "[its slope](#word-slope)"
    with pytest.raises(KeyError):
        word("nothing", "it")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("A plan, and plans.", "A [plan](#word-plan), and plans."),
        ("Its **slope** is W₁.", "Its **[slope](#word-slope)** is [W₁](#word-w1)."),
        ("`slope` and $W₁$ and [a slope](there)", "`slope` and $W₁$ and [a slope](there)"),
        ("The [critic](#word-critic) and the critic.", "The [critic](#word-critic) and the critic."),
        ("The critic's loss, the critic", "The [critic's loss](#word-critic-loss), the [critic](#word-critic)"),
        ("planes and clothes", "planes and clothes"),
        ("no term here", "no term here"),
    ],
)
def test_the_first_use_of_a_term_is_marked_and_nothing_else(text, marked):
    assert mark(text) == marked
    assert mark(marked) == marked


def test_of_a_chart_the_first_use_of_every_term_is_found_as_it_is_written():
    assert written("exact EMD, units of x", "EMD of ‖∇f(x̂)‖ at iteration 7", "Iteration", "x̂", "none") == {
        "EMD": "emd",
        "‖∇f(x̂)‖": "gradient-norm",
        "iteration": "iteration",
        "x̂": "x-hat",
    }


def texts(page: str) -> list[str]:
    """What stands on a lesson's page as running text, in its order, once its answer is shown."""
    guess = {GUESSED[page]: "Just show me"} if page in GUESSED else {}
    at = open_lesson(page, **guess)
    told = [element for element in at.main if element.type in ("markdown", "caption", "success")]
    return [re.sub(r":[a-z]+\[([^][]*)\]", r"\1", element.value) for element in told]


@pytest.mark.parametrize("page", ORDER)
def test_a_term_is_marked_where_it_is_first_met(page):
    running = re.sub("“[^”]*”", "", " ".join(texts(page)))  # but for names
    plain = LINK.sub(lambda link: f"\0{link[2]}\0", running)
    unmarked = []
    for name, entry in glossary().items():
        if ORDER.index(entry.taught) < ORDER.index(page):
            continue
        bare = re.search(rf"(?<!\w)(?:{entry.written})", plain)
        marked = plain.find(f"\0{name}\0")
        if bare and (marked < 0 or bare.start() < marked):
            unmarked.append((name, plain[max(0, bare.start() - 60) : bare.end() + 20]))
    assert not unmarked


def test_what_is_marked_stands_in_the_glossary():
    for page in ORDER:
        assert {name for _, name in LINK.findall(" ".join(texts(page)))} <= glossary().keys()
