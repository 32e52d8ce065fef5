"""The time machine in a real browser: scrubbed by mouse, touch and keys without the server, events, forks, two runs."""

import hashlib
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser import frames, settle, wait_until
from tests.e2e.test_training import metric, start, status, wait_for_film, wait_for_the_worker
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs.checkpoint import save


def step(page, stage: str = "tr_stage") -> int:
    """The iteration that the stage shows."""
    return int(re.search(r"[\d,]+", page.locator(f".st-key-{stage} .step").inner_text())[0].replace(",", ""))


def slider(page, stage: str = "tr_stage"):
    return page.locator(f".st-key-{stage} .line input")


def button(page, name: str, stage: str = "tr_stage"):
    return page.locator(f".st-key-{stage} .keys").get_by_role("button", name=name)


def pictures(page, stage: str) -> list[str]:
    """What each picture of a stage shows at this moment."""
    drawn = page.locator(f".st-key-{stage} canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    return [hashlib.md5("".join(drawn[i : i + 2]).encode()).hexdigest() for i in range(0, len(drawn), 2)]


def shows(page, iteration: int) -> None:
    """The stage, the numbers and the link all stand at this iteration."""
    expect(page.locator(".st-key-tr_stage .step")).to_have_text(f"iteration {iteration:,}")
    expect(metric(page, "Iteration")).to_have_text(f"{iteration:,}")
    page.wait_for_function("at => new URLSearchParams(location.search).get('tr_at') === at", arg=str(iteration))


def still(page, stage: str = "tr_stage") -> list[str]:
    """What the pictures of a stage show once nothing glides any more."""
    settle(page, glides=True)
    return pictures(page, stage)


def tag_nodes(page) -> None:
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length >= 3")
    page.evaluate("document.querySelectorAll('.js-plotly-plot').forEach((node) => (node.tagged = true))")
    page.locator(".st-key-tr_stage .frame").first.evaluate("node => (node.tagged = true)")


def kept(page) -> bool:
    charts = page.evaluate("[...document.querySelectorAll('.js-plotly-plot')].every((node) => node.tagged)")
    return charts and page.locator(".st-key-tr_stage .frame").first.evaluate("node => node.tagged === true")


def test_scrubbing_with_the_mouse_asks_the_server_once_at_its_end(open_page, page):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    open_page("training?tr_guess_8=Just+show+me&tr_preset=WGAN+with+clipping")
    wait_for_the_worker(page)
    open_page("training?tr_guess_8=Just+show+me&tr_at=200")
    shows(page, 200)
    tag_nodes(page)
    slider(page).scroll_into_view_if_needed()
    box = slider(page).bounding_box()
    y, thumb = box["y"] + box["height"] / 2, 8
    at = lambda share: box["x"] + thumb + share * (box["width"] - 2 * thumb)  # noqa: E731
    page.mouse.move(at(200 / 1500), y)
    page.mouse.down()
    before, seen = len(sent), set()
    for i in range(20):
        page.mouse.move(at((200 + 40 * i) / 1500), y)
        frames(page, 2)
        seen.add(step(page))
    assert len(sent) == before  # a second of scrubbing, and nothing has been asked
    assert len(seen) > 5  # it glided
    page.mouse.up()
    settle(page, glides=True)
    here = step(page)
    assert abs(here - 960) <= 50
    shows(page, here)
    assert kept(page)
    expect(page.locator(".st-key-tr_loss path.shape-below, .st-key-tr_loss .shapelayer path")).not_to_have_count(0)


def test_numbers_follow_a_film_that_plays_while_something_is_chosen(open_page, page):
    open_page("training?tr_guess_8=Just+show+me")
    slider(page).press("Home")
    shows(page, 0)
    button(page, "Play the recording").click()
    seen = """({ numbers, stage }) => {
      const root = (key) => document.querySelector(`.st-key-${key} [data-testid^=stBidiComponent]`).shadowRoot
      const at = () => [root(stage).querySelector(".step"), root(numbers).querySelector(".value")]
        .map((node) => Number(node.textContent.replace(/\\D/g, "")))
      window.seen = []
      setInterval(() => window.seen.push(at()), 40)
    }"""
    page.evaluate(seen, {"numbers": "tr_numbers", "stage": "tr_stage"})
    page.locator(".st-key-tr_pace").get_by_text("Full").click()
    page.wait_for_function("location.search.includes('tr_pace=Full')")
    settle(page)  # the server has answered, with the end of the film
    wait_until(page, lambda: step(page) > 900)
    apart = max(abs(film - number) for film, number in page.evaluate("window.seen") if film < 900)
    assert apart < 400  # and not at the end, which a new run of the page would show


def test_scrubbing_by_touch_on_a_phone(open_page, handheld):
    page = open_page("training?tr_guess_8=Just+show+me&tr_at=0", tab=handheld)
    slider(page).scroll_into_view_if_needed()
    settle(page)
    box = slider(page).bounding_box()
    assert box["height"] >= 44
    for name in ("One frame back", "Play the recording", "One frame on"):
        assert min(button(page, name).bounding_box()[side] for side in ("width", "height")) >= 44
    touch = page.context.new_cdp_session(page)
    point = lambda share: [{"x": box["x"] + 8 + share * (box["width"] - 16), "y": box["y"] + box["height"] / 2}]  # noqa: E731
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point(0)})
    for i in range(1, 11):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": point(i / 20)})
        frames(page, 2)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(page, glides=True)
    assert abs(step(page) - 750) <= 100
    shows(page, step(page))


# The same key once more as soon as the film has left iteration 0, however slow this test is.
PRESS_AFTER_0 = """(slider) => {
  slider.addEventListener("keydown", ({ key }) => {
    const look = () => slider.ariaValueText.startsWith("iteration 0 ")
      ? requestAnimationFrame(look)
      : slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }))
    look()
  }, { once: true })
}"""


def test_keys_on_the_bar(open_page):
    page = open_page("training?tr_guess_8=Just+show+me&tr_at=200")
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    shows(page, 225)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    shows(page, 175)
    page.keyboard.press("End")
    shows(page, 1500)
    page.keyboard.press("Home")
    shows(page, 0)
    slider(page).evaluate(PRESS_AFTER_0)
    page.keyboard.press(" ")
    expect(page.locator(".st-key-tr_stage .step")).not_to_have_text("iteration 0")
    expect(button(page, "Play the recording")).to_be_visible()
    settle(page, glides=True)
    assert 0 < step(page) < 1500
    shows(page, step(page))


def test_a_pill_jumps_to_its_event_and_is_marked(open_page):
    page = open_page("training?tr_guess_8=Just+show+me&tr_at=0")
    pill = page.locator(".st-key-tr_stage .events").get_by_role("button", name=re.compile("all 8 modes"))
    there = int(pill.get_attribute("data-time"))
    pill.click()
    shows(page, there)
    expect(pill).to_have_attribute("aria-current", "true")
    expect(metric(page, "Modes covered")).to_have_text("8 of 8")


def test_a_film_plays_to_its_end_and_stands_there_without_the_loop(open_page):
    page = open_page("training?tr_guess_8=Just+show+me&tr_at=1300")
    page.get_by_label("Begin again at the end").click()
    page.get_by_label("Speed").last.select_option("4")
    play = button(page, "Play the recording")
    assert play.evaluate("(button) => (button.click(), button.ariaLabel)") == "Pause the recording"  # for a moment
    expect(play).to_be_visible(timeout=15_000)
    shows(page, 1500)


def test_layers_are_switched_in_the_legend_and_kept_in_the_link(open_page):
    page = open_page("training?tr_guess_8=Just+show+me&tr_at=400")
    tag_nodes(page)
    before = still(page)
    page.locator(".st-key-tr_stage .legend").get_by_role("button", name="slope").click()
    page.wait_for_function("location.search.includes('tr_layers=real+generated+surface+arrows')")
    assert still(page) != before
    page.locator(".st-key-tr_stage .legend").get_by_role("button", name="slope").click()
    page.wait_for_function("!location.search.includes('tr_layers')")
    assert still(page) == before
    page.locator(".st-key-tr_stage .legend").get_by_role("button", name="on its line").click()
    page.wait_for_function("location.search.includes('tr_layers=real+generated+surface+interpolates')")
    assert still(page) != before
    assert kept(page)


@pytest.mark.parametrize(("data", "moves"), [("8+turning+Gaussians", True), ("8+Gaussians", False)])
def test_real_points_move_with_the_film_where_the_data_do(open_page, data, moves):
    page = open_page(f"training?tr_guess_8=Just+show+me&tr_data={data}&tr_at=100&tr_layers=real")
    shows(page, 100)
    seen = [still(page)]
    for name in ("One frame on", "One frame back"):
        button(page, name).click()
        shows(page, 125 if name == "One frame on" else 100)
        seen.append(still(page))
    assert seen[2] == seen[0]
    assert (seen[1] != seen[0]) == moves


def test_a_run_is_followed_then_a_film_then_forked_and_compared(open_page, tab):
    # Slowly until it is seen: otherwise it could be over before.
    page = open_page("training?tr_guess_8=Just+show+me&tr_steps=300&tr_seed=3&tr_pace=1+/+s", tab=tab)
    tag_nodes(page)
    start(page)
    expect(page.locator(".st-key-tr_stage .bar.live")).to_be_attached(timeout=60_000)
    page.locator(".st-key-tr_pace").get_by_text("Full").click()
    expect(status(page)).to_contain_text("Done", timeout=60_000)
    wait_for_film(page)
    expect(page.locator(".st-key-tr_stage .step")).to_have_text("iteration 300")  # it stands at the newest frame
    button(page, "One frame back").click()
    shows(page, 275)
    button(page, "One frame back").click()
    shows(page, 250)
    assert kept(page)
    page.get_by_role("button", name="Fork at iteration 250").click()
    rate = page.locator(".st-key-tr_fork_lr_250 input")
    rate.fill("0.0001")
    rate.press("Enter")
    settle(page)
    page.locator(".st-key-tr_fork_go button").click()
    expect(page.locator(".st-key-tr_fork_go")).to_be_hidden()  # it would hide what it began
    two = page.locator(".st-key-tr_two_stage")
    expect(two.locator(".bar:not(.live)")).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-tr_stage")).to_have_count(0)  # both stand in its place
    expect(page.get_by_text("equal, number for number, up to iteration 250")).to_be_visible()
    expect(two.locator(".stage").last).to_be_in_viewport()
    expect(page.locator("input[type=range]:visible")).to_have_count(1)  # one bar on the page drives both
    table = page.locator(".st-key-tr_two_versus")
    expect(table.get_by_role("row", name="Learning rate 0.004 0.0001")).to_be_visible()
    expect(table.get_by_role("row", name="Iteration 300 300")).to_be_visible()
    expect(two.locator(".bar:not(.live)")).to_be_visible()  # and B moves no more
    expect(two.locator(".step")).to_have_text("iteration 300")
    end = still(page, "tr_two_stage")
    assert end[0] != end[1]
    slider(page, "tr_two_stage").fill("250")
    a, b = still(page, "tr_two_stage")
    assert a == b  # up to there they are one run
    assert {a, b}.isdisjoint(end)
    expect(table.get_by_role("row", name="Iteration 250 250")).to_be_visible()
    page.wait_for_function("location.search.includes('tr_two_at=250')")
    page.get_by_role("button", name="Remove B").click()
    expect(page.get_by_text("There is no second run yet")).to_be_visible()


RECORD = """(step) => {
  window.seen = []
  new MutationObserver(() => seen.push(step.textContent)).observe(step, { childList: true })
}"""


def test_a_run_from_a_checkpoint_has_a_film_from_there(open_page, tmp_path):
    trainer = trainer_for(TrainConfig(hidden=(16, 16), batch_size=16))
    list(trainer.run(200))
    (tmp_path / "run.safetensors").write_bytes(save(trainer))
    page = open_page("training?tr_guess_8=Just+show+me&tr_steps=100&tr_pace=Full")
    page.locator(".st-key-tr_files summary").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "run.safetensors")
    page.get_by_role("button", name="Go on from here").click()
    expect(metric(page, "Iteration")).to_have_text("200", timeout=60_000)
    page.locator(".st-key-tr_controls").get_by_role("button", name="Continue").click()
    expect(status(page)).to_contain_text("Done", timeout=60_000)
    wait_for_film(page)
    slider(page).press("Home")
    shows(page, 200)
    box, tick = slider(page).bounding_box(), page.locator(".st-key-tr_stage .ticks b")
    assert slider(page).get_attribute("min") == "200"
    assert all(box["x"] <= one.bounding_box()["x"] <= box["x"] + box["width"] for one in tick.all())
    page.locator(".st-key-tr_stage .step").evaluate(RECORD)
    button(page, "Play the recording").click()
    page.wait_for_function("/300.*iteration 2/.test(seen)")  # to its end, and begins again


def test_two_recordings_stand_beside_each_other_or_below_with_the_bar_between(open_page, tab):
    page = open_page("training?tr_guess_8=Just+show+me&tr_second=recording%3A+Two+moons", tab=tab)
    expect(page.get_by_text("A and B learn different data")).to_be_visible()
    a, b = (page.locator(".st-key-tr_two_stage .stage").nth(i).bounding_box() for i in range(2))
    bar = page.locator(".st-key-tr_two_stage .bar").bounding_box()
    if tab.viewport_size["width"] == 390:
        assert a["y"] + a["height"] <= bar["y"] < bar["y"] + bar["height"] <= b["y"]
    else:
        assert a["y"] == b["y"] < bar["y"]
        assert a["x"] + a["width"] <= b["x"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= tab.viewport_size["width"]


def test_two_runs_are_seen_at_the_same_second(open_page):
    a, b = shipped.load("eight_gaussians"), shipped.load("gan")
    second = quote("recording: GAN, as DCGAN trains it")
    page = open_page(f"training?tr_guess_8=Just+show+me&tr_second={second}&tr_two_axis=seconds&tr_at=0")
    two, shown = page.locator(".st-key-tr_two_stage"), page.locator(".st-key-tr_two_stage .step")
    end = max(run.course("seconds")[1][-1] for run in (a, b))
    assert float(shown.inner_text().removesuffix(" s")) == pytest.approx(end, abs=0.06)
    ends = still(page, "tr_two_stage")
    half = a.course("seconds")[1][-1] / 2  # of the shorter run
    slider(page, "tr_two_stage").fill(str(1e6 * half))
    page.wait_for_function("location.search.includes('tr_two_at=')")
    at = int(page.evaluate("new URL(location).searchParams.get('tr_two_at')")) / 1e6
    assert at == pytest.approx(half, abs=0.5)
    there = still(page, "tr_two_stage")  # the picture follows the hand
    assert float(shown.inner_text().removesuffix(" s")) == pytest.approx(at, abs=0.06)
    assert all(now != then for now, then in zip(there, ends, strict=True))
    pill = two.locator(".events button").first
    pill.click()
    expect(pill).to_have_attribute("aria-current", "true")
    page.locator(".st-key-tr_two_axis").get_by_text("computation").click()
    expect(shown).to_have_text(re.compile(r"TFLOP$"))
    page.wait_for_function("!location.search.includes('tr_two_at=')")  # another film
    assert still(page, "tr_two_stage") == ends
