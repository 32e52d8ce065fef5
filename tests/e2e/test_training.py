"""Training in a real browser: it starts, learns, pauses, steps; two tabs are two runs; a closed tab's run ends."""

import contextlib
import re

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser import frames, settle, to_lesson, wait_until
from wgan_demo.gan import shipped


def metric(page, label: str):
    """The value of a number of the run by its label."""
    cell = page.locator(".st-key-tr_numbers dl > div").filter(has_text=re.compile(f"^{re.escape(label)}"))
    return cell.locator(".value")


def number(page, label: str) -> float:
    """The value of a metric by its label."""
    return float(metric(page, label).inner_text().replace(",", ""))


def status(page):
    """The line that says whose run is on the stage and how it stands."""
    return page.locator(".st-key-tr_status")


def one_iteration(page, times: int, until: float) -> None:
    """Press it as often, and quickly: none is lost, and the run comes to iteration `until`."""
    for _ in range(times):
        page.get_by_role("button", name="One iteration").click()
    expect(metric(page, "Iteration")).to_have_text(f"{until:,.0f}")


def start(page) -> None:
    page.locator(".st-key-tr_controls").get_by_role("button", name="Start").click()


def wait_for_iteration(page, least: int, seconds: float = 90) -> None:
    def there() -> bool:
        own = "of your run" in page.locator(".st-key-tr_numbers .numbers").inner_text()  # no longer the recording's
        return own and "Training" in status(page).inner_text() and number(page, "Iteration") >= least

    wait_until(page, there, seconds)


def wait_for_film(page) -> None:
    """The run stands still, and all of its frames are on the stage."""
    expect(page.locator(".st-key-tr_stage .bar:not(.live)")).to_be_visible()
    settle(page)


def wait_for_the_worker(page) -> None:
    """A page with a paper's settings says when the worker has been measured, and no longer asks for it."""
    expect(page.locator(".st-key-tr_lesson")).to_contain_text("30 s at full speed", timeout=60_000)
    settle(page)


def worker() -> psutil.Process:
    """That of the server these tests have started; other apps on this machine have theirs."""
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # the browser's own come and go with its tabs
            if "wgan_demo.engine.worker" in process.cmdline():
                return process
    pytest.fail("the server has no worker")


def cpu_share(page, process: psutil.Process) -> float:
    """Of half a second, or of longer on a slow machine, while the page goes on."""
    process.cpu_percent()
    frames(page, 30)
    return process.cpu_percent() / 100


def wait_until_idle(page, process: psutil.Process) -> None:
    """The runs of closed tabs have ended."""
    wait_until(page, lambda: cpu_share(page, process) < 0.05)


def start_and_pause(page) -> None:
    """A run that stands still a few iterations after its start."""
    start(page)
    wait_for_iteration(page, 10)
    page.locator(".st-key-tr_controls").get_by_role("button", name="Pause").click()
    expect(status(page)).to_contain_text("Paused")
    wait_for_film(page)


def test_a_recording_plays_before_the_first_start(open_page):
    page = open_page("training")
    expect(status(page)).to_contain_text("Recording")
    shown = page.locator(".step")
    first = shown.inner_text()
    expect(shown).not_to_have_text(first)
    page.get_by_role("button", name="Pause the recording").click()
    held = shown.inner_text()
    frames(page, 30)
    assert shown.inner_text() == held
    page.get_by_label("Moment of the recording").fill("0")
    expect(shown).to_have_text("iteration 0")


def test_the_first_screen_of_a_projector_shows_start_and_the_points_that_will_move(open_page):
    page = open_page("training")
    controls = page.locator(".st-key-tr_controls").get_by_role("button", name="Start").bounding_box()
    stage = page.locator(".st-key-tr_stage .stage").bounding_box()
    assert controls["y"] + controls["height"] < stage["y"]
    assert 900 - stage["y"] > 0.6 * stage["height"]


def test_training_learns_keeps_its_charts_and_obeys_its_buttons(open_page):
    page = open_page("training?tr_pace=Full&tr_steps=3000")  # long enough to be paused
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length === 3")
    page.evaluate("document.querySelectorAll('.js-plotly-plot').forEach((node) => (node.tagged = true))")
    start(page)
    wait_for_iteration(page, 25)
    page.locator(".st-key-tr_controls").get_by_role("button", name="Pause").click()
    expect(status(page)).to_contain_text("Paused")
    wait_for_film(page)
    paused = number(page, "Iteration")
    one_iteration(page, 3, until=paused + 3)
    page.get_by_role("button", name="Continue").click()
    expect(status(page)).to_contain_text("Done", timeout=90_000)
    expect(metric(page, "Iteration")).to_have_text(f"{paused + 3 + 3000:,.0f}")
    wait_for_film(page)
    untrained = shipped.load("eight_gaussians").course("emd")[1][0]  # of the same settings and seed
    assert number(page, "Exact EMD, units of x") < 0.5 * untrained
    kept = page.evaluate("[...document.querySelectorAll('.js-plotly-plot')].map((node) => node.tagged === true)")
    assert kept == [True] * 3
    page.get_by_role("button", name="Reset").click()
    expect(status(page)).to_contain_text("Recording")


def test_no_press_of_one_iteration_is_lost_however_quickly_they_come(open_page):
    page = open_page("training")
    button = page.get_by_role("button", name="One iteration")
    button.evaluate("(button) => { for (let i = 0; i < 7; i++) button.click() }")
    expect(metric(page, "Iteration")).to_have_text("7")
    settle(page)
    for _ in range(5):
        page.keyboard.press("n")
    expect(metric(page, "Iteration")).to_have_text("12")


# Numbers on the page at one moment: of a component by its key, and of the chart of the norms.
READ = """
  const read = (text) => Number(text?.replace(/\\D/g, ""))
  const root = (key) => document.querySelector(`.st-key-${key} [data-testid^=stBidiComponent]`)?.shadowRoot
  const shown = (key, part) => read(root(key)?.querySelector(part)?.textContent)
  const [film, number] = [shown("tr_stage", ".step"), shown("tr_numbers", ".value")]
  const charts = [...document.querySelectorAll(".js-plotly-plot")]
  const norms = read(charts[0].layout.xaxis.title.text.match(/iteration (.*)/)[1])
"""
AGREE = f"""(before) => {{{READ}
  const [course, loss] = charts.slice(1).map((node) => node.data.at(-1).x.at(-1))
  return number > before && [film, norms, loss].every((iteration) => iteration === number) &&
    number <= course // which has a point of every iteration
}}"""
IN_STEP = f"""() => {{{READ}
  return 0 < number && number < 1500 && Math.abs(film - number) <= 150 && norms === number
}}"""


def test_while_it_trains_stage_charts_and_numbers_are_those_of_one_moment(open_page):
    page = open_page("training?tr_pace=25+/+s&tr_steps=20000")
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length === 3")
    start(page)
    wait_for_iteration(page, 25)
    for _ in range(2):
        before = number(page, "Iteration")
        page.wait_for_function(AGREE, arg=before)


def test_two_tabs_train_two_runs_and_a_closed_tab_leaves_the_worker_idle(open_page, browser, app_url):
    page = open_page("training?tr_pace=Full&tr_steps=20000&tr_seed=1")
    other = browser.new_context().new_page()
    open_page("training?tr_pace=25+/+s&tr_steps=20000&tr_seed=2", tab=other)
    start(page)
    start(other)
    wait_for_iteration(page, 50)
    wait_for_iteration(other, 1)
    expect(status(page)).to_contain_text("seed 1")
    expect(status(other)).to_contain_text("seed 2")
    wait_until(page, lambda: number(page, "Iteration") > number(other, "Iteration"))
    trainer = worker()
    wait_until(page, lambda: cpu_share(page, trainer) > 0.2)
    # A slider elsewhere answers as if nothing trained.
    third = browser.new_context().new_page()
    open_page("distances?d_theta=3", tab=third)
    other.context.close()
    third.context.close()
    page.goto("about:blank")
    wait_until_idle(page, trainer)


def test_a_run_goes_on_while_another_page_is_open(open_page):
    page = open_page("training?tr_steps=20000")
    start(page)
    wait_for_iteration(page, 10)
    before = number(page, "Iteration")
    to_lesson(page, "Distances")
    settle(page)
    wait_until(page, lambda: cpu_share(page, worker()) > 0.05)
    to_lesson(page, "Training")
    wait_for_iteration(page, before + 1)


def test_a_paused_run_is_found_again_after_a_dropped_connection(open_page, page):
    sockets = []
    page.route_web_socket("**/_stcore/stream", lambda tab: sockets.append((tab, tab.connect_to_server())))
    open_page("training?tr_steps=20000")
    start_and_pause(page)
    paused = number(page, "Iteration")
    other = open_page("training?tr_steps=20000", tab=page.context.new_page())
    start(other)
    wait_for_iteration(other, 1)
    for end in sockets[-1]:
        end.close()
    other.close()
    wait_until(page, lambda: len(sockets) > 1)
    wait_until_idle(page, worker())  # a tab that did not come back would have lost its run before this one
    settle(page)
    one_iteration(page, 3, until=paused + 3)


def test_two_columns_of_real_data_train(open_page):
    page = open_page("training?tr_data=Columns+of+real+data&tr_steps=50&tr_pace=Full")
    start(page)
    expect(status(page)).to_contain_text("Done", timeout=90_000)
    expect(metric(page, "Iteration")).to_have_text("50")
    settle(page)
    assert number(page, "Exact EMD, standard deviations") > 0


def test_a_preset_stays_when_the_settings_were_open_before_and_touches_no_run(open_page):
    page = open_page("training?tr_steps=20000&tr_pace=25+/+s")
    settings = page.locator(".st-key-tr_all summary")
    settings.click()
    expect(page.locator(".st-key-tr_lr input")).to_be_visible()
    settings.click()
    start(page)
    wait_for_iteration(page, 1)
    for name, option, link in (("tr_preset", "GAN, as DCGAN trains it", "DCGAN"), ("tr_data", "Swiss roll", "Swiss")):
        page.locator(f".st-key-{name} input").first.click()
        page.get_by_role("option", name=option).click()
        expect(page).to_have_url(re.compile(f"{name}=[^&]*{link}"))
        expect(page.locator(".st-key-tr_lr input")).to_have_value("0.0002")  # the preset's answer has come
        wait_for_iteration(page, number(page, "Iteration") + 25)  # a second of its pace
    expect(page.locator(".st-key-tr_lr input")).to_have_value("0.0002")
    expect(page.locator(".st-key-tr_lesson")).not_to_contain_text("Own settings")
    expect(status(page)).to_contain_text("not this run’s")
    expect(status(page)).not_to_contain_text("Changed")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("tr_preset=λ+%3D+0:+nothing+holds+the+slope&tr_lr=0.1&tr_decay=0", "grew to"),
        (
            "tr_lambda=0&tr_lr=0.1&tr_decay=0&tr_opt=RMSProp&tr_init=He+et+al.&tr_width=512&tr_depth=6&tr_batch=4"
            "&tr_ncritic=20",
            "became NaN, not a number",
        ),
    ],
)
def test_a_run_that_blows_up_says_why_and_goes_back_to_its_last_frame(open_page, link, said):
    page = open_page(f"training?tr_pace=Full&tr_steps=3000&{link}")
    start(page)
    expect(status(page)).to_contain_text("The run blew up at iteration", timeout=90_000)
    expect(status(page)).to_contain_text(said)
    back = page.locator(".st-key-tr_controls").get_by_role("button", name="Back to iteration")
    frame = int(re.search(r"Back to iteration ([\d,]+)", back.inner_text())[1].replace(",", ""))
    expect(metric(page, "Iteration")).to_have_text(f"{frame:,}")  # the run is kept
    back.click()
    expect(status(page)).to_contain_text("Done", timeout=90_000)
    expect(metric(page, "Iteration")).to_have_text(f"{frame:,}")
    expect(status(page)).to_contain_text("learning rate 0.01")
    expect(page.locator(".st-key-tr_controls").get_by_role("button", name="Continue")).to_be_enabled()


def test_a_paper_is_told_what_30_s_reach_here_once_the_worker_has_been_measured(open_page):
    page = open_page("training?tr_preset=WGAN+with+clipping")
    wait_for_the_worker(page)
    expect(page.locator(".st-key-tr_lesson")).not_to_contain_text("EMD")
    expect(page.locator(".st-key-tr_stage .events")).not_to_contain_text("EMD")
    page.get_by_role("radio", name="all 8").click()
    expect(page.locator(".st-key-tr_lesson")).to_contain_text("times the noise floor")
    expect(page.locator(".st-key-tr_stage .events")).to_contain_text("EMD at its least")


def test_numbers_and_charts_follow_the_film_while_it_plays(open_page):
    """The server knows nothing of a film that plays: it would show the end."""
    page = open_page("training?tr_guess_8=Just+show+me")
    step = page.locator(".st-key-tr_stage .step")
    for _ in range(2):
        page.get_by_label("Moment of the recording").fill("0")
        expect(metric(page, "Iteration")).to_have_text("0")
        page.get_by_role("button", name="Play the recording").click()
        page.wait_for_function(IN_STEP)
        page.get_by_role("button", name="Pause the recording").click()
        settle(page, glides=True)
        expect(metric(page, "Iteration")).to_have_text(step.inner_text().removeprefix("iteration "))
