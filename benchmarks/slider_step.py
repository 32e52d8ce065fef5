"""Server time of one slider step on Distances: every theta is new, so nothing is cached for it.

`python benchmarks/slider_step.py`: milliseconds of a script run, against an empty page's (what Streamlit itself takes).
"""

import gc
import statistics
import sys
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
STEPS = 60


def milliseconds(at: AppTest, change) -> list[float]:
    times = []
    gc.collect()
    gc.disable()  # the app runs without a forced collection, so the measurement does
    for i in range(STEPS):
        change(i)
        start = time.perf_counter()
        at.run()
        times.append(1e3 * (time.perf_counter() - start))
        assert not at.exception
    gc.enable()
    return sorted(times)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    empty = AppTest.from_string("import streamlit as st\nst.slider('theta', 0.0, 35.0, key='theta')").run()
    baseline = milliseconds(empty, lambda i: empty.slider(key="theta").set_value(0.5 + i / 2))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page("pages/distances.py").run()
    step = milliseconds(app, lambda i: app.slider(key="d_theta").set_value(round(0.3 + 0.5 * i, 1)))
    for name, times in (("an empty page with a slider", baseline), ("Distances, theta never seen before", step)):
        print(f"{name}: median {statistics.median(times):.1f} ms, p95 {times[int(0.95 * STEPS)]:.1f} ms")
    print(f"ratio of the medians: {statistics.median(step) / statistics.median(baseline):.2f}")


if __name__ == "__main__":
    main()
