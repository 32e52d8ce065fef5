"""What the articles get wrong, run through the app as a visitor meets it."""

from functools import partial

import pytest

from tests.pages import complaints, component, formulas, open_lesson, text
from wgan_demo.gan.claims.claims import CLAIMS, FALSE, TRUE
from wgan_demo.ui import lesson

open_page = partial(open_lesson, "claims")


@pytest.mark.parametrize("number", range(1, len(CLAIMS) + 1))
def test_a_claim_keeps_its_answer_back_until_it_is_guessed(number):
    claim = list(CLAIMS.values())[number - 1]
    app = open_page(cl_claim=str(number))
    assert not app.exception
    assert complaints(app) == []
    assert claim.says in text(app)
    assert claim.place not in text(app)
    assert claim.truth[:60] not in text(app)
    app.segmented_control(key=f"cl_guess_{number}").set_value(claim.answer).run()
    assert not app.exception
    assert f":green-badge[:material/check: Right] **{claim.answer.capitalize()}.**" in text(app)
    assert claim.place in text(app)
    ((_, rows),) = component(app, "cl_numbers")["groups"]
    assert [name for name, _ in rows] == list(claim.evidence().numbers)
    assert component(app, "cl_picture")["figure"]["data"]
    assert app.success


def test_the_first_guess_counts():
    app = open_page()
    app.segmented_control(key="cl_guess_1").set_value(TRUE).run()
    assert ":red-badge[:material/close: No] **False.**" in text(app)
    app.segmented_control(key="cl_guess_1").set_value(FALSE).run()
    assert "0 of 1 first guesses right] 1 of 21 claims seen" in text(app)
    next(button for button in app.button if button.label == "Next claim").click().run()
    app.segmented_control(key="cl_guess_2").set_value(lesson.SHOW).run()
    assert "0 of 1 first guesses right] 2 of 21 claims seen" in text(app)
    assert r"1 + \frac{W_1}{2\lambda}" in formulas(app)


@pytest.mark.parametrize("link", [{"cl_claim": "99"}, {"cl_claim": "<b>"}, {"cl_guess_1": "perhaps"}])
def test_a_damaged_link_opens_the_first_claim(link):
    app = open_page(**link)
    assert not app.exception
    assert next(iter(CLAIMS.values())).says in text(app)
    assert not app.success
