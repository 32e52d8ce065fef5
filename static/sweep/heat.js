// A plan as shades: a cell for each pair of bins, as opaque as "cells" say, 0 to 255.

/** Where the image of the cells of this place lies, and its address; `at(x, y)` gives pixels. */
export function shades(arrays, place, color, at) {
  const { x: xs, y: ys } = arrays, rows = ys.length - 1
  const [left, bottom] = at(xs[0], ys[0]), [right, top] = at(xs.at(-1), ys.at(-1))
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(right - left)
  canvas.height = Math.round(bottom - top)
  const across = Array.from(xs, (x) => Math.round(at(x, 0)[0] - left))
  const down = Array.from(ys, (y) => Math.round(at(0, y)[1] - top))
  const ink = canvas.getContext("2d")
  ink.fillStyle = color
  arrays[`cells ${place}`].forEach((opacity, cell) => {
    if (!opacity) return
    const i = Math.floor(cell / rows), j = cell % rows
    ink.globalAlpha = opacity / 255
    ink.fillRect(across[i], down[j + 1], Math.max(1, across[i + 1] - across[i]), Math.max(1, down[j] - down[j + 1]))
  })
  return { x: left, y: top, width: right - left, height: bottom - top, href: canvas.toDataURL() }
}
