"""The views of the Distances page in a real browser: controls work, charts stay, a link brings everything back."""

import pytest

from tests.browser import settle
from tests.e2e.test_distances import CHART, press, wait_for_charts

GUESSED = "d_view=The+plan&d_plan_guess=A+slanted+line"
HEATS = f"[...document.querySelectorAll('{CHART}')].flatMap(node => node.data).filter(t => t.type === 'heatmap').length"


def mark(page) -> None:
    page.evaluate(f"document.querySelectorAll('{CHART}').forEach((node, i) => (node.mine = i))")


def marks(page) -> list:
    return page.evaluate(f"[...document.querySelectorAll('{CHART}')].map(node => node.mine)")


def step(page, name: str, key: str) -> None:
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    slider.press(key)
    settle(page)


def query(page) -> dict:
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


@pytest.mark.parametrize(
    ("link", "charts"),
    [(GUESSED, 4), ("d_view=When+KL+is+infinite&d_cliff_guess=Still+infinity", 2), ("d_view=Against+θ", 3)],
    ids=str,
)
def test_a_step_of_theta_keeps_the_charts(open_page, link, charts):
    page = open_page(f"distances?{link}")
    wait_for_charts(page, charts)
    mark(page)
    press(page, "ArrowRight", 2)
    page.wait_for_function("location.search.includes('d_theta=3.2')")
    assert marks(page) == list(range(charts))


def test_the_plans_appear_with_the_guess_and_blur_with_epsilon(open_page):
    page = open_page("distances?d_view=The+plan&d_theta=1")
    wait_for_charts(page, 4)
    assert page.evaluate(HEATS) == 0
    mark(page)
    page.get_by_role("radio", name="A filled square").click()
    page.get_by_text("that is the plan that knows nothing").wait_for()
    page.wait_for_function(f"{HEATS} === 2")
    assert marks(page) == [0, 1, 2, 3]
    step(page, "ε: blur", "ArrowRight")
    page.get_by_text("Entropic, ε = 0.2: cost 1.01").wait_for()
    assert marks(page) == [0, 1, 2, 3]
    assert query(page) == {
        "d_view": "The plan", "d_theta": "1", "d_plan_guess": "A filled square", "d_epsilon": "0.2"
    }  # fmt: skip


def test_what_has_not_converged_is_said_and_comes_back_with_the_link(open_page):
    page = open_page(f"distances?{GUESSED}&d_theta=0&d_epsilon=0.05")
    page.get_by_text("Not converged: after 500 iterations").wait_for()
    wait_for_charts(page, 4)
    mark(page)
    step(page, "ε: blur", "ArrowRight")
    page.get_by_text("Not converged: after").wait_for(state="detached")
    assert marks(page) == [0, 1, 2, 3]


def test_the_cliff_follows_epsilon(open_page):
    page = open_page("distances?d_view=When+KL+is+infinite&d_p_family=Uniform&d_q_family=Uniform&d_smoothing=1e-4")
    wait_for_charts(page, 1)
    page.get_by_role("radio", name="Still infinity").click()
    page.get_by_text("ε = 1e-4 makes").wait_for()
    page.get_by_text("no bin is empty").wait_for()
    wait_for_charts(page, 2)
    mark(page)
    step(page, "ε added", "ArrowLeft")
    page.get_by_text("ε = 1e-5 makes").wait_for()
    settle(page)
    assert marks(page) == [0, 1]
    assert query(page)["d_smoothing"] == "1e-5"
    assert query(page)["d_cliff_guess"] == "Still infinity"


def test_samples_are_guessed_drawn_and_brought_back(open_page):
    page = open_page("distances?d_view=Samples&d_n=500&d_seed=3&d_theta=0.1")
    wait_for_charts(page, 1)
    page.get_by_role("button", name="Show me").click()
    page.get_by_text("You guessed").wait_for()
    wait_for_charts(page, 2)
    settle(page)
    mark(page)
    page.get_by_role("button", name="New draw").click()
    page.get_by_text("seed 4").wait_for()
    step(page, "n: points", "ArrowRight")
    press(page, "ArrowRight")
    assert marks(page) == [0, 1]
    assert query(page) == {"d_view": "Samples", "d_n": "1000", "d_seed": "4", "d_theta": "0.2"}


def test_every_view_keeps_p_q_and_theta(open_page):
    page = open_page("distances?d_p_family=Laplace&d_theta=7")
    for name in ("The plan", "When KL is infinite", "Samples", "Against θ"):
        page.get_by_role("radio", name=name).click()
        settle(page)
        assert page.locator(".shift dd, [data-testid=stMetricValue]").first.inner_text() == "7.0000"
    assert query(page) == {"d_p_family": "Laplace", "d_theta": "7"}


@pytest.mark.parametrize("view", ["The+plan&d_plan_guess=One+spot", "When+KL+is+infinite", "Samples"])
def test_on_a_phone_nothing_sticks_out(open_page, handheld, view):
    page = open_page(f"distances?d_view={view}", tab=handheld)
    wait_for_charts(page, 1)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
