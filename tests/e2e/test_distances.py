"""The Distances page and the figure component in a real browser."""

from playwright.sync_api import expect

from tests.browser import frames, settle
from wgan_demo.ui.distances.pair import METRICS

CHART = ".js-plotly-plot"
DATA = "d_p_family=Real+data&d_q_family=Real+data"


def expect_numbers(page, **texts: str) -> None:
    """Under the hand that moves Q, by their names."""
    shown = page.locator(".shift dd:not(.slope)")
    expect(shown).to_have_count(len(METRICS))
    for name, text in texts.items():
        expect(shown.nth(list(METRICS).index(name))).to_have_text(text)


def wait_for_charts(page, count: int = 3) -> None:
    page.wait_for_function(f"document.querySelectorAll('{CHART}:has(.main-svg)').length >= {count}")


def wait_for_marks(page, theta: float) -> None:
    """All charts against theta have their marks there."""
    page.wait_for_function(
        f"theta => [...document.querySelectorAll('{CHART}')].every(({{ data }}) => data.at(-1).x[0] === theta)",
        arg=theta,
    )


def press(page, key: str, times: int = 1) -> None:
    slider = page.get_by_role("slider", name="θ: how far").first
    slider.focus()
    for _ in range(times):
        slider.press(key)
    settle(page)


def test_a_step_of_theta_updates_the_same_charts_and_the_link(open_page):
    page = open_page("distances?d_guess=KL")
    wait_for_charts(page)
    expect_numbers(page, w1="3.0000", w2="3.0000", kl="4.5000")
    page.evaluate(f"document.querySelectorAll('{CHART}').forEach((node, i) => (node.mine = i))")
    press(page, "ArrowRight", 5)
    expect_numbers(page, w1="3.5000", w2="3.5000", kl="6.1250")
    wait_for_marks(page, 3.5)
    assert page.evaluate(f"[...document.querySelectorAll('{CHART}')].map(node => node.mine)") == [0, 1, 2]
    page.wait_for_function("location.search.includes('d_theta=3.5')")


def test_the_link_brings_back_the_view(open_page):
    page = open_page("distances?d_p_family=Uniform&d_q_family=Uniform&d_theta=2&d_guess=KL")
    texts = ["2.0000", "2.0000", "∞", "∞", "0.6931", "0.8326", "1.0000"]
    expect_numbers(page, **dict(zip(METRICS, texts, strict=True)))
    expect(page.get_by_text("Not KL:")).to_be_visible()


def test_the_link_follows_every_control_also_after_the_page_has_grown(open_page):
    page = open_page("distances")
    page.get_by_role("radio", name="Your own").click()
    page.get_by_role("combobox", name="Family of Q").click()
    page.get_by_role("option", name="Real data").click()
    page.get_by_text("Data set").wait_for()
    settle(page)
    page.get_by_role("radio", name="KL", exact=True).click()
    page.get_by_text("Not KL:").wait_for()
    press(page, "ArrowRight")
    page.wait_for_function("location.search === '?d_guess=KL&d_pair=Your+own&d_q_family=Real+data&d_theta_35=0.1'")


def test_zoom_stays_while_theta_moves(open_page):
    page = open_page("distances?d_guess=KL")
    wait_for_charts(page)
    chart = page.locator(CHART).nth(1)
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 180, steps=5)
    page.mouse.up()
    zoomed = f"document.querySelectorAll('{CHART}')[1]._fullLayout.xaxis.range"
    page.wait_for_function(f"{zoomed}[0] > 1")
    before = page.evaluate(zoomed)
    press(page, "ArrowRight", 3)
    wait_for_marks(page, 3.3)
    assert page.evaluate(zoomed) == before


def test_charts_take_the_colours_of_the_theme_also_when_it_changes(open_page, page):
    page.emulate_media(color_scheme="light")
    open_page("distances?d_guess=KL")
    wait_for_charts(page)
    page.evaluate(f"document.querySelector('{CHART}').mine = true")
    ticks = f"getComputedStyle(document.querySelector('{CHART} .xtick text')).fill"
    text = "getComputedStyle(document.querySelector('h1')).color"
    page.wait_for_function(f"document.querySelector('{CHART} .xtick text') && {ticks} === {text}")
    light = page.evaluate(text)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{text} !== '{light}' && {ticks} === {text}")
    assert page.evaluate(f"document.querySelector('{CHART}').mine")


def test_a_bad_csv_gives_a_sentence_and_a_good_one_numbers(open_page):
    page = open_page(f"distances?{DATA}&d_data=Upload+a+CSV")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": b"name\nAda\nEmmy\n"})
    page.get_by_text("No column is numeric").wait_for()
    settle(page)
    expect_numbers(page)
    chooser.set_input_files({"name": "good.csv", "mimeType": "text/csv", "buffer": b"a,kind\n0,x\n1,x\n5,y\n6,y\n"})
    page.get_by_text("good.csv, 4 rows").wait_for()
    expect_numbers(page, w1="5.0000")
    expect(page.get_by_text("No column is numeric")).to_have_count(0)


def test_on_a_phone_nothing_sticks_out_and_a_thumb_on_a_chart_scrolls_the_page(open_page, handheld):
    page = open_page("distances?d_guess=KL", tab=handheld)
    wait_for_charts(page)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    chart = page.locator(CHART).first
    chart.scroll_into_view_if_needed()
    settle(page)
    before, box = page.evaluate(f"{main}.scrollTop"), chart.bounding_box()
    thumb, x, y = page.context.new_cdp_session(page), box["x"] + 180, box["y"] + 250
    thumb.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        thumb.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 15 * step}]})
        frames(page)
    thumb.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"{main}.scrollTop > {before} + 50")


def test_without_the_library_the_chart_says_what_it_shows_and_nothing_jumps(open_page, page):
    page.route("**/plotly-cartesian*", lambda route: route.abort())
    open_page("distances?d_guess=KL")
    page.get_by_text("This chart could not be drawn").first.wait_for()
    chart = page.get_by_role("img", name="Against θ").first
    assert chart.bounding_box()["height"] == 460


def test_the_row_of_pairs_is_in_the_link_and_one_s_own_pair_comes_back(open_page):
    page = open_page("distances?d_p_std=2")
    expect_numbers(page, reverse_kl="1.4431")
    page.get_by_role("radio", name="Uniforms").click()
    page.wait_for_function("location.search === '?d_pair=Uniforms'")
    expect_numbers(page, kl="∞")
    page.get_by_role("radio", name="Your own").click()
    page.wait_for_function("location.search.includes('d_p_std=2')")
    expect_numbers(page, reverse_kl="1.4431")
