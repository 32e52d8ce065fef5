"""What axe-core (tests/axe) finds on every page and view, light and dark: nothing serious."""

from pathlib import Path

import pytest

from tests.browser import settle

AXE = Path(__file__).parents[1] / "axe" / "axe.min.js"
PAGES = [
    "",
    "class",
    "moving_boxes?mb_look=A+nudge",
    "distances",
    "distances?d_guess=KL",
    "distances?d_view=The+plan&d_plan_guess=Just+show+me",
    "distances?d_view=When+KL+is+infinite",
    "distances?d_view=Samples",
    "distances?d_view=Parallel+lines",
    "distances?d_view=All+distances",
    "duality?du_guess=Just+show+me&du_reveal=true&du_plan=true",
    "training",
    "training?tr_guess_8=Just+show+me",
    "slope?sl_guess=Just+show+me",
    "slope?sl_view=Layer+by+layer&sl_layer_guess=Just+show+me",
    "slope?sl_view=Place+by+place&sl_place_guess=Just+show+me",
    "training?tr_look=One+iteration+in+slow+motion",
    "vanishing?va_guess=harder",
    "vanishing?va_view=The+ceiling&va_ceiling_guess=both",
    "vanishing?va_view=Noise&va_noise_guess=Nothing",
    "vanishing?va_view=The+trap&va_trap_guess=Just+show+me",
    "vanishing?va_view=Collapse&va_collapse_guess=all+four",
    "vanishing?va_theta=Another",
    "digits?im_guess=both",
    "digits?im_view=In+slow+motion&im_b_piece=update",
    "digits?im_view=Your+own",
    "evidence?ev_guess_0=1",
    "evidence?ev_view=Measured+here&ev_modes_guess=3+to+6",
    "evidence?ev_view=How+soon&ev_soon_guess=Just+show+me",
    "evidence?ev_view=Four+objectives&ev_networks_guess=Just+show+me",
    "clinic?bc_case=2&bc_guess_2=Just+show+me",
    "claims?cl_claim=16&cl_guess_16=Just+show+me",
]
LOOK = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_is_found_on_any_page(browser, app_url, theme):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(f"{app_url}/{path}")
        settle(page)
        page.add_script_tag(path=AXE)
        if violations := page.evaluate(LOOK):
            found[path] = violations
    context.close()
    assert found == {}


@pytest.mark.parametrize("path", PAGES)
def test_no_name_has_the_marks_of_markdown(open_page, path):
    assert "**" not in open_page(path).locator("body").aria_snapshot()
