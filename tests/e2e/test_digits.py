"""The page Digits, by mouse, touch and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until

SIZES = {"desk": (1440, 900, False), "phone": (390, 844, True)}


def row(page, name: str) -> list[str]:
    """What stands in the table of A and of B."""
    return page.locator(".st-key-im_two_versus tr").filter(has_text=name).locator("td").all_inner_texts()


def digits_made(page) -> list[int]:
    """How many of the ten A makes, and B, by the table."""
    return [int(found) for found in re.findall(r"(\d+) of 10", " ".join(row(page, "Digits made")))]


def color_of(page, picture: int) -> list[int]:
    """The mean red, green and blue of a picture on the stage."""
    return (
        page.locator(".st-key-im_two_stage canvas")
        .nth(2 * picture + 1)
        .evaluate("""(canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
      const sum = [0, 0, 0]
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 250) for (let c = 0; c < 3; c++) sum[c] += data[i + c]
      return sum.map((v) => Math.round((4 * v) / data.length))
    }""")
    )


@pytest.mark.parametrize("size", SIZES)
def test_both_learn_side_by_side_and_the_real_ones_are_one_press_away(browser, app_url, size):
    width, height, touch = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=touch)
    page = context.new_page()
    page.goto(f"{app_url}/digits")
    settle(page)
    press = (lambda button: button.tap()) if touch else (lambda button: (button.focus(), page.keyboard.press("Enter")))
    press(page.get_by_role("radio", name="only B").or_(page.get_by_role("button", name="only B")).first)
    settle(page)
    expect(page.get_by_text("In the recordings A ends with")).to_be_visible()
    recorded = row(page, "Iteration")
    press(page.get_by_role("button", name="Start").first)
    expect(page.locator(".st-key-run_bar").get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".st-key-im_status")).to_contain_text("Training", timeout=90_000)  # its worker has begun
    wait_until(page, lambda: row(page, "Iteration") != recorded)
    wait_until(page, lambda: [made >= 3 for made in digits_made(page)] == [True, True])
    press(page.locator(".st-key-run_bar").get_by_role("button", name="Pause"))
    expect(page.locator(".st-key-im_status")).to_contain_text("Paused")
    settle(page)
    red, _, blue = color_of(page, 1)
    assert red > blue  # generated: orange
    press(page.get_by_role("button", name="generated").first)
    settle(page, glides=False)
    red, _, blue = color_of(page, 1)
    assert blue > red  # real: blue
    context.close()


def test_mnist_is_chosen_in_the_drawer_and_stands_in_the_link(browser, app_url):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{app_url}/digits?im_guess_mnist14=both")
    settle(page)
    page.get_by_role("button", name="8 × 8 digits, rate 0.001, seed 0").click()
    page.get_by_role("combobox", name="Pictures of both").click()
    page.get_by_role("option", name="MNIST 14 × 14").click()
    expect(page.get_by_text("In the recordings A ends with 9 digits and B with 10")).to_be_visible()
    expect(page).to_have_url(re.compile("im_data=MNIST"))
    settle(page)
    red, _, blue = color_of(page, 1)
    assert red > blue  # generated ones are drawn
    page.close()
