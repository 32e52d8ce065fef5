"""The class page and a room on the pages of lessons, as a lecturer and students meet them."""

import time
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import component, messages, text
from wgan_demo.classroom.errors import NotTheLecturer, Unreachable
from wgan_demo.classroom.polls import Question
from wgan_demo.classroom.rooms import ROOMS, SHARED
from wgan_demo.datasets.examples import LEVELS
from wgan_demo.ui.components import tally
from wgan_demo.ui.components.pad import pictures_text
from wgan_demo.ui.lesson import SHOW
from wgan_demo.ui.room import follow
from wgan_demo.ui.room import seat as room
from wgan_demo.ui.runs import tab

DRAWN = np.random.default_rng(3).integers(0, LEVELS + 1, (21, 64))  # pictures


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("WGAN_ROOMS", f"sqlite:///{tmp_path}/rooms.db")
    for cached in (room.watch, room._tries, room._opened):
        cached.clear()
    yield
    room.watch().rooms.engine.dispose()
    room.watch.clear()


def visitor(page: str = "class", **link: str) -> AppTest:
    app = AppTest.from_file("../course.py", default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    return to(app, page) if page else app


def to(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"pages/{page}.py").run()


@pytest.fixture
def lecturer():
    app = visitor()
    app.button[0].click().run()
    assert not app.exception
    return app


@pytest.fixture
def code(lecturer):
    return lecturer.session_state[room.SEAT].code


def test_a_lecturer_opens_a_room_and_sees_its_code_link_and_picture(lecturer, code):
    html = " ".join(element.proto.body for element in lecturer.get("html"))
    assert f">{code}<" in html
    assert 'src="data:image/svg+xml' in html
    assert f"?room={code}" in text(lecturer)
    assert room.watch().rooms.is_lecturer(code, lecturer.session_state[room.SEAT].key)


def test_a_student_types_the_code_or_has_it_in_the_link(code):
    typed = visitor()
    typed.text_input(key="room_code").set_value(f" {code[:3].lower()} {code[3:]}")
    typed.button[-1].click().run()
    linked = visitor("", room=code)
    for app in (typed, linked):
        assert not app.exception
        assert app.session_state[room.SEAT].code == code
        assert not app.session_state[room.SEAT].leads
        assert app.button(key="room_detach")
    assert typed.session_state[room.SEAT].visitor != linked.session_state[room.SEAT].visitor
    assert room.watch().look(code, now=True).visitors <= 2


@pytest.mark.parametrize(
    ("typed", "told"), [("ABC", "six letters"), ("<script>", "6 letters"), ("BCDFGH", "no room BCDFGH")]
)
def test_a_wrong_code_is_told_in_a_sentence(lecturer, typed, told):
    app = visitor("", room=typed)
    assert not app.exception
    assert room.SEAT not in app.session_state
    assert told.replace("six", "6") in app.toast[0].value


def test_wrong_codes_are_not_answered_for_ever(lecturer, code):
    room._tries().left = 1.5
    assert "no room" in visitor("", room="BCDFGH").toast[0].value
    for typed in ("BCDFGH", code):  # else it would tell which are right
        assert "Too many wrong codes" in visitor("", room=typed).toast[0].value


def test_a_guess_is_counted_changed_and_revealed(lecturer, code):
    to(lecturer, "duality")
    assert "**0 of 0**" in text(lecturer)
    students = [to(visitor("", room=code), "duality") for _ in range(3)]
    for app, guess in zip(students, ["1, always", "1, always", SHOW], strict=True):
        app.button_group(key="du_guess").set_value(guess).run()
        assert not app.exception
        assert "Your guess counts in the room." in [note.value for note in app.caption]
    students[0].button_group(key="du_guess").set_value("Gentle, so that f stays smooth").run()
    room.watch().look(code, now=True)
    lecturer.run()
    assert "**3 of 3**" in text(lecturer)
    assert lecturer.button_group(key="du_guess").value is None
    fresh = to(visitor("", room=code), "duality")
    lecturer.button(key="reveal_du_guess").click().run()
    room.watch().look(code, now=True)
    for app in (lecturer, fresh, *students):
        app.run()
        html = next(element.proto.body for element in app.get("html") if 'class="tally"' in element.proto.body)
        assert (
            "1, always: 1; Steeper where more mass moves: 0; Gentle, so that f stays smooth: 1; Just show me: 1" in html
        )
        assert app.button_group(key="du_guess").value  # the answer is there for all
        assert not app.exception
    assert lecturer.button_group(key="du_guess").value == SHOW
    fresh.button_group(key="du_guess").set_value("1, always").run()  # too late
    assert room.watch().look(code, now=True).questions["du_guess"].guesses.total() == 3


@pytest.mark.parametrize("reached", [True, False])
def test_what_is_guessed_while_an_older_guess_is_on_its_way_is_not_lost(monkeypatch, reached):
    """A look sends what the page puts into the outbox: both at once, where what is drawn changes all the time."""
    question, now, stored = Question("k", "", ("A", "B")), room.Seat("CODE"), []

    def answer(code, question, visitor, guess):
        if not stored:
            now.outbox["k"] = question, "newer"
        stored.append(guess)
        if not reached:
            raise Unreachable

    monkeypatch.setattr(room.watch().rooms, "answer", answer)
    now.outbox["k"] = question, "older"
    assert room.send(now) is reached
    assert stored == (["older", "newer"] if reached else ["older"])
    assert now.outbox == ({} if reached else {"k": (question, "newer")})
    assert now.sent == ({"k": "newer"} if reached else {})


def test_a_number_comes_as_a_histogram_with_the_true_one(lecturer, code):
    to(lecturer, "moving_boxes")
    students = [to(visitor("", room=code), "moving_boxes") for _ in range(2)]
    for app, guess in zip(students, (3.0, 4.0), strict=True):
        asked = next(slider for slider in app.slider if "How little work" in slider.label)
        asked.set_value(guess).run()
        next(button for button in app.button if button.label == "That is my guess").click().run()
    room.watch().look(code, now=True)
    lecturer.run()
    assert "**2 of 2**" in text(lecturer)
    next(button for button in lecturer.button if button.label == "Reveal").click().run()
    lecturer.run()
    html = next(element.proto.body for element in lecturer.get("html") if 'class="tally"' in element.proto.body)
    assert "2.5 to 3.5: 1; 3.5 to 4.5: 1" in html
    assert "dashed: the true 2." in html
    assert "Take away" in " ".join(element.value for element in lecturer.success)


def test_plans_arrive_as_a_table_and_critics_on_one_another(lecturer, code):
    lecturer = to(lecturer, "moving_boxes")
    button(lecturer, SHOW).click().run()
    for plan in ("AB", "BA", "BA"):
        student = to(visitor("", room=code), "moving_boxes")
        student.query_params["mb_plan"] = plan
        student.session_state["mb_plans"] = {}
        student.session_state["mb_board"] = {"placed": {"problem": "1 4 to 2 3", "plan": plan}}
        student.run()
        student.run()  # the bar's look
        assert "Your plan counts in the room." in [note.value for note in student.caption]
    room.watch().look(code, now=True)
    lecturer.run()
    assert "**3 of 3** in the room have drawn a plan" in text(lecturer)
    lecturer.button(key="reveal_mg_1 4_2 3_1").click().run()
    for app in (lecturer.run(), student.run(), to(lecturer, "class")):
        assert not app.exception
        drawn = component(app, "drawn_mg_1 4_2 3_1")
        assert "3 of the class" in drawn["alt"]


def test_a_student_has_neither_key_nor_button(lecturer, code):
    to(lecturer, "duality")
    student = to(visitor("", room=code), "duality")
    assert not [button for button in student.button if button.label in ("Reveal", "Close it for everybody")]
    assert lecturer.session_state[room.SEAT].key not in repr(student.session_state[room.SEAT])
    with pytest.raises(NotTheLecturer):
        room.watch().rooms.close(code, student.session_state[room.SEAT].visitor)
    assert room.watch().look(code, now=True)


def test_a_room_that_is_closed_lets_everybody_go(lecturer, code):
    student = to(visitor("", room=code), "duality")
    lecturer = to(lecturer, "class")
    next(button for button in lecturer.button if button.label == "Close it for everybody").click().run()
    assert room.SEAT not in lecturer.session_state
    assert "all guesses are deleted" in lecturer.toast[0].value
    room.watch()._seen.clear()
    student.run()
    assert not student.exception
    assert room.SEAT not in student.session_state
    assert student.toast[0].value == room.CLOSED
    assert student.button_group(key="du_guess").value is None


def test_a_database_that_is_gone_stops_no_lesson(lecturer, code, monkeypatch):
    student = to(visitor("", room=code), "duality")

    def gone(*_):
        raise room.Unreachable

    watch = room.watch()
    with monkeypatch.context() as broken:
        for name in ("look", "there", "answer"):
            broken.setattr(watch.rooms, name, gone)
        watch._seen.clear()
        student.button_group(key="du_guess").set_value("1, always").run()
        assert not student.exception
        assert "Yes: exactly 1" in text(student)
        assert "tried again" in " ".join(note.value for note in student.caption)
        assert "No* room" in text(student)
    watch._seen.clear()
    student.run()
    assert room.watch().look(code, now=True).questions == {}
    to(lecturer, "duality")
    assert room.watch().look(code, now=True).questions["du_guess"].guesses == {"1, always": 1}


def test_rooms_are_not_opened_for_ever(lecturer):
    room._opened().left = 0.5
    app = visitor()
    app.button[0].click().run()
    assert "Try again" in app.toast[0].value
    assert room.SEAT not in app.session_state


def test_where_the_lecturer_is_is_a_link_without_guesses(lecturer, code):
    now, found = lecturer.session_state[room.SEAT], lambda: room.watch().look(code, now=True)
    now.own["im_new"] = "digits", "New digits"
    follow.lead(now, "distances", f"d_pair=Points&d_guess=KL&im_new=New+digits&guide=2&room={code}&d_x=")
    assert (found().page, found().query) == ("distances", "d_pair=Points&d_x=")
    for page in ("class", "nowhere", "../etc"):
        follow.lead(now, page, "")
        assert found().page == "distances"
    student = room.Seat(code, own={"d_guess": ("distances", "W₁"), "du_guess": ("duality", "1, always")})
    target = follow.target(student, found())
    assert target["page"] == "distances"
    assert dict(parse_qsl(target["query"], keep_blank_values=True)) == {
        "d_pair": "Points", "d_x": "", "d_guess": "W₁", "room": code, "room_at": "2",
    }  # fmt: skip
    student.version = 2
    assert follow.target(student, found()) is None
    follow.detach(student)
    follow.lead(now, "training", "")
    assert follow.target(student, found()) is None
    follow.back(student)
    assert follow.target(student, found())["first"]


@pytest.mark.parametrize("value", ["²", "9" * 5000])
def test_a_place_that_is_no_number_is_passed_over(code, value):
    student = to(visitor("", room=code), "duality")
    student.query_params["room_at"] = value
    assert not student.run().exception
    assert student.session_state[room.SEAT].version == 0


def test_how_a_film_plays_is_told_beside_the_link(lecturer, code):
    now, watch = lecturer.session_state[room.SEAT], room.watch()
    playing = {"key": "tr_stage", "name": "a film", "at": 12.5, "playing": True, "speed": 2, "loop": True}
    follow.lead(now, "training", "tr_at=300&tr_seed=1", playing | {"<b>": "is left out"})
    found = watch.look(code, now=True)
    assert (found.query, found.version) == ("tr_seed=1", 2)
    student = room.Seat(code)
    told = follow.film(student, found)
    assert {name: told[name] for name in playing} == playing
    assert "<b>" not in told
    assert 0 <= told["age"] < 60_000
    assert follow.film(student, watch.look(code, now=True)) == told  # nothing is sent again
    for nonsense in ({"at": "nan"}, {"at": None}, {"speed": -1}, {"speed": []}):
        follow.lead(now, "training", "tr_seed=1", playing | nonsense)
        assert follow.film(student, watch.look(code, now=True)) is None
    follow.lead(now, "training", "tr_seed=1", playing)
    found = watch.look(code, now=True)
    assert found.version == 2  # no page has to run again for it
    assert follow.film(now, found) is None
    follow.detach(student)
    assert follow.film(student, found) is None


def test_a_link_that_is_read_anew_brings_the_lecturer_s_knots(lecturer, code):
    student = to(visitor("", room=code), "duality")
    student.session_state["du_f"] = np.full(9, 0.5)
    for name, value in {
        "du_f": "0 1 2 2 2 2 2 2 2",
        "room": code,
        "room_at": "2",
        "room_from": "duality?du_f=1",
    }.items():
        student.query_params[name] = value
    student.run()
    assert not student.exception
    assert student.session_state[room.SEAT].version == 2
    assert student.session_state[room.SEAT].mine == "duality?du_f=1"
    assert list(student.session_state["du_f"][:3]) == [0, 1, 2]
    assert "room_at" not in student.query_params


def button(app: AppTest, label: str):
    return next(button for button in app.button if button.label == label)


def status_of(app: AppTest) -> str:
    return next(element.value for element in app.markdown if "-badge[" in element.value)


def shown(app: AppTest) -> tuple[str, bool]:
    """The film on the stage of Training, and whether it is a live one."""
    header, _ = messages(app)["tr_stage"]
    return header["film"], header["live"]


@pytest.fixture
def training(lecturer):
    """The lecturer's tab, with a run that has ended after three iterations, and the id of its job."""
    app = to(lecturer, "training")
    app.number_input(key="tr_steps").set_value(3).run()
    button(app, "Start").click().run()
    job = app.session_state[tab.JOBS]["tr"]
    ended(job)
    yield app.run(), job
    for job in app.session_state[tab.JOBS].values():
        tab.pool().drop(job)


def until(app: AppTest, film: str) -> None:
    """The page is looked at again, as its timers do, until this film is on its stage."""
    deadline = time.monotonic() + 30
    while shown(app)[0] != film:
        assert time.monotonic() < deadline, shown(app)
        app.run()


def ended(job: str) -> None:
    deadline = time.monotonic() + 60
    while tab.pool().view(job).busy:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_those_who_follow_look_at_the_lecturer_s_run_and_cannot_command_it(training, code, monkeypatch):
    lecturer, job = training
    commands = []
    for name in ("create", "start", "pause", "step", "change", "drop", "orphan", "adopt"):
        monkeypatch.setattr(tab.pool(), name, lambda *given, name=name, **_: commands.append((name, *given)))
    students = [to(visitor("", room=code), "training") for _ in range(2)]
    for app in students:
        assert not app.exception
        assert shown(app) == shown(lecturer)
        assert "the lecturer’s run" in status_of(app)
        assert job not in app.session_state[tab.JOBS].values()
        assert button(app, "Start")
        labels = {button.label for button in app.button if not button.disabled}
        assert not labels & {"Pause", "Continue", "Reset"}
        app.button_group(key="tr_pace").set_value("slow").run()
        app.number_input(key="tr_lr").set_value(0.01).run()
        assert not app.exception
    assert commands == []
    for kept in (ROOMS, SHARED):  # nor does the database know it
        with room.watch().rooms.engine.connect() as connection:
            assert job not in str(connection.execute(kept.select()).all())


def test_a_run_of_one_s_own_is_begun_beside_the_lecturer_s(training, code):
    _, job = training
    student = to(visitor("", room=code), "training")
    student.number_input(key="tr_steps").set_value(2).run()
    button(student, "Start").click().run()
    own = student.session_state[tab.JOBS]["tr"]
    ended(own)
    student.run()
    assert own != job
    until(student, f"{own} 2")
    assert "lecturer" not in status_of(student)
    assert tab.pool().view(job).recording.steps == 3
    student.button(key="room_back").click().run()
    until(student, f"{job} 3")
    student.button(key="room_detach").click().run()
    until(student, f"{own} 2")
    tab.pool().drop(own)


def test_what_was_seen_of_a_run_stays_when_the_lecturer_leaves_and_goes_with_a_reset(training, code):
    lecturer, job = training
    student, late = (to(visitor("", room=code), "training") for _ in range(2))
    before = shown(student)
    button(lecturer, "Reset").click().run()
    late.run()
    assert "Recording" in status_of(late)
    room.watch()._runs[code] = {"tr": job}  # as if the tab had gone, not the run been reset
    student.run()
    assert shown(student) == before
    assert room.LEFT in status_of(student)
    newcomer = to(visitor("", room=code), "training")
    assert "Recording" in status_of(newcomer)


def test_a_class_watches_both_runs_of_the_clinic_and_one_trains_its_own(lecturer, code):
    app = to(lecturer, "clinic")
    app.number_input(key="bc_seed").set_value(3)
    app.number_input(key="bc_case").set_value(8).run()  # stops after 11 iterations
    app.button(key="bc_go").click().run()
    jobs = dict(app.session_state[tab.JOBS])
    for job in jobs.values():
        ended(job)
    app.run()
    student = to(visitor("", room=code, bc_case="8"), "clinic")
    assert not student.exception
    assert "became NaN" in text(student)
    assert component(student, "bc_curves") == component(app, "bc_curves")
    assert student.session_state[tab.JOBS] == {}
    assert not [each for each in student.button if each.key == "bc_back"]
    student.number_input(key="bc_case").set_value(1).run()
    assert "Recording] Both from seed 0" in text(student)
    student.number_input(key="bc_case").set_value(8).run()
    student.button(key="bc_go").click().run()
    own = student.session_state[tab.JOBS]
    assert {*own} == {"bc", "bc_b"}
    assert not {*own.values()} & {*jobs.values()}
    for job in (*own.values(), *jobs.values()):
        tab.pool().drop(job)


@pytest.mark.parametrize(
    ("page", "prefix", "link"),
    [
        ("digits", "my", {"im_view": "Your own"}),
        ("evidence", "nw", {"ev_view": "Four objectives", "ev_networks_guess": SHOW}),
    ],
)
def test_a_class_watches_a_run_with_all_that_its_lecturer_sees_of_it(lecturer, code, page, prefix, link):
    """Also one on pictures that the lecturer's tab alone has."""
    for name, value in (link | {"my_guess": SHOW, "my_pictures": pictures_text(DRAWN)}).items():
        lecturer.query_params[name] = value
    app = to(lecturer.run(), page)
    button(app, "Start").click().run()
    job = app.session_state[tab.JOBS][prefix]
    deadline = time.monotonic() + 60
    while (recording := tab.pool().view(job).recording) is None or recording.steps < 1:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    button(app.run(), "Pause").click().run()
    ended(job)
    student, app = to(visitor("", room=code, my_guess=SHOW, **link), page), app.run()
    assert not student.exception
    stage, numbers = f"{prefix}_stage", f"{prefix}_numbers"
    assert messages(student)[stage][0]["film"] == messages(app)[stage][0]["film"]
    assert f"Paused] the lecturer’s run, {'21 own pictures' if prefix == 'my' else 'seed'}" in text(student)
    theirs, lecturers = (component(each, numbers)["readings"] for each in (student, app))
    assert theirs[0][2] == "of the lecturer’s run"
    assert lecturers[0][2] == "of your run"
    assert theirs[1:] == lecturers[1:]
    assert len(theirs) > 3
    assert student.session_state[tab.JOBS] == {}
    tab.pool().drop(job)


def test_a_run_of_another_process_is_told_in_a_sentence(training, code):
    _, job = training
    room.watch().name, room.watch()._runs = "another", {}
    room.watch().look(code, now=True)
    student = to(visitor("", room=code), "training")
    assert not student.exception
    assert "another server of this room" in status_of(student)
    assert job not in shown(student)[0]


def test_what_a_room_is_told_is_drawn_as_text():
    question = Question("k", "", ("<script>alert(1)</script>", '"><img src=x>'), none=SHOW)
    html = tally._rows(question, tally.Counter({'"><img src=x>': 2}))
    assert "<script" not in html
    assert "<img" not in html
