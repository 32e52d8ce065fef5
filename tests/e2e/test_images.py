"""Pictures on the stage."""

import base64
from dataclasses import replace

import numpy as np

from tests.messages import decode
from wgan_demo.gan import shipped
from wgan_demo.gan.spaces.images import PICTURES
from wgan_demo.plots.stage import Run, pack


def test_pictures_are_packed_and_drawn_each_in_its_place(call):
    newest = shipped.load("digits")
    newest = replace(newest, frames=newest.frames[-1:])
    header = {
        "key": "images", "film": "f", "live": True, "play": False, "start": None, "height": 300, "events": [],
        "layers": ["generated", "pixels"],
    }  # fmt: skip
    message = pack(header, [(Run(newest), newest.frames)])
    described, (group,) = decode(message)
    assert described["runs"][0]["sides"] == [8, 8]
    expected = np.clip((newest.frames[0]["fake"] + 1) / 2, 0, 1)
    np.testing.assert_allclose(group["fake"][0] / 255, expected, atol=0.5 / 255 + 1e-6)
    seen = call("stage/renderers.js", DRAW, base64.b64encode(message).decode())
    ink = 1 - np.array(seen).reshape(PICTURES, 8, 8) / 255  # blue of the page is 255, of the ink 0
    np.testing.assert_allclose(ink, expected[:, 0], atol=0.02)


DRAW = """async ({ RENDERERS }, text) => {
  const { films } = await import(new URL("app/static/stage/film.js", document.baseURI).href)
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const [run] = films(bytes).runs
  const canvas = Object.assign(document.createElement("canvas"), { width: 800, height: 800 })
  const context = canvas.getContext("2d")
  const points = { fake: Float32Array.from(run.frames[0].fake.array, (v) => v / 255) }
  const shows = (layer) => ["generated", "pixels"].includes(layer)
  const look = { page: "#ffffff", colors: { real: "#0000ff", fake: "#ff0000" }, shows }
  RENDERERS.images.over(context, { run, points, look })
  const found = []
  for (let k = 0; k < 64; k++)
    for (let i = 0; i < 64; i++) {
      const side = 94 / 8
      const x = (k % 8) * 100 + ((i % 8) + 0.5) * side, y = Math.floor(k / 8) * 100 + (Math.floor(i / 8) + 0.5) * side
      found.push(context.getImageData(x, y, 1, 1).data[2])
    }
  return found
}"""
