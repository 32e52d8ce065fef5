"""The modules of static/ that know no page: imported into one, and asked there."""

import base64

import numpy as np
import pytest

from wgan_demo.plots.message import encode

CALL = """async ({ file, source, values }) => {
  const module = await import(new URL("app/static/" + file, document.baseURI).href)
  return new Function("module", "values", `return (${source})(module, values)`)(module, values)
}"""


@pytest.fixture(scope="module")
def blank(app_url, browser):
    """A tab that shows nothing but can import what the app serves."""
    tab = browser.new_page()
    tab.goto(f"{app_url}/_stcore/health")
    tab.evaluate("base => (document.head.innerHTML = `<base href='${base}/'>`)", app_url)
    yield tab
    tab.close()


@pytest.fixture
def call(blank):
    """call("file.js", "(module, values) => ...", values): what the function gives, with the file's module."""

    def run(file: str, source: str, values=None):
        return blank.evaluate(CALL, {"file": file, "source": source, "values": values})

    return run


UNPACK = """({ decode }, { text, shift }) => {
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const bytes = new Uint8Array(raw.length + shift).subarray(shift) // as a part of something larger
  bytes.set(raw)
  const { header, groups } = decode(bytes)
  const plain = ({ array, shape }) => ({ type: array.constructor.name, values: Array.from(array), shape })
  return { header, groups: groups.map((group) => Object.entries(group).map(([name, it]) => [name, plain(it)])) }
}"""

ARRAYS = {"u1": "Uint8Array", "u2": "Uint16Array", "i4": "Int32Array", "f4": "Float32Array", "f8": "Float64Array"}


@pytest.mark.parametrize("shift", [0, 1, 4])
def test_what_python_packs_javascript_unpacks(call, shift):
    rng = np.random.default_rng(0)
    shapes = [(), (1,), (3,), (0,), (2, 0, 3), (5, 3), (2, 3, 4)]
    groups = [
        {f"{kind}_{i}": (1000 * rng.standard_normal(shape)).astype(kind) for i, shape in enumerate(shapes)}
        for kind in ("f4", "f8", "i4")
    ]
    groups += [{}, {kind: rng.integers(0, 2 ** (8 * int(kind[1])), (7, 3)).astype(kind) for kind in ("u1", "u2")}]
    header = {"film": "ℓ “é” 🌍", "at": None, "runs": [{"kind": "plane"}]}
    text = base64.b64encode(encode(header, groups)).decode()
    found = call("message.js", UNPACK, {"text": text, "shift": shift})
    assert {name: found["header"][name] for name in header} == header
    assert len(found["groups"]) == len(groups)
    for got, group in zip(found["groups"], groups, strict=True):
        assert [name for name, _ in got] == list(group)
        for (_, array), sent in zip(got, group.values(), strict=True):
            assert array["type"] == ARRAYS[f"{sent.dtype.kind}{sent.dtype.itemsize}"]
            assert array["shape"] == list(sent.shape)
            np.testing.assert_array_equal(array["values"], sent.ravel())
