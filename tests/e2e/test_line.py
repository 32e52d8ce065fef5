"""Training on the line in a real browser: the stage shows histograms and curves, scrubs, and trains."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import settle
from tests.e2e.test_training import metric, number, start, status, wait_for_iteration
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


@pytest.fixture(params=[1440, 390])
def tab(browser, request):
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


def test_a_run_on_the_line_is_drawn_scrubbed_and_trained(open_page, tab):
    page = open_page("training?tr_data=Three+bumps+on+a+line&tr_at=0&tr_steps=20000", tab=tab)
    stage = page.locator(".st-key-tr_stage")
    expect(stage.get_by_role("img")).to_have_attribute("aria-label", re.compile("Kantorovich"))
    legend = stage.locator(".legend")
    expect(legend.get_by_role("button", name="exact potential of W₁")).to_be_visible()
    expect(legend.get_by_role("button", name="slope")).to_have_count(0)
    first = drawn(page)
    assert min(first) > 100
    for name, i in (("real", 0), ("generated", 1), ("critic", 2)):
        button = legend.get_by_role("button", name=name)
        button.click()
        assert drawn(page)[i] == 0
        button.click()
        assert drawn(page)[i] == first[i]
    legend.get_by_role("button", name="potential").click()
    page.wait_for_function("location.search.includes('tr_layers=real+generated+surface')")
    legend.get_by_role("button", name="potential").click()
    page.wait_for_function("!location.search.includes('tr_layers')")
    stage.locator("input").press("End")
    expect(stage.locator(".step")).not_to_have_text("iteration 0")
    page.wait_for_function("!location.search.includes('tr_at=0')")
    settle(page)
    assert drawn(page)[1] != first[1]
    assert metric(page, "Modes covered").inner_text() == "3 of 3"
    start(page)
    wait_for_iteration(page, 50)
    page.locator(".st-key-tr_controls").get_by_role("button", name="Pause").click()
    expect(status(page)).to_contain_text("Paused")
    settle(page)
    assert number(page, "Exact EMD, units of x") > 0
    assert min(drawn(page)) > 100
    done = number(page, "Iteration")
    stage.locator("input").press("Home")
    expect(metric(page, "Iteration")).to_have_text("0")
    stage.locator("input").press("End")
    expect(metric(page, "Iteration")).to_have_text(f"{done:,.0f}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_run_on_the_line_stands_beside_one_in_the_plane(open_page):
    page = open_page("training?tr_data=Three+bumps+on+a+line&tr_second=recording:+8+Gaussians")
    legends = page.locator(".st-key-tr_two .legend")
    expect(legends).to_have_count(2)
    expect(legends.first.get_by_role("button", name="potential")).to_be_visible()
    expect(legends.last.get_by_role("button", name="slope")).to_be_visible()
