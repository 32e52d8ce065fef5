"""The chosen segment can be read in the dark as well."""

import pytest

CONTRAST = """(node) => {
  const parse = (css) => css.match(/[\\d.]+/g).map(Number)
  const over = (front, back) => front.slice(0, 3).map((c, i) => c * (front[3] ?? 1) + back[i] * (1 - (front[3] ?? 1)))
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const page = parse(getComputedStyle(document.querySelector(".stApp")).backgroundColor)
  const style = getComputedStyle(node)
  const ground = over(parse(style.backgroundColor), page)
  const [a, b] = [light(over(parse(style.color), ground)), light(ground)].sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_segment_reaches_4_5_to_1(open_page, page, scheme):
    page.emulate_media(color_scheme=scheme)
    open_page("distances")
    chosen = page.locator("button[data-variant][data-selected]").first
    assert chosen.evaluate(CONTRAST) >= 4.5
