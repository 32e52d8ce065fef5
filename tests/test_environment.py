"""The environment variables: types, ranges, one sentence for a bad value, and the README's table of them."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from wgan_demo import environment
from wgan_demo.engine.host import Host
from wgan_demo.environment import Environment, name_of

ROOT = Path(__file__).parents[1]


def test_values_have_the_types_of_their_defaults():
    told = Environment.read({"WGAN_RUNNING": "3", "WGAN_LEASE": "7.5", "WGAN_STATE": " /tmp/x ", "WGAN_LOG": ""})
    assert (told.running, told.lease, told.state, told.log) == (3, 7.5, "/tmp/x", "info")
    assert {type(getattr(told, each.name)) for each in fields(told)} == {int, float, str}
    assert told.state_folder == Path("/tmp/x")
    assert Environment.read({}) == Environment()
    assert Environment().state_folder is None
    Host(**told.host)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("WGAN_LEASE", "3", "WGAN_LEASE must be a number from 5 to 3,600 s, not '3'."),
        ("WGAN_LEASE", "nan", "WGAN_LEASE must be a number from 5 to 3,600 s, not 'nan'."),
        ("WGAN_RUNNING", "2.5", "WGAN_RUNNING must be a whole number from 1 to 256, not '2.5'."),
        ("WGAN_QUEUE", "many", "WGAN_QUEUE must be a whole number from 0 to 1,000, not 'many'."),
        ("WGAN_LOG", "loud", "WGAN_LOG must be one of debug, info, warning, error, not 'loud'."),
    ],
)
def test_a_bad_value_is_one_sentence(name, text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        Environment.read({name: text})


def test_a_typing_error_is_found():
    assert environment.unknown({"WGAN_LEESE": "9", "WGAN_LEASE": "9", "HOME": "/"}) == ["WGAN_LEESE"]


def test_the_server_does_not_start_with_a_bad_value():
    command = [sys.executable, "-c", "import app"]
    run = subprocess.run(command, cwd=ROOT, env={"WGAN_GRACE": "-1"}, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == "WGAN_GRACE must be a number from 0 to 3,600 s, not '-1'."
    assert "Traceback" not in run.stderr


def test_the_readme_has_the_table_and_nothing_else_reads_the_environment():
    readme = (ROOT / "README.md").read_text()
    for row in environment.rows():
        assert f"| {' | '.join(row)} |\n" in readme
    assert set(re.findall(r"WGAN_[A-Z]+", readme)) == {name_of(each.name) for each in fields(Environment)}
    files = [*(ROOT / "wgan_demo").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py", ROOT / "course.py"]
    readers = {file.name for file in files if re.search(r"\bos\.environ\b|\bgetenv\b", file.read_text())}
    assert readers == {
        "environment.py",
        "links.py",  # what a worker inherits
        "mnist.py",  # copied as it is into notebooks, which have no environment.py
        "exact.py",  # POT shall not load torch
        "course.py",
    }
