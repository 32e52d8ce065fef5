"""The process beside the app in which one host lives.

`python -m wgan_demo.engine.worker OPTIONS` serves a host over stdin and stdout until stdin ends, which is when the app
ends, however it ends. OPTIONS are those of Host, as JSON.
"""

import gc
import json
import os
import pickle
import sys

from wgan_demo import logs
from wgan_demo.engine.links import HostActor
from wgan_demo.environment import Environment


def main() -> None:
    """Requests are pickled (name, *args); the first answer comes unasked and says that the host is there."""
    logs.configure(Environment.read().log)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever prints must not fall among the answers
    actor = HostActor(json.loads(sys.argv[1]))
    gc.freeze()  # torch stays: to look through it for garbage took .2 s each time
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    answer = (True, None)
    try:
        while True:
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
            answer = actor.call(*pickle.load(requests))
    except (EOFError, OSError):
        os._exit(0)  # at once, in the middle of a step


if __name__ == "__main__":
    main()
