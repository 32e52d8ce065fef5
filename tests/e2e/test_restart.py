"""The server is stopped while a run trains, and started again: the tab finds its run at its place."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.conftest import ROOT, free_port, wait_until_up
from tests.e2e.test_reload import trained
from tests.e2e.test_tab import seconds, visit
from tests.tab import Tab


@pytest.fixture
def server(tmp_path):
    """server() starts one on the same port, with a folder for its runs."""
    port, started = free_port(), []

    def start():
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        env = os.environ | {"WGAN_STATE": str(tmp_path)}
        started.append(subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE))
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url)
        return started[-1], url

    yield start
    for process in started:
        process.kill()
        process.communicate()


def stop(process: subprocess.Popen, how: signal.Signals, folder: Path) -> None:
    """It ends as it should, with its worker, and its one run is in the folder."""
    (worker,) = psutil.Process(process.pid).children()
    process.send_signal(how)
    assert process.wait(60) in (0, 1, -how)  # uvicorn ends by the signal itself once it has cleaned up
    assert not worker.is_running()
    assert b"Traceback" not in process.stderr.read()
    assert sorted(path.suffix for path in folder.iterdir()) == [".pickle", ".run"]


def test_a_tab_finds_its_run_again_after_sigterm_and_a_new_start(server, page, tmp_path):
    process, url = server()
    page.goto(f"{url}/training?tr_steps=20000")
    settle(page)
    page.get_by_role("button", name="Start").click()
    wait_until(page, lambda: trained(page) > 20)
    before = trained(page)
    stop(process, signal.SIGTERM, tmp_path)
    server()
    page.reload()
    expect(page.get_by_text("The server was restarted; the run goes on where it stood.")).to_be_visible()
    wait_until(page, lambda: trained(page) > before)
    assert list(tmp_path.iterdir()) == []


def test_sigint_saves_the_runs_too(server, tmp_path):
    process, url = server()

    async def train(tab: Tab) -> None:
        await tab.press("Start")
        await tab.until(lambda: len(seconds(tab, "tick")) >= 2)
        await asyncio.to_thread(stop, process, signal.SIGINT, tmp_path)

    visit(Tab("training", "tr_steps=20000"), url, train)
