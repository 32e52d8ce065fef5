"""Arrays on their way to the browser: a message is a JSON header and raw numbers (static/message.js reads it)."""

import json
from collections.abc import Mapping, Sequence

import numpy as np

TYPES = ("u1", "u2", "f4", "i4", "f8")


def encode(header: Mapping, groups: Sequence[Mapping[str, np.ndarray]]) -> bytes:
    """The bytes of a header of plain values and of groups of arrays by name, all little-endian.

    First come a uint32, the length of the JSON header, and the header, padded with spaces to a multiple of 4 bytes;
    then every array, raw and in C order, each padded with zeros to a multiple of 4. The header gets "groups": for each
    array [name, type, shape] in the order of the arrays.

    Raises ValueError for an array whose type is not one of TYPES, and for a header with NaN or infinity.
    """
    described = [[[name, _type(name, array), array.shape] for name, array in group.items()] for group in groups]
    text = json.dumps({**header, "groups": described}, allow_nan=False).encode()
    text += b" " * (-len(text) % 4)
    parts = [len(text).to_bytes(4, "little"), text]
    for group in groups:
        for array in group.values():
            raw = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
            parts += [raw, bytes(-len(raw) % 4)]
    return b"".join(parts)


def _type(name: str, array: np.ndarray) -> str:
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    if kind not in TYPES:
        raise ValueError(f"“{name}” holds {array.dtype}; a message takes {', '.join(TYPES)}.")
    return kind
