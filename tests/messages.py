"""Messages to the browser, read in Python as static/message.js reads them."""

import json
from math import prod

import numpy as np


def decode(message: bytes) -> tuple[dict, list[dict[str, np.ndarray]]]:
    """The header of a message of plots/message.py, and its groups of arrays."""
    at = 4 + int.from_bytes(message[:4], "little")
    header, groups = json.loads(message[4:at]), []
    for described in header.pop("groups"):
        groups.append({})
        for name, kind, shape in described:
            groups[-1][name] = np.frombuffer(message, f"<{kind}", prod(shape), at).reshape(shape)
            at += groups[-1][name].nbytes
            at += -at % 4
    assert at == len(message)
    return header, groups
