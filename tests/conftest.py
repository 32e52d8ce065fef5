"""Tests run beside each other: one thread each, and no deadlines, as how long an example takes says how busy the
machine is, not how right the code is.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when numpy or torch is first imported

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
