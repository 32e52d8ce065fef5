"""The server is stopped while a run trains, and started again: the tab finds its run at its place."""

import os
import signal
import subprocess
import sys

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.conftest import ROOT, free_port, wait_until_up
from tests.e2e.test_reload import trained


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


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_a_run_goes_on_after_the_server_was_stopped(server, page, tmp_path, how):
    process, url = server()
    page.goto(f"{url}/training?tr_steps=20000")
    settle(page)
    page.get_by_role("button", name="Start").click()
    wait_until(page, lambda: trained(page) > 20)
    before = trained(page)
    (worker,) = psutil.Process(process.pid).children()
    process.send_signal(how)
    assert process.wait(20) in (0, 1, -how)  # uvicorn ends by the signal itself once it has cleaned up
    assert not worker.is_running()
    assert b"Traceback" not in process.stderr.read()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".pickle", ".run"]
    server()
    page.reload()
    expect(page.get_by_text("The server was restarted; the run goes on where it stood.")).to_be_visible()
    wait_until(page, lambda: trained(page) > before)
    assert list(tmp_path.iterdir()) == []
