"""A hand in the browser: mouse and thumb."""

from tests.browser import frames


def centre(locator):
    """The middle of an element, once it has come to rest."""
    locator.evaluate("node => Promise.allSettled(node.getAnimations().map(({ finished }) => finished))")
    area = locator.bounding_box()
    return area["x"] + area["width"] / 2, area["y"] + area["height"] / 2


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def swipe(page, start, end, steps=8):
    """One thumb on the glass, from one place to another."""
    glass = page.context.new_cdp_session(page)
    (x0, y0), (x1, y1) = start, end
    glass.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x0, "y": y0}]})
    for step in range(1, steps + 1):
        point = {"x": x0 + (x1 - x0) * step / steps, "y": y0 + (y1 - y0) * step / steps}
        glass.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        frames(page)
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
