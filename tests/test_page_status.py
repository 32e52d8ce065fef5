"""The status page: all that it counts, nothing of any one visitor, and no way to it but its address."""

import logging
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.pages import open_lesson, text
from wgan_demo.classroom.errors import Unreachable
from wgan_demo.logs import RECENT
from wgan_demo.ui import house
from wgan_demo.ui.room import seat
from wgan_demo.ui.runs import tab


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    monkeypatch.setenv("WGAN_ROOMS", f"sqlite:///{tmp_path}/rooms.db")
    seat.watch.clear()
    yield seat.watch().rooms
    seat.watch().rooms.engine.dispose()
    seat.watch.clear()


@pytest.fixture
def page(rooms):
    app = open_lesson("status")
    assert not app.exception
    return app


def test_it_counts_what_the_pool_and_the_machine_say(page):
    values = {metric.label: metric.value for metric in page.metric}
    assert int(values["Visitors, open tabs"]) == tab.visitors() >= 1
    assert values["Runs that train"] == "0 of 16"
    assert values["Runs in the queue"] == "0 of 100"
    assert values["Kept to go on from"].endswith("of 512 MiB")
    assert values["Memory, app"].endswith(" MiB")
    page.run()
    assert next(each.value for each in page.metric if each.label == "Processor, app").endswith("% of a core")
    assert "streamlit 1.67" in page.caption[-1].value


def test_it_counts_rooms_and_who_is_in_them_until_the_database_is_gone(page, rooms, monkeypatch):
    code, _ = rooms.open()
    rooms.there(code, "here", 3)

    def shown() -> dict[str, str]:
        return {metric.label: metric.value for metric in page.run().metric if "ooms" in metric.label}

    assert shown() == {"Rooms": "1", "Visitors in rooms": "3"}
    monkeypatch.setattr(rooms, "_begin", Mock(side_effect=Unreachable))
    assert shown() == {"Rooms": "no database", "Visitors in rooms": "–"}
    assert not page.exception


def test_errors_are_counted_and_what_they_say_is_kept_back(page):
    assert "None." in text(page)
    try:
        for _ in range(2):
            RECENT.handle(logging.LogRecord("wgan_demo.y", logging.ERROR, "", 1, "Anna's secret", (), None))
        page.run()
    finally:
        RECENT._faults.clear()
    (table,) = page.table
    assert table.value[["where", "kind", "how often"]].to_numpy().tolist() == [["wgan_demo.y", "error", 2]]
    assert "Anna" not in str(table.value) + text(page)


def test_no_page_links_to_it():
    root = Path(house.__file__).parents[2]
    files = [*(root / "pages").glob("*.py"), *(root / "wgan_demo" / "ui").rglob("*.py")]
    assert [file.name for file in files if "pages/status" in file.read_text()] == ["course.py"]
