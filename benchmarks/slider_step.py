"""Server time of one slider step on Distances, every theta being new, on Why GANs stall and on Holding the slope,
against a page that has nothing but the slider.

`python benchmarks/slider_step.py`: a browser presses the arrow key; the time is what the script's run takes of a
processor of the server, which is the same on a busy machine.
The heavy case is an uploaded CSV with 5,000 numbers for P and 5,000 for Q, in the view with both plans and in the one
with all curves.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.browser import chromium, settle  # noqa: E402
from tests.e2e.conftest import free_port, wait_until_up  # noqa: E402

STEPS = 40
VIEWS = {  # each with its guess made, but for Samples
    "Against θ": "d_guess=KL",
    "The plan": "d_view=The+plan&d_plan_guess=Just+show+me",
    "When KL is infinite": "d_view=When+KL+is+infinite&d_cliff_guess=Just+show+me",
    "Samples": "d_view=Samples",
    "All distances": "d_view=All+distances&d_all_guess=3",
}
OTHERS = {  # page and view: the link, with its guess made, the slider, and after how many steps it turns round
    "Why GANs stall, a θ of one's own": ("vanishing?va_theta=Another&va_guess=harder", "θ of your own", 15),
    "Why GANs stall, a step of D and f": ("vanishing?va_guess=harder", "step of D and f", 15),
    "Holding the slope, c": ("slope?sl_guess=Just+show+me", "c: weights", 1),
    "Holding the slope, a step of the critic": (
        "slope?sl_view=Layer+by+layer&sl_layer_guess=Just+show+me&sl_step=0",
        "Step of the critic",
        15,
    ),
}
EMPTY = "import streamlit as st\n@st.fragment\ndef step():\n    st.slider('theta', 0.0, 35.0, 3.0, 0.1)\nstep()\n"


def serve(log: str, app: str, port: str) -> None:
    """Streamlit's server, with the milliseconds of every script run written to a file."""
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
    from streamlit.web.cli import main

    run_script = ScriptRunner._run_script

    def timed(self, *args):
        start = time.thread_time()
        run_script(self, *args)
        with open(log, "a") as file:
            file.write(f"{1e3 * (time.thread_time() - start)}\n")

    ScriptRunner._run_script = timed
    sys.argv = ["streamlit", "run", app, "--server.port", port]
    main()


def five_thousand_a_side() -> dict:
    """A CSV with two classes, as a browser uploads it."""
    rng = np.random.default_rng(0)
    rows = [f"{value:.4f},{kind}" for kind, mean in (("P", 0), ("Q", 1)) for value in rng.normal(mean, 2, 5000)]
    text = "\n".join(["value,kind", *rows])
    return {"name": "large.csv", "mimeType": "text/csv", "buffer": text.encode()}


def milliseconds(
    browser, app: Path, path: str, file: dict | None = None, slider: str = "θ: how far|theta", way: int = 2 * STEPS
) -> list[float]:
    """The times of STEPS steps of a slider, each after the page has come to rest; `file` is uploaded first.

    After `way` steps it turns round.
    """
    with tempfile.NamedTemporaryFile() as log:
        port = free_port()
        command = [sys.executable, __file__, log.name, str(app), str(port)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_up(url)
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto(f"{url}/{path}")
            settle(tab)
            if file:
                tab.locator("input[type=file]").set_input_files(file)
                tab.get_by_text("10,000 rows").wait_for()
                settle(tab)
            thumb = tab.get_by_role("slider", name=re.compile(slider)).first
            for step in range(STEPS + 5):
                thumb.press("ArrowLeft" if step // way % 2 else "ArrowRight")
                settle(tab)
            tab.close()
        finally:
            server.terminate()
            server.wait()
        return sorted(map(float, Path(log.name).read_text().split()[-STEPS:]))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY)
        baseline = milliseconds(browser, empty, "")
        step = milliseconds(browser, ROOT / "app.py", "distances")
        views = {name: milliseconds(browser, ROOT / "app.py", f"distances?{link}") for name, link in VIEWS.items()}
        data = "d_p_family=Real+data&d_q_family=Real+data&d_data=Upload+a+CSV"
        large = {
            view: milliseconds(browser, ROOT / "app.py", f"distances?{data}&{link}", five_thousand_a_side())
            for view, link in (("Against θ", "d_guess=KL"), ("The plan", "d_view=The+plan&d_plan_guess=Just+show+me"))
        }
        others = {
            name: milliseconds(browser, ROOT / "app.py", link, slider=slider, way=way)
            for name, (link, slider, way) in OTHERS.items()
        }
    named = {"a page with nothing but a slider": baseline, "Distances, theta never seen before": step}
    named |= {f"Distances, “{view}”": times for view, times in views.items()}
    named |= {f"Distances, 5,000 numbers a side, “{view}”": times for view, times in large.items()} | others
    for name, times in named.items():
        print(f"{name}: median {statistics.median(times):.1f} ms, p95 {times[int(0.95 * STEPS)]:.1f} ms")
    print(f"ratio of the medians: {statistics.median(step) / statistics.median(baseline):.1f}")


if __name__ == "__main__":
    serve(*sys.argv[1:]) if len(sys.argv) > 1 else main()
