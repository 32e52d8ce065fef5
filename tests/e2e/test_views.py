"""The views of the Distances page in a real browser: controls work, charts stay, a link brings everything back."""

import pytest
from playwright.sync_api import expect

from tests.browser import frames, settle, wait_until
from tests.e2e.hand import centre
from tests.e2e.test_distances import CHART, expect_numbers, press, wait_for_charts, wait_for_marks
from wgan_demo.distances import smoothing
from wgan_demo.distances.at_theta import THETA_MAX
from wgan_demo.distances.one_dim import wasserstein
from wgan_demo.distances.sampling import two_samples
from wgan_demo.measures import DiscreteMeasure, Gaussian
from wgan_demo.plots.distances import number
from wgan_demo.plots.smoothing import short
from wgan_demo.ui.distances import against_theta, cliff, coupling, noise_floor
from wgan_demo.ui.distances.cliff import EPSILONS, bins_to
from wgan_demo.ui.distances.coupling import plans

GUESSED = "d_view=The+plan&d_plan_guess=A+slanted+line"


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


def expect_query(page, wanted: dict) -> None:
    wait_until(page, lambda: query(page) == wanted)


@pytest.mark.parametrize(
    ("link", "charts"),
    [("d_view=Against+θ&d_guess=KL", 3)],
    ids=str,
)
def test_a_step_of_theta_keeps_the_charts(open_page, link, charts):
    page = open_page(f"distances?{link}")
    wait_for_charts(page, charts)
    mark(page)
    press(page, "ArrowRight", 2)
    page.wait_for_function("location.search.includes('d_theta=3.2')")
    wait_for_marks(page, 3.2)
    assert marks(page) == list(range(charts))


SENT = """() => { const send = WebSocket.prototype.send; window.sent = 0
  WebSocket.prototype.send = function (...data) { window.sent += 1; return send.apply(this, data) } }"""


def texts(page, key: str):
    """The numbers and the sentence of a sweep."""
    return page.locator(f".st-key-{key} .sweep :is(dd, .sentence:not(:empty))")


def shown(page, key: str) -> list[str]:
    return texts(page, key).all_inner_texts()


def pull(page, key: str, right: float, down: float) -> None:
    """The hand in the picture of this key is taken and moved so far in pixels, and not let go."""
    x, y = centre(page.locator(f".st-key-{key} .grip"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=6)
    frames(page, 2)


def test_the_plans_appear_with_the_guess_and_blur_with_epsilon(open_page):
    page = open_page("distances?d_view=The+plan&d_theta=1")
    shades = page.locator(".sweep image[href]")
    expect(shades).to_have_count(0)
    page.get_by_role("radio", name="A filled square").click()
    page.get_by_text("that is the plan that knows nothing").wait_for()
    expect(shades).to_have_count(2)
    before = shades.last.get_attribute("href")
    step(page, "ε: blur", "ArrowRight")
    *_, path = plans(Gaussian(), Gaussian(1, 1), 1.0)
    expect(texts(page, "d_plan_entropic").first).to_have_text(number(path[0.2].cost))
    expect(shades.last).not_to_have_attribute("href", before)
    wanted = {"d_view": "The plan", "d_theta": "1", "d_plan_guess": "A filled square", "d_epsilon": "0.2"}
    expect_query(page, wanted)


def test_the_plan_follows_the_hand_on_the_price_of_blur(open_page):
    page = open_page(f"distances?{GUESSED}&d_theta=0.5")
    page.locator(".st-key-d_epsilon_curve .grip").scroll_into_view_if_needed()
    settle(page)
    page.evaluate(SENT)
    pull(page, "d_epsilon_curve", 150, 0)
    *_, path = plans(Gaussian(), Gaussian(0.5, 1), 1.0)
    epsilon = float(page.locator(".st-key-d_plan_entropic .said").inner_text())
    assert epsilon > 0.1
    assert page.evaluate("window.sent") == 0
    expect(texts(page, "d_plan_entropic").first).to_have_text(number(path[epsilon].cost))
    page.mouse.up()
    page.wait_for_function(f"Number(new URL(location).searchParams.get('d_epsilon')) === {epsilon}")


def test_what_has_not_converged_is_said_and_comes_back_with_the_link(open_page):
    page = open_page(f"distances?{GUESSED}&d_theta=0&d_epsilon=0.05")
    page.get_by_text("Not converged: after 500 iterations").wait_for()
    step(page, "ε: blur", "ArrowRight")
    page.get_by_text("Not converged: after").wait_for(state="detached")


def test_the_cliff_follows_epsilon_in_the_browser(open_page):
    page = open_page("distances?d_view=When+KL+is+infinite&d_p_family=Uniform&d_q_family=Uniform&d_smoothing=1e-4")
    page.get_by_role("radio", name="Still infinity").click()
    page.get_by_text("ε = 1e-4 makes").wait_for()
    page.get_by_text("no bin is empty").wait_for()
    settle(page)
    before = shown(page, "d_cliff")
    page.evaluate(SENT)
    pull(page, "d_smoothed_bins", 0, 110)
    assert shown(page, "d_cliff") != before
    assert page.evaluate("window.sent") == 0
    followed = [*shown(page, "d_cliff"), *shown(page, "d_smoothed_bins")]
    page.mouse.up()
    page.wait_for_function("new URL(location).searchParams.get('d_smoothing') !== '1e-4'")
    settle(page)
    assert [*shown(page, "d_cliff"), *shown(page, "d_smoothed_bins")] == followed
    assert f"ε = {query(page)['d_smoothing']} makes {followed[1]} nats" in followed[2]
    assert query(page)["d_cliff_guess"] == "Still infinity"


def test_every_number_of_the_grid_is_python_s(open_page):
    page = open_page("distances?d_view=When+KL+is+infinite&d_cliff_guess=Just+show+me")
    edges, of_p, *_ = bins_to(Gaussian(), Gaussian(), THETA_MAX)
    of_q = smoothing.bin_masses(Gaussian(3, 1), edges)
    slider = page.get_by_role("slider", name="ε added")
    sentence = page.locator(".st-key-d_smoothed_bins .sentence")
    slider.press("Home")
    for epsilon in EPSILONS:
        exact = number(float(smoothing.smoothed_kl(of_p, of_q, epsilon)))
        expect(page.locator(".st-key-d_smoothed_bins .said")).to_have_text(short(epsilon))
        expect(texts(page, "d_cliff")).to_have_text(["4.5000", exact])
        expect(sentence).to_contain_text(f"in bins and with ε it is {exact}")
        slider.press("ArrowRight")


def test_samples_are_guessed_drawn_and_brought_back(open_page):
    page = open_page("distances?d_view=Samples&d_n=500&d_seed=3&d_theta=0.1")
    page.get_by_role("button", name="That is my guess").click()
    page.get_by_text("You guessed").wait_for()
    settle(page)
    page.get_by_role("button", name="New draw").click()
    page.get_by_text("seed 4").wait_for()
    settle(page)
    before = shown(page, "d_samples")
    pull(page, "d_floor", 100, 0)
    assert shown(page, "d_samples") != before
    page.mouse.up()
    page.wait_for_function("Number(new URL(location).searchParams.get('d_n')) > 500")
    press(page, "ArrowRight")
    n = int(query(page)["d_n"])
    exact = number(wasserstein(*map(DiscreteMeasure.uniform, two_samples(Gaussian().measure(), n, 4)[0])))
    expect(texts(page, "d_samples")).to_have_text([f"The area between them is W₁ = {exact} units of x."])
    expect_query(page, {"d_view": "Samples", "d_n": str(n), "d_seed": "4", "d_theta": "0.2"})


def test_every_view_keeps_p_q_and_theta(open_page):
    page = open_page("distances?d_p_family=Laplace&d_theta=7")
    views = {"The plan": coupling, "When KL is infinite": cliff, "Samples": noise_floor, "Against θ": against_theta}
    for name, view in views.items():
        page.get_by_role("radio", name=name).click()
        expect(page.get_by_role("heading", name=view.QUESTION)).to_be_visible()
        settle(page)
        expect(page.get_by_role("slider", name="θ: how far")).to_have_value("7")
    expect_numbers(page, w1="7.0000")
    expect_query(page, {"d_p_family": "Laplace", "d_theta": "7"})


@pytest.mark.parametrize("view", ["The+plan&d_plan_guess=One+spot", "When+KL+is+infinite", "Samples"])
def test_on_a_phone_nothing_sticks_out(open_page, handheld, view):
    page = open_page(f"distances?d_view={view}", tab=handheld)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
