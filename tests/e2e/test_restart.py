"""The server is stopped while a run trains, and started again: the tab finds its run at its place."""

import asyncio
import json
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.conftest import ROOT, free_port, wait_until_up
from tests.e2e.test_reload import trained
from tests.tab import Tab
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs.recording import Recording


@pytest.fixture
def server(tmp_path):
    """server() starts one on the same port, with a folder for its runs."""
    port, started = free_port(), []

    def start():
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        env = os.environ | {"WGAN_STATE": str(tmp_path), "WGAN_LEASE": "300", "WGAN_GRACE": "300"}  # on a busy machine
        started.append(subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE))
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url)
        return started[-1], url

    yield start
    for process in started:
        process.kill()
        process.communicate()


def stop(process: subprocess.Popen, how: signal.Signals, folder: Path, runs: int = 1) -> None:
    """It ends as it should, with its worker, and its runs are in the folder."""
    (worker,) = psutil.Process(process.pid).children()
    process.send_signal(how)
    assert process.wait(60) in (0, 1, -how)  # uvicorn ends by the signal itself once it has cleaned up
    assert not worker.is_running()
    assert b"Traceback" not in process.stderr.read()
    assert sorted(path.suffix for path in folder.iterdir()) == [".pickle", *[".run"] * runs]


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


def saved(folder: Path) -> dict[int, tuple[TrainConfig, Recording]]:
    """What was asked for and the recording, of the runs in the folder, by their seeds."""
    mirrors = [pickle.loads(path.read_bytes()) for path in folder.glob("*.run")]
    return {mirror.spec.config.seed: (mirror.spec.config, mirror.view.recording) for mirror in mirrors}


def wait_for_log(process: subprocess.Popen, words: str, runs: int) -> None:
    """Until the server's log says so of as many runs."""
    found = set()
    while len(found) < runs:
        line = process.stderr.readline()
        assert line, "the server has ended"
        if f'"message": "{words}'.encode() in line:
            found.add(json.loads(line)["run"])


async def train(process: subprocess.Popen, url: str, seeds: range, steps: int, words: str) -> None:
    """A tab a seed opens the training page and presses Start; all stay until the log has those words on each run."""
    tabs = [Tab("training", f"tr_steps={steps}&tr_pace=Full&tr_width=16&tr_seed={seed}") for seed in seeds]
    listening = [asyncio.create_task(tab.listen(url)) for tab in tabs]
    for tab in tabs:
        await tab.press("Start")
    await asyncio.to_thread(wait_for_log, process, words, len(tabs))
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)


def test_ten_runs_are_found_again_and_no_number_differs_after_sigterm_and_after_sigint(server, tmp_path):
    process, url = server()
    with ThreadPoolExecutor(1) as thread:  # Playwright leaves its own loop running in the thread of the tests
        thread.submit(asyncio.run, train(process, url, range(10), 20_000, "running at iteration")).result()
        stop(process, signal.SIGTERM, tmp_path, 10)
        before = saved(tmp_path)
        assert sorted(before) == list(range(10))
        process, url = server()
        thread.submit(asyncio.run, train(process, url, range(10, 11), 100, "finished at iteration 100")).result()
        stop(process, signal.SIGINT, tmp_path, 11)
    after = saved(tmp_path)
    assert sorted(after) == list(range(11))
    for seed, (config, recording) in after.items():
        assert recording.steps > (before[seed][1].steps if seed in before else 0)
        np.testing.assert_array_equal(recording.records, np.array(list(trainer_for(config).run(recording.steps))))
