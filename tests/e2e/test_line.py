"""Training on the line in a real browser: the stage shows histograms and curves, scrubs, and trains."""

import re

from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.test_training import metric, number, start, start_and_pause, status, wait_for_film, wait_for_iteration
from wgan_demo.plots import theme

COUNT = """(canvases, color) => {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16))
  let count = 0
  for (const canvas of canvases) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
    for (let i = 0; i < data.length; i += 4)
      count += Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12 && data[i + 3] > 60
  }
  return count
}"""


def drawn(page) -> list[int]:
    """How many pixels of the stage have the colours of real points, generated ones and the critic."""
    canvases = page.locator(".st-key-tr_stage canvas")
    return [canvases.evaluate_all(COUNT, color) for color in (theme.SOURCE, theme.TARGET, theme.CRITIC)]


def test_a_run_on_the_line_is_drawn_scrubbed_and_trained(open_page, tab):
    page = open_page("training?tr_data=Three+bumps+on+a+line&tr_at=0&tr_steps=20000", tab=tab)
    stage = page.locator(".st-key-tr_stage")
    expect(stage.get_by_role("img")).to_have_attribute("aria-label", re.compile("Kantorovich"))
    legend = stage.locator(".legend")
    expect(legend.get_by_role("button", name="exact potential of W₁")).to_be_visible()
    expect(legend.get_by_role("button", name="slope")).to_have_count(0)
    wait_until(page, lambda: min(drawn(page)) > 100)
    first = drawn(page)
    for name, i in (("real", 0), ("generated", 1), ("critic", 2)):
        button = legend.get_by_role("button", name=name)
        for count in (0, first[i]):
            button.click()
            wait_until(page, lambda i=i, count=count: drawn(page)[i] == count)
    legend.get_by_role("button", name="potential").click()
    page.wait_for_function("location.search.includes('tr_layers=real+generated+surface')")
    legend.get_by_role("button", name="potential").click()
    page.wait_for_function("!location.search.includes('tr_layers')")
    stage.locator("input").press("End")
    expect(stage.locator(".step")).not_to_have_text("iteration 0")
    page.wait_for_function("!location.search.includes('tr_at=0')")
    settle(page)
    wait_until(page, lambda: drawn(page)[1] != first[1])
    expect(metric(page, "Modes covered")).to_have_text("3 of 3")
    start(page)
    wait_for_iteration(page, 50)
    page.locator(".st-key-tr_controls").get_by_role("button", name="Pause").click()
    expect(status(page)).to_contain_text("Paused")
    wait_for_film(page)
    expect(metric(page, "Exact EMD, units of x")).to_have_text(re.compile("[1-9]"))
    wait_until(page, lambda: min(drawn(page)) > 100)
    done = number(page, "Iteration")
    stage.locator("input").press("Home")
    expect(metric(page, "Iteration")).to_have_text("0")
    stage.locator("input").press("End")
    expect(metric(page, "Iteration")).to_have_text(f"{done:,.0f}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_run_on_the_line_stands_beside_one_in_the_plane(open_page):
    page = open_page("training?tr_data=Three+bumps+on+a+line&tr_second=recording:+8+Gaussians")
    legends = page.locator(".st-key-tr_two_stage .legend")
    expect(legends).to_have_count(2)
    expect(legends.first.get_by_role("button", name="potential")).to_be_visible()
    expect(legends.last.get_by_role("button", name="slope")).to_be_visible()


LISTEN = """
  window.written = []
  const fillText = CanvasRenderingContext2D.prototype.fillText
  CanvasRenderingContext2D.prototype.fillText = function (words, x, y) {
    const { width } = this.measureText(words)
    const left = x - { left: 0, center: width / 2, right: width }[this.textAlign]
    window.written.push({ words, left, right: left + width, y, size: this.canvas.width })
    fillText.call(this, words, x, y)
  }
"""


def written(page, key: str) -> list[str]:
    """What is written about the curves where the film stands after a key that moves it."""
    page.locator(".st-key-tr_stage input").press(key)
    settle(page, glides=True)
    words = page.evaluate("window.written.map(({ words }) => words)")
    newest = max(i for i, text in enumerate(words) if text.endswith("potential, units of x"))
    return words[newest:]


def test_a_critic_that_leaves_the_picture_is_told(open_page, tab):
    tab.add_init_script(LISTEN)
    page = open_page("training?tr_data=Uneven+bumps+on+a+line&tr_guess_0=Just+show+me&tr_at=125", tab=tab)
    page.wait_for_function("window.written.some(({ words }) => words === 'f leaves the picture')")
    settle(page, glides=True)
    texts = page.evaluate("window.written.filter(({ size }) => size === window.written.at(-1).size)")
    leaving = [text for text in texts if text["words"] == "f leaves the picture"]
    (slope, *_) = [text for text in texts if text["words"] == "slope 1"]
    heights = {round(text["y"] / text["size"], 2) for text in leaving}
    assert len(heights) == 2  # above and below
    assert min(heights) < 0.15 < 0.4 < max(heights) < 0.46
    assert all(0 <= text["left"] < text["right"] <= text["size"] for text in leaving)
    assert max(leaving, key=lambda text: text["y"])["right"] < slope["left"]
    assert "f leaves the picture" not in written(page, "Home")


def test_beside_a_score_with_a_scale_of_its_own_the_slope_is_the_potential_s(open_page, tab):
    tab.add_init_script(LISTEN)
    page = open_page("training?tr_preset=Least+squares+GAN&tr_data=Three+bumps+on+a+line&tr_steps=20000", tab=tab)
    start_and_pause(page)
    texts = written(page, "Home")
    assert {"slope 1 of the potential", "s, its own scale", "potential, units of x"} <= set(texts)
    assert not {"slope 1", "s leaves the picture"} & set(texts)
    expect(page.locator(".st-key-tr_caption")).to_contain_text("a perfect Wasserstein critic")
