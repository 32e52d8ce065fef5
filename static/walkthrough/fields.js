// f over the square, or as a curve over the line, drawn once for each moment: before, after, last, and its change.

const { search } = new URL(import.meta.url)
const [{ contourStep, heat, lines }, { ramp, rgb }] = await Promise.all(
  ["../stage/surface.js", "../stage/look.js"].map((file) => import(file + search)),
)

const VALUES = ["before", "after", "last"]

/** The least and the greatest value: of f at all moments, and of its change, as far below 0 as above. */
export function ranges(surfaces) {
  const f = VALUES.flatMap((name) => Array.from(surfaces[name].array))
  const most = surfaces.change.array.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return { f: [Math.min(...f), Math.max(...f)], change: [-most, most] }
}

/** A canvas of `size` pixels for each surface (rows, columns). */
export function fields(surfaces, size, look) {
  const { f, change } = ranges(surfaces)
  const changes = { ...look, ramp: ramp(...[look.colors.accent, look.page, look.colors.critic].map(rgb)) }
  return Object.fromEntries(
    Object.entries(surfaces).map(([name, { array, shape: [rows, side] }]) => {
      const canvas = document.createElement("canvas")
      canvas.width = canvas.height = size
      const context = canvas.getContext("2d")
      const range = name === "change" ? change : f
      const values = rows === side ? array : Float32Array.from({ length: side * side }, (_, i) => array[i % side])
      const frame = { fields: { shape: [rows, side] }, range: { array: range } }
      heat(context, frame, values, name === "change" ? changes : look)
      if (rows === side) lines(context, frame, values, look)
      else curve(context, array, range, look)
      return [name, canvas]
    }),
  )
}

/** The values as a curve over the whole picture, and a line at 0 where it is in sight. */
function curve(context, values, [low, high], { colors: { critic }, text }) {
  const { width: size } = context.canvas
  const y = (value) => size * (0.92 - (0.84 * (value - low)) / (high - low || 1))
  context.lineWidth = 3 * devicePixelRatio
  context.strokeStyle = critic
  context.beginPath()
  values.forEach((value, i) => context.lineTo((i / (values.length - 1)) * size, y(value)))
  context.stroke()
  if (low > 0 || high < 0) return
  context.lineWidth = devicePixelRatio
  context.strokeStyle = text
  context.globalAlpha = 0.4
  context.beginPath()
  context.moveTo(0, y(0))
  context.lineTo(size, y(0))
  context.stroke()
}

/** How far apart the lines are at a piece that shows this surface. */
export const apart = (surfaces, name) => {
  const { f, change } = ranges(surfaces)
  return Number(contourStep({ range: { array: name === "change" ? change : f } }).toPrecision(1))
}
