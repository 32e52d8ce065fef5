"""Rooms of a class: codes and keys, guesses, deletion, and several processes on one database."""

import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from math import ceil
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sql
from hypothesis import given
from hypothesis import strategies as st

from wgan_demo.classroom import codes, polls
from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.classroom.polls import Question, bins, harmless, to_csv
from wgan_demo.classroom.rooms import DAY, LINK, Rooms, connect
from wgan_demo.classroom.watch import Watch
from wgan_demo.plots.classroom import curves_figure, mean_plan, plans_figure

ROOT = Path(__file__).parents[1]
BEST = Question("du_guess", "How steep?", ("1", "=steep", "Just show me"))
WORK = Question("mb_work", "How much?", low=0.0, high=12.0, step=1.0, unit="box-steps", truth=6.0)


class Clock:
    def __init__(self, now: float = 1000.0):
        self.now = now

    def __call__(self) -> float:
        return self.now


def on(url) -> Rooms:
    return Rooms(sql.create_engine(url))


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/rooms.db"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rooms(url, clock):
    return Rooms(sql.create_engine(url), clock)


@pytest.fixture
def room(rooms):
    code, key = rooms.open("duality", "du_preset=Humps")
    rooms.put(code, key, BEST)
    return code, key


def rows(rooms: Rooms) -> int:
    with rooms.engine.connect() as connection:
        names = sql.inspect(rooms.engine).get_table_names()
        return sum(connection.scalar(sql.text(f"select count(*) from {name}")) for name in names)


def test_a_code_is_no_word_and_cannot_be_guessed_in_a_day():
    assert all(codes.read_code(codes.new_code()) for _ in range(100))
    tried = codes.TRIES + DAY / codes.SECONDS
    assert tried / len(codes.LETTERS) ** codes.LENGTH < 1 / 3_000
    assert f"one in {round(len(codes.LETTERS) ** codes.LENGTH / tried):,}" in codes.__doc__


@pytest.mark.parametrize("typed", ["bcdfgh", " BCD FGH ", "bcd-fgh"])
def test_a_code_is_read_as_people_type_it(typed):
    assert codes.read_code(typed) == "BCDFGH"


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "ABCDEF", "<b>xyz", "BCDFG1", "ＢＣＤＦＧＨ"])
def test_what_is_no_code_is_told_in_a_sentence(typed):
    with pytest.raises(ValueError, match="none of them is a vowel"):
        codes.read_code(typed)


def test_wrong_codes_are_answered_only_so_often():
    tries = codes.Tries(3, 5.0, clock := Clock())
    for _ in range(3):
        assert tries.any()
        tries.used()
    assert not tries.any()
    clock.now += 4.9
    assert not tries.any()
    clock.now += 0.2
    assert tries.any()
    clock.now += 1e6
    for _ in range(3):
        tries.used()
    assert not tries.any()


def test_guesses_are_counted_once_for_each_visitor_and_can_be_changed(rooms, room):
    code, _ = room
    for visitor, guess in [("a", "1"), ("b", "1"), ("c", "=steep"), ("a", "=steep"), ("b", "1")]:
        assert rooms.answer(code, BEST, visitor, guess)
    assert rooms.look(code).questions["du_guess"].guesses == {"1": 1, "=steep": 2}
    assert rooms.look(code).questions["du_guess"].question == BEST


def test_once_revealed_no_guess_is_taken_any_more(rooms, room):
    code, key = room
    rooms.answer(code, BEST, "a", "1")
    assert not rooms.look(code).questions["du_guess"].revealed
    rooms.reveal(code, key, "du_guess")
    assert rooms.look(code).questions["du_guess"].revealed
    assert not rooms.answer(code, BEST, "a", "=steep")
    assert not rooms.answer(code, BEST, "b", "1")
    rooms.put(code, key, BEST)  # the lecturer comes back to the page
    assert rooms.look(code).questions["du_guess"].revealed
    assert rooms.look(code).questions["du_guess"].guesses == {"1": 1}


@pytest.mark.parametrize("value", ["2", "", "x" * 300, "<script>"])
def test_what_is_no_guess_is_not_kept(rooms, room, value):
    with pytest.raises(ValueError, match="no guess"):
        rooms.answer(room[0], BEST, "a", value)
    with pytest.raises(ValueError, match="no guess"):
        rooms.answer(room[0], WORK, "a", value.replace("2", "13") or "nan")


STEER = {
    "lead": lambda rooms, code, key: rooms.lead(code, key, "training", ""),
    "put": lambda rooms, code, key: rooms.put(code, key, WORK),
    "reveal": lambda rooms, code, key: rooms.reveal(code, key, "du_guess"),
    "csv": lambda rooms, code, key: rooms.csv(code, key),
    "close": lambda rooms, code, key: rooms.close(code, key),
}


@pytest.mark.parametrize("act", STEER)
def test_only_the_room_s_own_key_steers_it(rooms, room, act):
    code, key = room
    other, foreign = rooms.open()
    before = rooms.look(code)
    for wrong in (None, "", key[:-1], key.lower() + "x", foreign, codes.hash_of(key)):
        with pytest.raises(NotTheLecturer):
            STEER[act](rooms, code, wrong)
    assert rooms.look(code) == before
    STEER[act](rooms, code, key)
    with pytest.raises(NoSuchRoom):
        STEER[act](rooms, "ZZZZZZ", key)
    assert rooms.look(other)


def test_a_key_is_kept_as_its_hash_alone(rooms, room, url):
    _, key = room
    with rooms.engine.connect() as connection:
        kept = connection.execute(sql.text("select * from rooms")).first()
    assert key not in map(str, kept)
    assert rooms.is_lecturer(*room)
    assert not rooms.is_lecturer(room[0], None)


def test_where_the_lecturer_is_changes_its_number_only_when_it_changes(rooms, room):
    code, key = room
    versions = []
    for page, query in [("duality", "du_preset=Humps"), ("duality", "a=1"), ("duality", "a=1"), ("training", "a=1")]:
        rooms.lead(code, key, page, query)
        now = rooms.look(code)
        assert (now.page, now.query) == (page, query)
        versions.append(now.version)
    assert versions == [1, 2, 2, 3]
    with pytest.raises(ValueError, match="letters"):
        rooms.lead(code, key, "duality", "x" * (LINK + 1))


def test_a_room_that_is_closed_leaves_nothing(rooms, room):
    code, key = room
    rooms.answer(code, BEST, "a", "1")
    rooms.there(code, "p", 3)
    rooms.close(code, key)
    assert rows(rooms) == 0
    for act in (rooms.look, lambda code: rooms.answer(code, BEST, "a", "1"), lambda code: rooms.is_lecturer(code, key)):
        with pytest.raises(NoSuchRoom):
            act(code)


def test_a_room_is_gone_after_a_day_and_deleted_when_another_is_opened(rooms, room, clock):
    rooms.answer(room[0], BEST, "a", "1")
    clock.now += DAY - 1
    assert rooms.look(room[0])
    clock.now += 2
    with pytest.raises(NoSuchRoom):
        rooms.look(room[0])
    rooms.open()
    assert rows(rooms) == 1


def test_there_are_only_so_many_rooms(rooms, monkeypatch):
    monkeypatch.setattr("wgan_demo.classroom.rooms.MOST", 2)
    rooms.open()
    rooms.open()
    with pytest.raises(ValueError, match="2 rooms"):
        rooms.open()


def test_a_code_that_is_taken_is_not_given_again(rooms, monkeypatch):
    given = iter(["BCDFGH", "BCDFGH", "BCDFGJ"])
    monkeypatch.setattr("wgan_demo.classroom.rooms.new_code", lambda: next(given))
    assert [rooms.open()[0], rooms.open()[0]] == ["BCDFGH", "BCDFGJ"]


def test_visitors_of_all_processes_are_counted_while_these_live(rooms, room, clock):
    code, _ = room
    rooms.there(code, "one", 3)
    rooms.there(code, "two", 4)
    rooms.there(code, "one", 5)
    other, _ = rooms.open()
    rooms.there(other, "two", 1)
    assert rooms.look(code).visitors == 9
    assert rooms.count() == (2, 10)
    clock.now += 60
    assert rooms.look(code).visitors == 0
    assert rooms.count() == (2, 0)
    clock.now += DAY
    assert rooms.count() == (0, 0)


def test_a_hundred_who_look_cost_one_query_a_second(rooms, room):
    watch, asked = Watch(rooms, clock := Clock()), []
    look = rooms.look
    rooms.look = lambda code: (asked.append(code), look(code))[1]
    for second in range(1, 4):
        for visitor in range(100):
            assert watch.look(room[0], f"{visitor}").code == room[0]
        assert len(asked) == second
        clock.now += 1
    clock.now += 5
    assert watch.look(room[0], "0").visitors == 100
    clock.now += 15
    assert watch.look(room[0], "0").visitors == 1
    assert watch.look(room[0], "1").visitors == 1  # as it was a moment ago
    watch.forget(room[0], "1")
    assert watch.look(room[0], "2").visitors == 2
    assert watch.look(room[0], now=True)


def test_nobody_waits_while_another_asks_the_database(rooms, room):
    watch, asks, goes_on = Watch(rooms, clock := Clock()), threading.Event(), threading.Event()
    before = watch.look(room[0], "a")
    clock.now += 5
    look = rooms.look

    def slow(code):
        asks.set()
        assert goes_on.wait(10)
        return look(code)

    rooms.look = slow
    first = threading.Thread(target=watch.look, args=room[:1])
    first.start()
    assert asks.wait(10)
    assert watch.look(room[0], "b") is before
    goes_on.set()
    first.join()
    assert watch.look(room[0], "b") is not before


def test_a_database_that_is_gone_is_asked_once_a_second_and_found_again(rooms, room):
    watch, asked = Watch(rooms, clock := Clock()), []
    look, there = rooms.look, rooms.there

    def gone(*_):
        asked.append(1)
        raise Unreachable

    rooms.look = rooms.there = gone
    for _ in range(10):
        with pytest.raises(Unreachable):
            watch.look(room[0], "a")
    assert len(asked) == 1
    rooms.look, rooms.there = look, there
    clock.now += 1
    assert watch.look(room[0], "a")
    rooms.close(*room)
    clock.now += 1
    with pytest.raises(NoSuchRoom):
        watch.look(room[0], "a")


def test_a_database_that_cannot_be_read_is_told_as_such(tmp_path):
    (tmp_path / "rooms.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(Unreachable):
        on(f"sqlite:///{tmp_path}/rooms.db")
    with pytest.raises(Unreachable):
        on(f"sqlite:///{tmp_path}/nowhere/rooms.db")


def test_a_disk_that_is_full_is_told_as_such_and_loses_no_guess(tmp_path):
    rooms = on(f"sqlite:///{tmp_path}/rooms.db")
    code, key = rooms.open("duality")
    rooms.put(code, key, BEST)
    full = sql.text("PRAGMA max_page_count = 1")  # the pages that there are, and no more
    sql.event.listen(rooms.engine, "begin", lambda connection: connection.execute(full))
    counted = 0

    def fill() -> None:
        nonlocal counted
        while rooms.answer(code, BEST, f"visitor {counted}", "1"):
            counted += 1

    with pytest.raises(Unreachable):
        fill()
    assert counted
    assert rooms.look(code).questions["du_guess"].guesses == {"1": counted}


def test_two_connections_and_many_threads_count_every_answer_once(url):
    several = [on(url), on(url)]
    code, key = several[0].open()
    several[1].put(code, key, BEST)

    def guess(number: int) -> None:
        for value in ("1", "=steep", "1" if number % 3 else "=steep"):
            several[number % 2].answer(code, BEST, f"visitor {number}", value)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for rooms in several:
        assert rooms.look(code).questions["du_guess"].guesses == {"1": 16, "=steep": 8}


PROCESS = """
import sys, sqlalchemy
from wgan_demo.classroom.polls import Question
from wgan_demo.classroom.rooms import Rooms
url, code, name = sys.argv[1:]
rooms = Rooms(sqlalchemy.create_engine(url))
question = rooms.look(code).questions["du_guess"].question
for number in range(25):
    assert rooms.answer(code, question, f"{name} {number}", "1")
rooms.there(code, name, 25)
"""


def two_processes(url: str) -> None:
    rooms = on(url)
    code, key = rooms.open("duality")
    rooms.put(code, key, BEST)
    run = [
        subprocess.Popen([sys.executable, "-c", PROCESS, url, code, name], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    for process in run:
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
    now = rooms.look(code)
    assert now.questions["du_guess"].guesses == {"1": 50}
    assert now.visitors == 50
    rooms.close(code, key)
    assert rows(rooms) == 0


def test_two_processes_serve_one_room(url):
    two_processes(url)


class PostgreSQL:
    """Debian's server in a folder, which does not run as root."""

    def __init__(self, programs: Path, folder: str):
        self.url = f"postgresql+psycopg://wgan@/postgres?host={folder}"
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        if user:
            shutil.chown(folder, "postgres")
        self.quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, "check": True, **user}
        data = f"{folder}/data"
        subprocess.run([programs / "initdb", "-D", data, "-U", "wgan", "-A", "trust", "-N"], **self.quiet)
        self.control = [programs / "pg_ctl", "-D", data, "-w"]
        self.options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        self.log = f"{folder}/log"

    def start(self) -> None:
        subprocess.run([*self.control, "-l", self.log, "-o", self.options, "start"], **self.quiet)

    def stop(self) -> None:
        """At once, as if it had been killed."""
        subprocess.run([*self.control, "-m", "immediate", "stop"], **self.quiet)


@pytest.fixture
def server():
    """A PostgreSQL server that lives as long as the test."""
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"))), None)
    if not programs:
        pytest.skip("no PostgreSQL server here: it is Debian’s package postgresql")
    with tempfile.TemporaryDirectory() as folder:
        server = PostgreSQL(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def test_a_server_that_is_gone_in_the_middle_of_a_poll_comes_back_with_every_guess(server):
    rooms = Rooms(connect(sql.create_engine, server.url))
    code, key = rooms.open("duality")
    rooms.put(code, key, BEST)
    assert rooms.answer(code, BEST, "before", "1")
    server.stop()
    for act in (lambda: rooms.look(code), lambda: rooms.answer(code, BEST, "meanwhile", "1"), rooms.open):
        with pytest.raises(Unreachable):
            act()
    server.start()
    assert rooms.answer(code, BEST, "after", "=steep")
    assert rooms.look(code).questions["du_guess"].guesses == {"1": 1, "=steep": 1}
    assert rooms.is_lecturer(code, key)
    rooms.engine.dispose()


def test_two_processes_serve_one_room_on_postgresql(server):
    two_processes(server.url)


def test_csv_holds_every_guess_and_no_formula(rooms, room, clock):
    code, key = room
    rooms.put(code, key, WORK)
    for question, visitor, guess in [(WORK, "a", "6.0"), (BEST, "a", "=steep"), (BEST, "b", "1")]:
        rooms.answer(code, question, visitor, guess)
        clock.now += 1
    rooms.answer(code, Question("other", "Never put", ("x",)), "b", "x")
    table = list(csv.DictReader(io.StringIO(rooms.csv(code, key))))
    assert [(row["question"], row["visitor"], row["guess"]) for row in table] == [
        ("mb_work", "1", "6.0"),
        ("du_guess", "1", "'=steep"),
        ("du_guess", "2", "1"),
    ]
    assert table[0]["unit"] == "box-steps"
    assert table[0]["at (UTC)"] == "1970-01-01 00:16:40"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "-", "+7", "--1"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"
    question = Question("k", text, (text,))
    row = list(csv.reader(io.StringIO(to_csv([(question, "a", text, 0.0)]), newline="")))[1]
    assert row[1] == row[4] == f"'{text}"


@given(st.floats(-1e6, 1e6))
def test_a_number_stays_one(value):
    assert harmless(str(value)) == str(value)


PLAN = Question("mg", "Where to?", unit="slot", form="plan", places=((1, 1, 4), (2, 3, 3)), best=(0.0, 1.0, 2.0))
CURVE = Question("du_f", "=f", low=-6, high=6, form="curve", places=((0, 1, 2),), best=(0.0, 1.0, 2.0))


@pytest.mark.parametrize("value", ["0 1", "0 1 1", "0 1 3", "0 1 2 3", "a b c", "0 1 nan", "0,1,2", "", "-0 1 2.5"])
def test_what_is_no_plan_is_not_kept(rooms, room, value):
    with pytest.raises(ValueError, match="no guess"):
        rooms.answer(room[0], PLAN, "a", value)


@pytest.mark.parametrize("value", ["0 1", "0 1 6.5", "0 1 -7", "0 1 nan", "0 1 inf", "0 1 1e9", "0 1 " + 200 * "1"])
def test_what_is_no_critic_is_not_kept(rooms, room, value):
    with pytest.raises(ValueError, match="no guess"):
        rooms.answer(room[0], CURVE, "a", value)


def test_what_is_drawn_is_stored_and_taken_along_like_a_guess(rooms, room):
    code, key = room
    for question, answers in ((PLAN, ["2 0 1", "0 1 2", "0 1 2"]), (CURVE, ["-1 0.5 1", "0 0 0"])):
        rooms.put(code, key, question)
        for visitor, answer in enumerate(answers):
            assert rooms.answer(code, question, str(visitor), answer)
        found = rooms.look(code).questions[question.key]
        assert found.question == question
        drawn = question.arrays(found.guesses)
        assert sorted(map(tuple, drawn)) == sorted(tuple(map(float, answer.split())) for answer in answers)
    table = list(csv.DictReader(io.StringIO(rooms.csv(code, key))))
    assert [row["guess"] for row in table if row["question"] == "mg"] == ["2 0 1", "0 1 2", "0 1 2"]
    assert [row["guess"] for row in table if row["question"] == "du_f"] == ["'-1 0.5 1", "0 0 0"]
    assert {row["prompt"] for row in table} == {"Where to?", "'=f"}


def test_the_plans_of_a_class_are_one_table_with_the_margins_of_each():
    answers = Counter({"2 0 1": 1, "0 1 2": 3})  # boxes 1, 1, 4 into slots 2, 3, 3
    x, y, gamma = mean_plan(PLAN, answers)
    assert (x.tolist(), y.tolist()) == ([1, 4], [2, 3])
    assert gamma.tolist() == [[1.0, 1.0], [0.0, 1.0]]
    x, y, gamma = mean_plan(PLAN, Counter({"2 1 0": 1, "0 1 2": 3}))
    assert gamma.tolist() == [[0.75, 1.25], [0.25, 0.75]]
    assert mean_plan(PLAN, Counter())[2].sum() == 0
    shades, rings = plans_figure(PLAN, answers).data
    assert shades.z.tolist() == mean_plan(PLAN, answers)[2].tolist()
    assert list(zip(rings.y, rings.x, strict=True)) == [("1", "2"), ("1", "3"), ("4", "3")]  # from, to


def test_the_critics_of_a_class_lie_on_one_another_without_their_constants():
    drawn, best = curves_figure(CURVE, Counter({"0 0 3": 2, "5 5 5": 1})).data
    curves = np.reshape(drawn.y, (3, 4))
    assert np.isnan(curves[:, 3]).all()  # no line from one to the next
    assert sorted(map(tuple, curves[:, :3])) == [(-1, -1, 2), (-1, -1, 2), (0, 0, 0)]
    assert best.y.tolist() == [-1, 0, 1]
    assert best.line.width > 3 * drawn.line.width
    assert len(curves_figure(CURVE, Counter()).data) == 2


@given(st.integers(1, 400), st.sampled_from([0.1, 1.0, 0.5, 2.0]), st.lists(st.integers(0, 400), max_size=60))
def test_every_number_falls_into_the_bin_that_holds_it(steps, step, at):
    question = Question("k", "", low=0.0, high=steps * step, step=step)
    values = [min(number, steps) * step for number in at]
    found = bins(question, Counter(map(str, values)))
    assert len(found) <= polls.BINS
    assert found[0][0] == -step / 2
    assert found[-1][1] > steps * step
    for left, right, many in found:
        assert right - left == pytest.approx(ceil((steps + 1) / polls.BINS) * step)
        assert many == sum(left < value < right for value in values)
    assert sum(many for *_, many in found) == len(values)


def test_a_question_is_stored_as_it_is():
    for question in (BEST, WORK, PLAN, CURVE):
        assert Question.parse(question.text()) == question
