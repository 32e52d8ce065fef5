"""A link for a lecture hides what it names on every page of the visit, and says what it does not understand."""

import pytest

from tests.pages import open_lesson
from wgan_demo.ui.lecture import HIDES


def styles(app) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_what_the_link_hides_stays_hidden_on_the_next_page():
    app = open_lesson("distances", hide="settings,more", size="125")
    for page in ("distances", "duality"):
        app.switch_page(f"pages/{page}.py").run()
        shown = styles(app)
        assert all((selector in shown) == (name in ("settings", "more")) for name, (_, selector) in HIDES.items())
        assert "font-size: 125%" in shown
    assert not app.exception


def test_without_such_a_link_nothing_is_hidden():
    assert not any(selector in styles(open_lesson("distances")) for _, selector in HIDES.values())


@pytest.mark.parametrize(("name", "value"), [("hide", "everything"), ("size", "9000"), ("remote", "no")])
def test_what_makes_no_sense_is_said(name, value):
    app = open_lesson("distances", **{name: value})
    assert any(f"“{value}” is none of" in warning.value for warning in app.warning)
    assert "display: none" not in styles(app)
    assert not app.exception
    assert "How far apart" in app.title[0].value
