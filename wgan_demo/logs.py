"""The log: one JSON object a line, with the id of the run where it is about one; and the errors of the last hour."""

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

NAME = "wgan_demo"  # whose loggers they are
HOUR = 3600.0  # seconds
MOST = 500  # errors that are remembered


class JsonLine(logging.Formatter):
    """time (UTC), level, logger, message; run, page and error with its traceback where there are such."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, whatever it holds."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: vars(record)[name] for name in ("run", "page") if name in vars(record)}
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "trace": self.formatException(record.exc_info)}
        return json.dumps(line, ensure_ascii=False, default=str)


class Fault(NamedTuple):
    """An error as it may be shown to anybody: when (seconds since 1970), where in the program, and of which kind.

    Not what it says, which may be about a visitor's data.
    """

    when: float
    logger: str
    kind: str


class Recent(logging.Handler):
    """Remembers the errors of the last hour, MOST of them at most."""

    def __init__(self, clock: Callable[[], float] = time.time):
        super().__init__(logging.ERROR)
        self._clock, self._faults, self._guard = clock, deque(maxlen=MOST), threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Take it in."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else record.levelname.lower()
        with self._guard:
            self._faults.append(Fault(self._clock(), record.name, kind))

    def faults(self) -> list[Fault]:
        """Those of the last hour, the newest first."""
        since = self._clock() - HOUR
        with self._guard:
            return [fault for fault in reversed(self._faults) if fault.when >= since]


RECENT = Recent()


def configure(level: str) -> None:
    """Write lines of this level and above to stderr, and remember errors. To be called once a process."""
    logger, stream = logging.getLogger(NAME), logging.StreamHandler()
    stream.setFormatter(JsonLine())
    logger.setLevel(level.upper())
    logger.handlers, logger.propagate = [stream, RECENT], False
