"""Messages to the browser: what they say of themselves, and what they do not take. The browser reads them in e2e."""

import json

import numpy as np
import pytest

from wgan_demo.plots.message import TYPES, encode


def test_a_message_is_a_header_and_padded_arrays():
    message = encode({"film": "é"}, [{"a": np.arange(3, dtype="u1"), "b": np.array([[1.5]], "f4")}, {}])
    length = int.from_bytes(message[:4], "little")
    assert length % 4 == 0
    assert json.loads(message[4 : 4 + length]) == {
        "film": "é",
        "groups": [[["a", "u1", [3]], ["b", "f4", [1, 1]]], []],
    }
    assert message[4 + length :] == bytes([0, 1, 2, 0]) + np.float32(1.5).tobytes()


def test_arrays_of_another_byte_order_or_layout_are_written_as_they_are_read():
    values = np.arange(6, dtype=">u2").reshape(2, 3).T
    assert encode({}, [{"x": values}]).endswith(np.ascontiguousarray(values, "<u2").tobytes())


@pytest.mark.parametrize("array", [np.zeros(2, "i8"), np.zeros(2, "f2"), np.array(["a"]), np.zeros(1, bool)])
def test_other_types_are_named_and_refused(array):
    with pytest.raises(ValueError, match="norms.*a message takes " + ", ".join(TYPES)):
        encode({}, [{"norms": array}])


def test_a_header_that_json_cannot_say_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        encode({"value": float("nan")}, [])
