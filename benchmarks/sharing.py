"""One machine for a class: N runs of the live preset train flat out, while somebody moves a slider on another page.

`python benchmarks/sharing.py` serves the app for N = 0, 1, 4, 16 and 64 runs, steps theta on Distances in a browser and
prints the iterations a second of all runs together and of the slowest, Jain's index of how fairly they share, and the
script time of a step meanwhile.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks import slider_step
from tests.browser import chromium, settle
from tests.e2e.conftest import free_port, wait_until_up
from wgan_demo.engine.spec import RunSpec

ROOT = Path(__file__).parents[1]
RUNS = (0, 1, 4, 16, 64)
STEPS = 60


def serve(folder: str, port: str, count: str) -> None:
    """The app, with `count` runs in the app's own pool; how far they are is written down four times a second."""
    from wgan_demo.engine import Pool
    from wgan_demo.gan.presets import PRESETS

    pool = Pool(max_running=64)
    specs = [RunSpec(replace(PRESETS["live"].config(), seed=seed)) for seed in range(int(count))]
    jobs = [pool.create(spec, owner=str(spec.config.seed)) for spec in specs]
    for job in jobs:
        pool.start(job, 20_000)

    def watch() -> None:
        while True:
            recordings = [pool.view(job).recording for job in jobs]
            steps = [recording.steps if recording else 0 for recording in recordings]
            with open(f"{folder}/steps", "a") as file:
                file.write(json.dumps([time.monotonic(), steps]) + "\n")
            time.sleep(0.25)

    threading.Thread(target=watch, daemon=True).start()
    slider_step.serve(f"{folder}/times", str(ROOT / "app.py"), port)


def measure(browser, count: int) -> tuple[list[float], list[float]]:
    """Script times of STEPS steps (ms), and iterations a second of every run meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, __file__, folder, str(port), str(count)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_up(url)
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto(f"{url}/distances")
            settle(tab)
            progress = lambda: json.loads(Path(folder, "steps").read_text().splitlines()[-1])  # noqa: E731
            while not all(progress()[1]):
                time.sleep(0.2)
            slider = tab.get_by_role("slider", name="θ: how far")
            begun, before = progress()
            for _ in range(STEPS):
                slider.press("ArrowRight")
                settle(tab)
            ended, after = progress()
            tab.close()
            times = sorted(map(float, Path(folder, "times").read_text().split()[-STEPS:]))
        finally:
            server.terminate()
            server.wait()
    return times, [(b - a) / (ended - begun) for a, b in zip(before, after, strict=True)]


def main() -> None:
    print(
        f"{'runs':>4} {'all, it/s':>10} {'each, it/s':>11} {'slowest / mean':>15} {'Jain':>6} {'page p50, ms':>13} "
        f"{'p95, ms':>8}"
    )
    with chromium() as browser:
        for count in RUNS:
            times, rates = measure(browser, count)
            page = f"{statistics.median(times):13.0f} {times[int(0.95 * len(times))]:8.0f}"
            if rates:
                mean = statistics.mean(rates)
                jain = sum(rates) ** 2 / (count * sum(rate**2 for rate in rates))
                fair = f"{min(rates) / mean:15.2f} {jain:6.3f}"
                print(f"{count:4} {sum(rates):10.0f} {mean:11.1f} {fair} {page}", flush=True)
            else:
                print(f"{count:4} {'-':>10} {'-':>11} {'-':>15} {'-':>6} {page}", flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:]) if len(sys.argv) > 1 else main()
