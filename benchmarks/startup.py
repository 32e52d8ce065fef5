"""From `streamlit run` to the first words of a page in a browser, which are in its HTML, and to all of it.

As shipped, and with the heavy imports at the top of app.py.

`python benchmarks/startup.py`: medians of alternating starts and their ratios.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.browser import ARGS, chromium_path  # noqa: E402
from tests.e2e.conftest import free_port  # noqa: E402

REPEATS = 5
HEAVY = "import torch, ot, sklearn, scipy.stats, plotly.graph_objects, distributed\n"


def seconds_to_first_page(folder: Path, browser) -> tuple[float, float]:
    """To its first words, and until all is drawn."""
    port = free_port()
    start = time.perf_counter()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    environment = {name: value for name, value in os.environ.items() if name != "POT_BACKEND_DISABLE_PYTORCH"}
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    tab = browser.new_page()
    try:
        while True:
            try:
                tab.goto(f"http://127.0.0.1:{port}")
                break
            except Exception:  # the server is not up yet
                time.sleep(0.05)
        tab.wait_for_selector("h1", timeout=60_000)
        words = time.perf_counter() - start
        tab.wait_for_selector("#first-paint", state="detached", timeout=60_000)
        return words, time.perf_counter() - start
    finally:
        tab.close()
        server.terminate()
        server.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        heavy = Path(name)
        for path in ("course.py", "pages", "wgan_demo", "static", ".streamlit"):
            (heavy / path).symlink_to(ROOT / path)
        (heavy / "app.py").write_text(HEAVY + (ROOT / "app.py").read_text())
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        seconds_to_first_page(ROOT, browser)  # warms the disk's cache
        seconds_to_first_page(heavy, browser)
        runs = [(seconds_to_first_page(ROOT, browser), seconds_to_first_page(heavy, browser)) for _ in range(REPEATS)]
        browser.close()
    ours, heavy = (np.median(column, axis=0) for column in zip(*runs, strict=True))
    for what, mine, theirs in zip(("first words", "all drawn"), ours, heavy, strict=True):
        print(f"{what}: {mine:.2f} s as shipped, {theirs:.2f} s with the heavy imports in app.py: {theirs / mine:.2f}")


if __name__ == "__main__":
    main()
