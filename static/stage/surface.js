// A function's values over the square, drawn: as heat, as contour lines, and its slopes as arrows.

const { search } = new URL(import.meta.url)
const [{ shares }, { contours }, { roundStep }] = await Promise.all(
  ["./film.js", "./contours.js", "./scales.js"].map((file) => import(file + search)),
)

const LEVELS = 10 // contour lines, at most
const ARROWS = 13 // along each side
const image = document.createElement("canvas")

/** The values of the first field of a frame, row by row from below. */
export function heights({ fields, range: { array: [low, high] } }) {
  return Float32Array.from(shares(fields), (share) => low + share * (high - low))
}

/** What lies between two contour lines. */
export const contourStep = ({ range: { array: [low, high] } }) => roundStep(high - low, LEVELS)

export function heat(context, { fields: { shape: [, side] }, range: { array: [low, high] } }, values, { ramp }) {
  const { width: size } = context.canvas
  image.width = image.height = side
  const small = image.getContext("2d")
  const data = small.createImageData(side, side)
  const pixels = new Uint32Array(data.data.buffer)
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const share = high > low ? (values[row * side + column] - low) / (high - low) : 0
      pixels[(side - 1 - row) * side + column] = ramp[Math.round(255 * share)]
    }
  small.putImageData(data, 0, 0)
  // Values sit at the pixels' centres, and the outer centres on the border of the square.
  const cell = size / (side - 1)
  context.imageSmoothingEnabled = true
  context.drawImage(image, -cell / 2, -cell / 2, size + cell, size + cell)
}

export function lines(context, frame, values, look) {
  const { shape: [, side] } = frame.fields
  const { width: size } = context.canvas
  const cell = size / (side - 1)
  context.strokeStyle = look.text
  context.globalAlpha = look.dark ? 0.3 : 0.25
  context.lineWidth = devicePixelRatio
  context.beginPath()
  for (const [, x1, y1, x2, y2] of contours(values, side, contourStep(frame))) {
    context.moveTo(x1 * cell, size - y1 * cell)
    context.lineTo(x2 * cell, size - y2 * cell)
  }
  context.stroke()
  context.globalAlpha = 1
}

/** Central differences of the surface: uphill for the critic; slope 1 is half as long as arrows are apart. */
export function arrows(context, { fields: { shape: [, side] } }, values, extent, look) {
  const { width: size } = context.canvas
  const scale = devicePixelRatio
  const cell = size / (side - 1), width = (2 * extent) / (side - 1) // of a cell, in pixels and in units of x
  const apart = (side - 1) / ARROWS
  context.strokeStyle = context.fillStyle = look.text
  context.globalAlpha = 0.75
  context.lineWidth = 1.4 * scale
  for (let i = 0; i < ARROWS; i++)
    for (let j = 0; j < ARROWS; j++) {
      const column = Math.round((i + 0.5) * apart), row = Math.round((j + 0.5) * apart)
      const at = row * side + column
      const dx = (values[at + 1] - values[at - 1]) / (2 * width)
      const dy = (values[at + side] - values[at - side]) / (2 * width)
      const norm = Math.hypot(dx, dy)
      const length = Math.min(norm / 2, 1) * apart * cell // two slopes of 1 would touch the next arrow: cut there
      if (length < 2 * scale) continue
      arrow(context, [column * cell, size - row * cell], [dx / norm, -dy / norm], length, Math.min(4 * scale, length / 2))
    }
  context.globalAlpha = 1
}

function arrow(context, [x, y], [ux, uy], length, head) {
  const [sx, sy] = [x - (ux * length) / 2, y - (uy * length) / 2]
  const [ex, ey] = [sx + ux * length, sy + uy * length]
  context.beginPath()
  context.moveTo(sx, sy)
  context.lineTo(ex - ux * head, ey - uy * head)
  context.stroke()
  context.beginPath()
  context.moveTo(ex, ey)
  context.lineTo(ex - head * (ux + 0.6 * uy), ey - head * (uy - 0.6 * ux))
  context.lineTo(ex - head * (ux - 0.6 * uy), ey - head * (uy + 0.6 * ux))
  context.fill()
}
