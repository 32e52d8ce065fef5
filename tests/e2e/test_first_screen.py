"""The picture is on the first screen, at three sizes, how much of it is seen at once; and nothing is cut off."""

import pytest
from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.ui.course import COURSE

SIZES = {"desk": (1440, 900), "projector": (1024, 768), "phone": (390, 844)}
PICTURES = {
    "": ".st-key-walk",
    "class": ".st-key-room_open",
    "moving_boxes": ".st-key-mb_board",
    "distances": ".shift svg >> nth=0",
    "distances?d_view=The+plan&d_plan_guess=One+spot": ".st-key-d_plan_exact svg[height='308']:not(.inside)",
    "distances?d_view=When+KL+is+infinite": ".sweep svg:not(.inside)[height='300']",
    "distances?d_view=Samples": ".sweep svg:not(.inside)[height='300']",
    "distances?d_view=Parallel+lines": ".st-key-d_lines",
    "distances?d_view=All+distances": "[data-testid=stTable]",
    "duality": ".st-key-du_critic",
    "training": ".st-key-tr_stage .stage",
    "training?tr_guess_8=Just+show+me": ".st-key-tr_stage .stage",
    "slope": ".st-key-sl_surface_eight_gaussians",
    "slope?sl_view=Layer+by+layer": ".st-key-sl_layers svg:not(.inside)[height='360']",
    "slope?sl_view=Place+by+place&sl_place_guess=Just+show+me": ".st-key-sl_spread",
    "training?tr_look=One+iteration+in+slow+motion": ".st-key-tr_walk canvas >> nth=0",
    "vanishing": ".sweep svg:not(.inside)[height='300']",
    "vanishing?va_guess=harder&va_theta=4": ".st-key-va_curves svg:not(.inside)[height='300']",
    "vanishing?va_view=Three+generators": ".sweep svg:not(.inside)[height='300']",
    "vanishing?va_view=The+ceiling&va_ceiling_guess=both": ".st-key-va_judges svg:not(.inside)[height='300']",
    "vanishing?va_view=Noise&va_noise_guess=Nothing": ".st-key-va_blurred svg:not(.inside)[height='300']",
    "vanishing?va_view=Collapse&va_collapse_guess=all+four": ".st-key-va_samples svg:not(.inside)[height='300']",
    "vanishing?va_view=The+trap&va_trap_guess=Straight+to+−1": ".st-key-va_critics svg:not(.inside)[height='300']",
    "digits": ".st-key-im_two_stage canvas >> nth=0",
    "digits?im_view=In+slow+motion": ".st-key-im_b_walk canvas >> nth=0",
    "digits?im_view=Your+own": ".pad .square",
    "evidence": "[class*=st-key-ev_FID] >> nth=0",
    "evidence?ev_guess_0=1": "[class*=st-key-ev_FID] >> nth=0",
    "evidence?ev_view=Measured+here&ev_modes_guess=3+to+6": ".st-key-ev_modes_8",
    "evidence?ev_view=How+soon&ev_soon_guess=Just+show+me": ".st-key-ev_soon",
    "evidence?ev_view=Four+objectives&ev_networks_guess=Just+show+me": ".st-key-tiles_networks figure >> nth=0",
    "clinic": ".st-key-bc_curves",
    "claims": ".st-key-cl_ask",
    "claims?cl_claim=2&cl_guess_2=false": ".st-key-cl_picture",
}
# Text that its own box or the window cuts off. What can be swiped to, and what only screen readers see, is not.
CUT = """() => {
  const found = []
  const above = (node) => node.parentElement ?? node.getRootNode().host
  const scrolls = (node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowX)
  const swiped = (node) => node && (scrolls(node) || swiped(above(node)))
  const look = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.shadowRoot) look(node.shadowRoot)
    const text = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())
    const { left, right, width } = node.getBoundingClientRect()
    const seen = width > 1 && node.checkVisibility({ visibilityProperty: true }) && !node.closest(".katex, style, nav")
    const cut = getComputedStyle(node).overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1
    if (text && seen && (cut || ((left < -1 || right > innerWidth + 1) && !swiped(above(node)))))
      found.push(node.textContent.trim().slice(0, 60))
  })
  look(document.querySelector("[data-testid=stMainBlockContainer]"))
  return found
}"""
MEASURE = """(picture) => {
  const { top, bottom, height } = picture.getBoundingClientRect()
  const bar = document.querySelector(".st-key-run_bar")
  const end = bar && getComputedStyle(bar).position === "fixed" ? bar.getBoundingClientRect().top : innerHeight
  return Math.max(0, Math.min(end, bottom) - Math.max(0, top)) / height
}"""
TITLE = """() => {
  const title = document.querySelector(".st-key-title").getBoundingClientRect()
  return [title.height, document.querySelector("h1").getBoundingClientRect().top]
}"""


@pytest.fixture(params=SIZES)
def size(request) -> str:
    return request.param


@pytest.mark.parametrize("lesson", PICTURES)
def test_the_main_picture_is_seen_without_scrolling_and_nothing_is_cut_off(open_page, page, lesson, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_page(lesson)
    if "slow+motion" in lesson:  # the worker comes up first
        expect(page.locator(PICTURES[lesson])).to_be_visible()
        settle(page)
    shown = page.locator(PICTURES[lesson]).evaluate(MEASURE)
    assert shown >= (0.5 if size == "phone" else 0.75)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("lesson", [lesson.page for lesson in COURSE])
def test_title_and_lead_are_short(open_page, page, lesson, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_page(lesson)
    tall, top = page.evaluate(TITLE)
    assert tall <= (150 if size == "phone" else 120)
    assert top <= 80
