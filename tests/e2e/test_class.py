"""A lecturer and students, one on a phone, through lessons: enter, guess, reveal, follow, watch a run, fork, close."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import settle, to_lesson
from tests.e2e.test_accessible import AXE, LOOK

PROJECTOR, LAPTOP, PHONE = (  # films begin to play by themselves on the phone alone: several at once are slow
    {"viewport": {"width": width, "height": height}, "reduced_motion": motion}
    for width, height, motion in ((1024, 768, "reduce"), (1440, 900, "reduce"), (390, 844, "no-preference"))
)


@pytest.fixture(params=[(PROJECTOR, LAPTOP, PHONE)])
def people(browser, request):
    """A lecturer on a projector, a student on a laptop and one on a phone: a browser each, unless told otherwise."""
    contexts = [browser.new_context(**options) for options in request.param]
    errors: list[str] = []
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.on("pageerror", lambda error: errors.append(str(error)))
    yield pages
    for context in contexts:
        context.close()
    assert errors == []


def bar(page: Page):
    return page.locator(".st-key-room_bar")


def knob(page: Page):
    return page.get_by_role("slider", name="f at place 0")


def height(page: Page) -> str:
    return knob(page).get_attribute("aria-valuenow")


def test_a_class_goes_through_a_lesson_together(people, app_url):
    lecturer, laptop, phone = people
    lecturer.goto(f"{app_url}/class")
    lecturer.get_by_role("button", name="Open a room").click()
    code = lecturer.locator(".room-code").inner_text()
    assert re.fullmatch("[B-Z]{6}", code)
    qr = lecturer.get_by_role("img", name="QR code").element_handle()
    lecturer.wait_for_function("image => image.naturalWidth > 100", arg=qr)

    phone.goto(f"{app_url}/?room={code}")
    laptop.goto(f"{app_url}/class")
    settle(laptop)
    laptop.get_by_label("Code of the room").fill(code.lower())
    laptop.get_by_role("button", name="Go in").click()
    for student in (phone, laptop):
        expect(student.get_by_text("You are in.")).to_be_visible()
    expect(bar(lecturer)).to_contain_text("2 here")

    to_lesson(lecturer, "Duality")
    for student in (phone, laptop):
        expect(student).to_have_url(re.compile("duality"))
        student.get_by_role("radio", name="1, always" if student is phone else "Gentle").click()
        expect(student.get_by_text("Your guess counts in the room.")).to_be_visible()
    button = bar(phone).get_by_role("button", name="Detach").bounding_box()
    assert button["x"] + button["width"] <= 390

    expect(lecturer.get_by_text("2 of 2 in the room have answered.")).to_be_visible()
    lecturer.reload()  # it is still the lecturer
    lecturer.get_by_role("button", name="Reveal").click()
    for page in people:
        result = page.get_by_role("img", name=re.compile("1, always: 1; .*Gentle.*: 1;"))
        expect(result).to_be_visible()
    expect(phone.get_by_role("radio", name="1, always")).to_be_checked()
    expect(lecturer.get_by_role("radio", name="Just show me")).to_be_checked()

    bar(laptop).get_by_role("button", name="Detach").click()
    expect(bar(laptop).get_by_role("button", name="Back")).to_be_visible()
    lecturer.get_by_role("radio", name="One grain").click()
    expect(phone.get_by_role("radio", name="One grain")).to_be_checked()
    expect(phone.get_by_role("radio", name="1, always")).to_be_checked()  # its own guess stays
    expect(laptop.get_by_role("radio", name="Side by side")).to_be_checked()
    settle(lecturer)  # it has its own answer too
    knob(laptop).press("ArrowDown")  # something of one's own
    knob(lecturer).press("ArrowUp")
    led, own = height(lecturer), height(laptop)
    assert float(own) < 0 < float(led)
    expect(knob(phone)).to_have_attribute("aria-valuenow", led)
    expect(laptop).to_have_url(re.compile("du_f="))  # the server knows it
    bar(laptop).get_by_role("button", name="Back").click()
    expect(laptop.get_by_role("radio", name="One grain")).to_be_checked()
    expect(knob(laptop)).to_have_attribute("aria-valuenow", led)
    bar(laptop).get_by_role("button", name="Detach").click()
    bar(laptop).get_by_role("button", name="My own").click()
    expect(laptop.get_by_role("radio", name="Side by side")).to_be_checked()
    expect(knob(laptop)).to_have_attribute("aria-valuenow", own)

    bar(lecturer).get_by_role("link").click()
    expect(lecturer.get_by_role("button", name="All guesses as CSV")).to_be_visible()
    settle(lecturer)
    lecturer.add_script_tag(path=AXE)
    assert lecturer.evaluate(LOOK) == []
    lecturer.get_by_role("button", name="Close the room").click()
    lecturer.get_by_role("button", name="Close it for everybody").click()
    expect(phone.get_by_text("The room is closed.")).to_be_visible()
    for page in people:
        expect(bar(page)).to_have_count(0)
        expect(page).not_to_have_url(re.compile("room="))
        expect(page.get_by_test_id("stException")).to_have_count(0)


def film(page: Page):
    return page.locator(".st-key-tr_stage").get_by_role("slider", name="Moment of the recording")


def go(page: Page):
    return page.locator(".st-key-run_go").get_by_role("button")


def state(page: Page):
    return page.locator(".st-key-tr_status")


@pytest.mark.parametrize("people", [(PROJECTOR, LAPTOP, LAPTOP, PHONE)], indirect=True, ids=["three students"])
def test_a_class_watches_one_run_and_a_student_forks_it(people, app_url):
    lecturer, forks, detached, phone = people
    students = people[1:]
    lecturer.goto(f"{app_url}/class")
    lecturer.get_by_role("button", name="Open a room").click()
    code = lecturer.locator(".room-code").inner_text()
    for student in students:
        student.goto(f"{app_url}/class?room={code}")
    to_lesson(lecturer, "Training")
    for student in students:
        expect(student).to_have_url(re.compile("training"))
        settle(student)
        student.get_by_role("radio", name="all 8").click()
        expect(student.get_by_text("Your guess counts in the room.")).to_be_visible()
    expect(lecturer.get_by_text("3 of 3 in the room have answered.")).to_be_visible()
    lecturer.get_by_role("button", name="Reveal").click()
    for page in people:
        expect(page.get_by_role("img", name=re.compile("all 8: 3;"))).to_be_visible()

    lecturer.get_by_role("radio", name="25 / s").click()  # it will not be at its end soon
    settle(lecturer)
    go(lecturer).click()
    for student in students:
        expect(state(student)).to_contain_text("Training the lecturer’s run")
        expect(go(student)).to_contain_text("Start")  # one of their own: nobody else can pause it
    bar(detached).get_by_role("button", name="Detach").click()
    expect(go(lecturer)).to_contain_text("Pause")
    go(lecturer).click()
    expect(state(lecturer)).to_contain_text("Paused")
    expect(lecturer.get_by_role("button", name=re.compile("^Fork at iteration"))).to_be_visible()  # no more comes
    settle(lecturer)
    ended = film(lecturer).get_attribute("aria-valuetext")
    for student in students:
        expect(state(student)).to_contain_text("Paused the lecturer’s run")
        expect(film(student)).to_have_attribute("aria-valuetext", ended)
    lecturer.get_by_role("combobox", name="Speed").select_option("2")
    film(lecturer).press("Space")  # from its beginning
    expect(phone.get_by_role("button", name="Pause the recording")).to_be_visible()
    expect(phone.get_by_role("combobox", name="Speed")).to_have_value("2")
    film(lecturer).press("Home")
    expect(phone.get_by_role("button", name="Play the recording")).to_be_visible()  # what it hears now comes no more
    for student in (phone, forks):
        expect(film(student)).to_have_attribute("aria-valuetext", re.compile("^iteration 0 of"))
    expect(film(detached)).to_have_attribute("aria-valuetext", ended)
    film(phone).press("End")  # through its film on one's own
    expect(film(phone)).to_have_attribute("aria-valuetext", ended)

    settle(forks)  # the server knows too where the film is now
    forks.get_by_role("button", name="Fork at iteration 0").click()
    forks.get_by_role("button", name=re.compile("^Fork, and train")).click()
    expect(bar(forks).get_by_role("button", name="Back")).to_be_visible()
    expect(forks.get_by_role("button", name="Remove B")).to_be_visible()
    expect(state(lecturer)).to_contain_text("Paused")
    bar(lecturer).get_by_role("link").click()
    lecturer.get_by_role("button", name="Close the room").click()
    lecturer.get_by_role("button", name="Close it for everybody").click()
    for page in students:
        expect(bar(page)).to_have_count(0)
    expect(forks.get_by_role("button", name="Remove B")).to_be_visible()
    for page in people:
        expect(page.get_by_test_id("stException")).to_have_count(0)
