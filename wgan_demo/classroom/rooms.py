"""All rooms, in a database that several processes share: SQLite or PostgreSQL, through SQLAlchemy.

Kept are codes, the hashes of the lecturers' keys, where the lecturer is, and guesses under random names of browsers. No
names of people, no addresses. What a room holds is deleted when it is closed; one that is older than a day is treated
as closed, and deleted when next anybody opens or enters a room.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from wgan_demo.classroom.codes import hash_of, new_code, new_key, opens
from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.classroom.polls import LONGEST, Question, to_csv

DAY = 86_400.0  # seconds that a room lives
MOST = 500  # rooms at once
PRESENT = 15.0  # seconds after which a process that says nothing has no visitors any more
LINK = 8_000  # letters of a query string

_tables = sql.MetaData()


def _table(name: str, *keys: sql.Column, **columns: sql.types.TypeEngine) -> sql.Table:
    """What rooms hold of one kind: a row has the room and these `keys`, and a value in each of the columns."""
    room = sql.Column("room", sql.String(6), primary_key=True)
    rest = (sql.Column(column, kind, nullable=False) for column, kind in columns.items())
    return sql.Table(name, _tables, room, *keys, *rest)


def _key(name: str, longest: int) -> sql.Column:
    return sql.Column(name, sql.String(longest), primary_key=True)


_TIME = sql.Float(53)  # in seconds since 1970
ROOMS = _table(
    "rooms",
    key_hash=sql.String(64),
    created=_TIME,
    page=sql.String(40),
    query=sql.Text(),
    version=sql.Integer(),
)
QUESTIONS = _table("questions", _key("question", 80), put=sql.Text(), revealed=sql.Boolean(), at=_TIME)
ANSWERS = _table("answers", _key("question", 80), _key("visitor", 40), value=sql.String(LONGEST), at=_TIME)
PROCESSES = _table("processes", _key("process", 40), visitors=sql.Integer(), seen=_TIME)
SHARED = _table("shared", _key("name", 40), value=sql.Text(), at=_TIME)


@dataclass(frozen=True)
class Put:
    """A question that was put to the room, whether its guesses may be seen, and how often each was made."""

    question: Question
    revealed: bool
    guesses: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Room:
    """A room at one moment: where its lecturer is (page and query string, and how often that has changed), how many
    visitors are there, what was asked, by its key, in the order in which it was put, and what else the lecturer shares:
    by its name a text and since when it is so, in seconds since 1970.
    """

    code: str
    page: str
    query: str
    version: int
    visitors: int
    questions: dict[str, Put]
    shared: dict[str, tuple[str, float]] = field(default_factory=dict)


def connect(create: Callable[..., sql.Engine], url: str) -> sql.Engine:
    """An engine that `create` makes for this URL: one that notices at once when a server was started anew.

    Raises Unreachable for a URL that means nothing, or whose driver is not installed.
    """
    waits = {"connect_timeout": 3} if url.startswith("postgresql") else {}
    try:
        return create(url=url, pool_pre_ping=True, pool_timeout=3, connect_args=waits)
    except (SQLAlchemyError, ImportError) as error:
        raise Unreachable from error


class Rooms:
    """The rooms of a database. `clock` gives seconds since 1970."""

    def __init__(self, engine: sql.Engine, clock: Callable[[], float] = time.time):
        self.engine, self.clock = engine, clock
        if engine.dialect.name == "sqlite":
            sql.event.listen(engine, "connect", _set_up)
        self._insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[engine.dialect.name]
        with self._begin() as connection:
            _tables.create_all(connection)

    @contextmanager
    def _begin(self) -> Iterator[sql.Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise Unreachable from error

    def _row(self, connection: sql.Connection, code: str) -> sql.Row:
        row = connection.execute(sql.select(ROOMS).where(ROOMS.c.room == code)).first()
        if row is None or row.created < self.clock() - DAY:
            raise NoSuchRoom
        return row

    def _led(self, connection: sql.Connection, code: str, key: str | None) -> sql.Row:
        row = self._row(connection, code)
        if not opens(key or "", row.key_hash):
            raise NotTheLecturer
        return row

    def _put(self, connection: sql.Connection, table: sql.Table, **values) -> None:
        """This row in the place of the one with the same key."""
        keys = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in keys}
        statement = self._insert(table).values(**values)
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))

    def open(self, page: str = "", query: str = "") -> tuple[str, str]:
        """A new room, with its lecturer on this page; returns its code and the lecturer's key.

        Raises ValueError in one sentence when there are too many.
        """
        self.expire()
        key = new_key()
        while True:
            code = new_code()
            try:
                with self.engine.begin() as connection:
                    if connection.scalar(sql.select(sql.func.count()).select_from(ROOMS)) >= MOST:
                        raise ValueError(f"There are {MOST} rooms open: close one that is not needed any more.")
                    row = {"room": code, "key_hash": hash_of(key), "created": self.clock()}
                    connection.execute(sql.insert(ROOMS).values(**row, page=page, query=query, version=1))
                return code, key
            except IntegrityError:  # somebody has this code
                continue
            except SQLAlchemyError as error:
                raise Unreachable from error

    def expire(self) -> None:
        """Delete the rooms that are older than a day, and all that they hold."""
        with self._begin() as connection:
            old = connection.scalars(sql.select(ROOMS.c.room).where(ROOMS.c.created < self.clock() - DAY)).all()
            for code in old:
                _delete(connection, code)

    def count(self) -> tuple[int, int]:
        """How many rooms are open, and how many visitors are in them now."""
        with self._begin() as connection:
            is_open = ROOMS.c.created >= self.clock() - DAY
            many = connection.scalar(sql.select(sql.func.count()).where(is_open))
            there = sql.select(sql.func.sum(PROCESSES.c.visitors)).where(PROCESSES.c.seen > self.clock() - PRESENT)
            inside = connection.scalar(there.where(PROCESSES.c.room.in_(sql.select(ROOMS.c.room).where(is_open))))
        return many, int(inside or 0)

    def is_lecturer(self, code: str, key: str | None) -> bool:
        """The key is that of the room. Raises NoSuchRoom."""
        with self._begin() as connection:
            return opens(key or "", self._row(connection, code).key_hash)

    def look(self, code: str) -> Room:
        """The room as it is now. Raises NoSuchRoom."""
        with self._begin() as connection:
            row = self._row(connection, code)
            here = sql.and_(PROCESSES.c.room == code, PROCESSES.c.seen > self.clock() - PRESENT)
            visitors = connection.scalar(sql.select(sql.func.sum(PROCESSES.c.visitors)).where(here)) or 0
            asked = sql.select(QUESTIONS).where(QUESTIONS.c.room == code).order_by(QUESTIONS.c.at)
            questions = {put.question: put for put in connection.execute(asked)}
            guesses: dict[str, Counter[str]] = {}
            columns = ANSWERS.c.question, ANSWERS.c.value
            counted = sql.select(*columns, sql.func.count()).where(ANSWERS.c.room == code).group_by(*columns)
            for question, value, many in connection.execute(counted):
                guesses.setdefault(question, Counter())[value] = many
            shared = connection.execute(sql.select(SHARED).where(SHARED.c.room == code)).all()
        return Room(
            code,
            row.page,
            row.query,
            row.version,
            int(visitors),
            {
                key: Put(Question.parse(put.put), put.revealed, guesses.get(key, Counter()))
                for key, put in questions.items()
            },
            {row.name: (row.value, row.at) for row in shared},
        )

    def there(self, code: str, process: str, visitors: int) -> None:
        """So many visitors of the room are with this process, at this moment."""
        with self._begin() as connection:
            self._row(connection, code)
            self._put(connection, PROCESSES, room=code, process=process, visitors=visitors, seen=self.clock())

    def lead(self, code: str, key: str, page: str, query: str) -> None:
        """The lecturer is here now. Raises NotTheLecturer, and ValueError for a link that is too long."""
        if len(query) > LINK:
            raise ValueError(f"This page’s link has more than {LINK:,} letters: nobody can follow it.")
        with self._begin() as connection:
            row = self._led(connection, code, key)
            if (row.page, row.query) != (page, query):
                moved = {"page": page, "query": query, "version": ROOMS.c.version + 1}
                connection.execute(sql.update(ROOMS).where(ROOMS.c.room == code).values(**moved))

    def share(self, code: str, key: str, name: str, value: str) -> None:
        """What the lecturer shares under this name, from now on. Raises NotTheLecturer, and ValueError if too long."""
        if len(value) > LINK:
            raise ValueError("This is too long to be shared.")
        with self._begin() as connection:
            self._led(connection, code, key)
            self._put(connection, SHARED, room=code, name=name, value=value, at=self.clock())

    def put(self, code: str, key: str, question: Question) -> None:
        """Put this question to the room; one that was put before keeps its guesses. Raises NotTheLecturer."""
        with self._begin() as connection:
            self._led(connection, code, key)
            values = {"room": code, "question": question.key, "put": question.text(), "at": self.clock()}
            statement = self._insert(QUESTIONS).values(**values, revealed=False)
            keys = [column.name for column in QUESTIONS.primary_key]
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"put": question.text()}))

    def reveal(self, code: str, key: str, question: str) -> None:
        """From now on everybody sees the guesses at it, and none is taken any more. Raises NotTheLecturer."""
        with self._begin() as connection:
            self._led(connection, code, key)
            this = sql.and_(QUESTIONS.c.room == code, QUESTIONS.c.question == question)
            connection.execute(sql.update(QUESTIONS).where(this).values(revealed=True))

    def answer(self, code: str, question: Question, visitor: str, value: str) -> bool:
        """The guess of a visitor, in the place of an earlier one; False once the guesses have been revealed.

        Raises ValueError for what is no guess at this question.
        """
        if len(value) > LONGEST or not question.accepts(value):
            raise ValueError("This is no guess at the question.")
        with self._begin() as connection:
            self._row(connection, code)
            this = sql.and_(QUESTIONS.c.room == code, QUESTIONS.c.question == question.key)
            if connection.scalar(sql.select(QUESTIONS.c.revealed).where(this)):
                return False
            who = {"room": code, "question": question.key, "visitor": visitor}
            self._put(connection, ANSWERS, **who, value=value, at=self.clock())
            return True

    def csv(self, code: str, key: str) -> str:
        """All guesses at what was put to the room, in the order in which they came. Raises NotTheLecturer."""
        with self._begin() as connection:
            self._led(connection, code, key)
            both = sql.and_(QUESTIONS.c.room == ANSWERS.c.room, QUESTIONS.c.question == ANSWERS.c.question)
            rows = sql.select(QUESTIONS.c.put, ANSWERS.c.visitor, ANSWERS.c.value, ANSWERS.c.at)
            found = connection.execute(
                rows.join_from(ANSWERS, QUESTIONS, both).where(ANSWERS.c.room == code).order_by(ANSWERS.c.at)
            ).all()
        return to_csv((Question.parse(put), visitor, value, at) for put, visitor, value, at in found)

    def close(self, code: str, key: str) -> None:
        """Delete the room and all that it holds. Raises NotTheLecturer."""
        with self._begin() as connection:
            self._led(connection, code, key)
            _delete(connection, code)


def _delete(connection: sql.Connection, code: str) -> None:
    for table in _tables.tables.values():
        connection.execute(sql.delete(table).where(table.c.room == code))


def _set_up(connection, _) -> None:
    """Several processes write to one SQLite file: readers do not wait, writers wait for each other."""
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
