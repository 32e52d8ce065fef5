// The critic on the line as a curve on the exact potential. One unit of x upwards is as long in all frames of a film, so
// that slope 1 has one angle: the axis reaches from -run.reach to run.reach extents. A score with a scale of its own has
// an axis of its own, at the right.

const { search } = new URL(import.meta.url)
const [{ shares }, { labels, roundUp }, { AXIS }] = await Promise.all(
  ["./film.js", "./scales.js", "./histogram.js"].map((file) => import(file + search)),
)

export const TOP = 0.46 // where the curves end, as a share of the picture's side
const SLOPE = "slope 1"

/** What a frame's curves are drawn by: where 0 is, and how many pixels are one unit of x, and one of the critic's. */
function measures({ canvas: { width: size } }, { run, frame }) {
  const zero = (TOP / 2) * size
  const unit = zero / (run.reach * run.extent)
  const most = Math.max(...frame.range.array.slice(0, 2).map(Math.abs))
  const own = run.up_to_constant ? 0 : roundUp(most) // that much of its own is 0.9 of half the height
  return { size, scale: devicePixelRatio, zero, unit, own, ofCritic: own ? (0.9 * zero) / own : unit }
}

/** Heights of a frame's curve `i`: 0 is the critic's, 1 the potential's. */
function values({ frame: { fields, range } }, i) {
  const [, places] = fields.shape
  const [low, high] = range.array.subarray(2 * i, 2 * i + 2)
  return shares(fields).subarray(i * places, (i + 1) * places).map((share) => low + share * (high - low))
}

/** The critic's curve as pixels from the top, at any x from 0 to 1. */
export function heights(context, scene) {
  const { zero, ofCritic } = measures(context, scene)
  const y = values(scene, 0).map((value) => zero - value * ofCritic)
  return (x) => {
    const at = x * (y.length - 1), k = Math.min(Math.floor(at), y.length - 2)
    return y[k] + (y[k + 1] - y[k]) * (at - k)
  }
}

export function draw(context, scene) {
  const { run, look } = scene
  const all = measures(context, scene)
  const { size, scale, unit, ofCritic, zero } = all
  const critic = values(scene, 0)
  axes(context, scene, all)
  context.save()
  context.beginPath()
  context.rect(0, 0, size, TOP * size)
  context.clip()
  const { text, colors: { critic: green } } = look
  if (look.shows("potential")) curve(context, values(scene, 1), all, unit, { color: text, width: 6 * scale, alpha: 0.3 })
  if (look.shows("surface")) curve(context, critic, all, ofCritic, { color: green, width: 2.5 * scale, alpha: 1 })
  context.restore()
  if (look.shows("surface")) leaving(context, critic.map((value) => zero - value * ofCritic), run.score, all, look.text)
}

function curve(context, values, { size, zero }, unit, { color, width, alpha }) {
  context.beginPath()
  values.forEach((value, i) => context.lineTo((i / (values.length - 1)) * size, zero - value * unit))
  context.strokeStyle = color
  context.lineWidth = width
  context.lineJoin = "round"
  context.globalAlpha = alpha
  context.stroke()
  context.globalAlpha = 1
}

function write(context, words, x, y, align) {
  context.textAlign = align
  context.fillText(words, x, y)
}

function axes(context, { run: { extent, axes, units, score }, look }, { size, scale, zero, unit, own }) {
  context.fillStyle = context.strokeStyle = look.text
  context.font = look.font
  context.lineWidth = scale
  for (const [y, alpha] of [[TOP * size, 0.3], [zero, 0.25], [AXIS * size, 0.5]]) {
    context.globalAlpha = alpha
    context.beginPath()
    context.moveTo(0, y)
    context.lineTo(size, y)
    context.stroke()
  }
  context.globalAlpha = 0.75
  for (const v of labels(extent)) {
    const x = ((v / extent + 1) / 2) * size, y = zero - v * unit
    context.fillRect(x - scale / 2, size - 4 * scale, scale, 4 * scale)
    if (Math.abs(v) < extent - 0.2) write(context, `${v}`, x, size - 6 * scale, "center")
    if (y < 24 * scale || y > TOP * size - 6 * scale) continue
    context.fillRect(0, y - scale / 2, 4 * scale, scale)
    write(context, `${v}`, 6 * scale, y + 4 * scale, "left")
  }
  if (own)
    for (const share of [-0.9, 0, 0.9]) {
      const y = zero - share * zero
      context.fillRect(size - 4 * scale, y - scale / 2, 4 * scale, scale)
      write(context, `${Number(((share / 0.9) * own).toPrecision(1))}`, size - 6 * scale, y + 4 * scale, "right")
    }
  write(context, own ? `potential, ${units[0]}` : `f and potential, ${units[0]}`, 8 * scale, 16 * scale, "left")
  if (own) write(context, `${score}, its own scale`, size - 44 * scale, 16 * scale, "right")
  write(context, axes[0], size - 8 * scale, size - 22 * scale, "right")
  slope(context, extent, { size, scale, unit, own })
}

/** A triangle whose long side has slope 1, in units of x per unit of x. */
function slope(context, extent, { size, scale, unit, own }) {
  const x = (own ? 0.9 : 0.97) * size, y = TOP * size - 8 * scale
  const width = size / 8, height = (extent / 4) * unit // of a quarter of the extent
  context.beginPath()
  context.moveTo(x - width, y)
  context.lineTo(x, y)
  context.lineTo(x, y - height)
  context.closePath()
  context.stroke()
  write(context, own ? `${SLOPE} of the potential` : SLOPE, x - width - 4 * scale, y, "right")
}

/** That the critic's curve leaves, at the border by which it does, on the side where it is farther from these words. */
function leaving(context, heights, score, { size, scale }, color) {
  const words = `${score} leaves the picture`
  const half = context.measureText(words).width / 2, slope = context.measureText(SLOPE).width
  context.fillStyle = color
  for (const [leaves, y, end] of [
    [Math.min(...heights) < 0, 32 * scale, size - 8 * scale],
    [Math.max(...heights) > TOP * size, TOP * size - 8 * scale, 0.845 * size - slope - 12 * scale],
  ]) {
    if (!leaves) continue
    const distance = (x) => Math.abs(heights[Math.round((x / size) * (heights.length - 1))] - y)
    const [left, right] = [24 * scale + half, end - half]
    const x = distance(left) > distance(right) ? left : right
    context.globalCompositeOperation = "destination-out" // a curve gives way to the words
    context.globalAlpha = 1
    context.lineWidth = 5 * scale
    context.textAlign = "center"
    context.strokeText(words, x, y)
    context.globalCompositeOperation = "source-over"
    context.globalAlpha = 0.75
    context.fillText(words, x, y)
  }
  context.globalAlpha = 1
}
