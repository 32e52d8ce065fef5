"""The code of a room, which students type, and the key of its lecturer, which nobody does.

A code is six of 20 letters: no vowels, so that it is no word, and no L, which looks like 1 and I. There are 20^6 =
64,000,000 of them. A process answers a wrong code at most `TRIES` times, and once more every `SECONDS` seconds: 40 +
86,400 / 5 = 17,320 wrong codes a day. A given room is found within the day that it lives with a chance of 17,320 in
64,000,000, one in 3,695, and what is found is a room in which one can guess, not steer. A key has 128 random bits, and
only its hash is kept.
"""

import hmac
import time
from collections.abc import Callable
from hashlib import sha256
from secrets import choice, token_urlsafe
from threading import Lock

LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 6
TRIES = 40
SECONDS = 5.0


def new_code() -> str:
    """A code that nobody can foretell."""
    return "".join(choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """The code that is meant: small letters and spaces do not matter. Raises ValueError in one sentence."""
    code = "".join(text.upper().split()).replace("-", "")
    if len(code) != LENGTH or set(code) - set(LETTERS):
        raise ValueError(f"A code has {LENGTH} letters, and none of them is a vowel or an L.")
    return code


def new_key() -> str:
    """What shows that a visitor is the room's lecturer."""
    return token_urlsafe(16)


def hash_of(key: str) -> str:
    """What is kept of a key. It is random, so one round of SHA-256 is enough."""
    return sha256(key.encode()).hexdigest()


def opens(key: str, kept: str) -> bool:
    """The key is the one of which this was kept; how long that takes to say tells nothing."""
    return hmac.compare_digest(hash_of(key), kept)


class Tries:
    """What may be tried only so often in this process: `most` times at once, and once more every `seconds`.

    So many wrong codes are answered.
    """

    def __init__(self, most: int = TRIES, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic):
        self.most, self.seconds, self.clock = most, seconds, clock
        self.left, self.at = float(most), clock()
        self.lock = Lock()

    def any(self) -> bool:
        """One more may be tried."""
        with self.lock:
            return self._left() >= 1

    def used(self) -> None:
        """One was."""
        with self.lock:
            self.left = self._left() - 1

    def _left(self) -> float:
        now = self.clock()
        self.left = min(self.most, self.left + (now - self.at) / self.seconds)
        self.at = now
        return self.left
