// A run on the line, in the place of the stage's square: above, the critic as a curve on the exact potential; below, the
// histogram of the real points, upright, and that of the generated ones, hanging, with the points between them. Heights
// are shares of the picture's side; one unit of x upwards is as long in all frames of a film, so that slope 1 has one
// angle: the curves' axis reaches from -run.reach to run.reach extents.

const BINS = 48
const TOP = 0.46 // where the curves end
const AXIS = 0.71, STRIP = 0.026, DEEPEST = 0.19 // the points' axis, the room of the points and of a histogram beside it
const SCATTER = 0.618034 // points of one place lie at different heights
const SLOPE = "slope 1"

/** What the legend says, in the order of the stage's layers; an empty text has no button. */
export function legend({ owner, run }) {
  const { real, fake, critic } = owner.header.colors
  const { judge, score } = run
  return [
    `<i style="color:${real}">●</i>real`,
    `<i style="color:${fake}">▲</i>generated`,
    `<i style="color:${critic}">━</i>${judge}’s ${score}${run.up_to_constant ? ", moved to mean 0" : ", on its own scale"}`,
    "",
    `<i>◆</i>x̂ on ${score}${owner.shows("interpolates") ? `, filled where |${score}′| > 1` : ""}`,
    `<i style="opacity:0.4;letter-spacing:-2px">■■</i>exact potential of W₁${run.up_to_constant ? "" : ", mean 0"}`,
  ]
}

const zeroAt = (size) => (TOP / 2) * size
const perScore = (size, own) => (0.9 * zeroAt(size)) / own // pixels of one unit of a score with a scale of its own

/** The curves, the real points and all that is written: once a frame. */
export function drawUnder(picture) {
  const { under: context, owner, frame, run } = picture
  const size = context.canvas.width, scale = devicePixelRatio
  const [critic, potential] = [0, 1].map((i) => {
    const [low, high] = frame.range[i]
    return Float64Array.from(frame.surface.subarray(i * run.grid, (i + 1) * run.grid), (v) => low + (v / 65535) * (high - low))
  })
  const unit = zeroAt(size) / (run.reach * run.extent) // pixels of one unit of x upwards
  const own = run.up_to_constant ? 0 : roundUp(Math.max(...frame.range[0].map(Math.abs))) // half the height for a score
  context.clearRect(0, 0, size, size)
  writeAxes(picture, size, scale, unit, own)
  context.save()
  context.beginPath()
  context.rect(0, 0, size, TOP * size)
  context.clip()
  if (owner.shows("potential")) curve(context, potential, size, unit, owner.text, 6 * scale, 0.3)
  if (owner.shows("surface"))
    curve(context, critic, size, own ? perScore(size, own) : unit, owner.header.colors.critic, 2.5 * scale, 1)
  context.restore()
  picture.heights = Array.from(critic, (value) => zeroAt(size) - value * (own ? perScore(size, own) : unit))
  if (owner.shows("surface")) writeLeaving(context, picture.heights, run.score, size, scale, owner.text)
  if (!owner.shows("real")) return
  const shares = bins(run.points, 65535)
  histogram(context, shares, Math.max(...shares), -1, owner.header.colors.real)
  context.globalAlpha = 0.6
  context.beginPath()
  for (let i = 0; i < run.points.length; i++) {
    const x = (run.points[i] / 65535) * size, y = (AXIS - STRIP * (0.15 + 0.7 * ((i * SCATTER) % 1))) * size
    context.moveTo(x, y)
    context.arc(x, y, 2 * scale, 0, 7)
  }
  context.fill()
  context.globalAlpha = 1
}

/** The generated points and their histogram: at every frame of the screen. */
export function drawOver(picture) {
  const { over: context, owner, run, points } = picture
  const size = context.canvas.width
  const r = 2.6 * devicePixelRatio
  context.clearRect(0, 0, size, size)
  if (owner.shows("interpolates")) drawInterpolates(picture, size)
  if (!owner.shows("generated")) return
  const tallest = Math.max(...bins(run.points, 65535))
  histogram(context, bins(points, 1), tallest, 1, owner.header.colors.fake)
  context.globalAlpha = 0.6
  context.beginPath()
  for (let i = 0; i < points.length; i++) {
    const x = points[i] * size, y = (AXIS + STRIP * (0.15 + 0.7 * ((i * SCATTER) % 1))) * size
    context.moveTo(x, y - r)
    context.lineTo(x + 0.87 * r, y + 0.6 * r)
    context.lineTo(x - 0.87 * r, y + 0.6 * r)
  }
  context.fill()
  context.globalAlpha = 1
}

/** x_hat = u x + (1 - u) fake, on the critic's curve: there its slope is measured. */
function drawInterpolates({ over: context, owner, frame, points, heights }, size) {
  const r = 3.5 * devicePixelRatio
  context.fillStyle = context.strokeStyle = owner.text
  context.lineWidth = devicePixelRatio
  context.globalAlpha = 0.9
  frame.u.forEach((share, i) => {
    const x = points[i] + (frame.ends[i] / 65535 - points[i]) * (share / 65535)
    const at = x * (heights.length - 1), k = Math.min(Math.floor(at), heights.length - 2)
    const y = heights[k] + (heights[k + 1] - heights[k]) * (at - k)
    if (y < 0 || y > TOP * size) return
    context.beginPath()
    for (const [dx, dy] of [[0, -r], [r, 0], [0, r], [-r, 0]]) context.lineTo(x * size + dx, y + dy)
    context.closePath()
    if (frame.norms[i] > 65535 / 2) context.fill()
    context.stroke()
  })
  context.globalAlpha = 1
}

/** The share of the points in each of BINS parts of the line; the outer parts take what lies beyond. */
function bins(points, whole) {
  const shares = new Float64Array(BINS)
  for (const x of points) shares[Math.max(0, Math.min(BINS - 1, Math.floor((x / whole) * BINS)))] += 1 / points.length
  return shares
}

/** Filled and outlined, away from the axis in the direction `way`; what is taller than the room is cut. */
function histogram(context, shares, tallest, way, color) {
  const size = context.canvas.width
  const start = (AXIS + way * STRIP) * size
  const height = (share) => way * Math.min(1, share / (1.15 * tallest)) * DEEPEST * size
  context.beginPath()
  context.moveTo(0, start)
  shares.forEach((share, i) => {
    context.lineTo((i / BINS) * size, start + height(share))
    context.lineTo(((i + 1) / BINS) * size, start + height(share))
  })
  context.lineTo(size, start)
  context.fillStyle = context.strokeStyle = color
  context.lineWidth = 1.2 * devicePixelRatio
  context.globalAlpha = 0.4
  context.fill()
  context.globalAlpha = 1
  context.stroke()
}

function curve(context, values, size, unit, color, width, alpha) {
  context.beginPath()
  values.forEach((value, i) => context.lineTo((i / (values.length - 1)) * size, zeroAt(size) - value * unit))
  context.strokeStyle = color
  context.lineWidth = width
  context.lineJoin = "round"
  context.globalAlpha = alpha
  context.stroke()
  context.globalAlpha = 1
}

/** The next of 1, 2, 5 times a power of ten. */
function roundUp(value) {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((m) => m * power).find((v) => v >= value * (1 - 1e-9))
}

function writeAxes({ under: context, owner, box, run }, size, scale, unit, own) {
  const { extent, axes, units, score } = run
  const zero = zeroAt(size)
  const step = extent > 3 ? Math.ceil(extent / 3) : 1
  const text = (words, x, y, align) => {
    context.textAlign = align
    context.fillText(words, x, y)
  }
  context.fillStyle = context.strokeStyle = owner.text
  context.font = `${12 * scale}px ${getComputedStyle(box).fontFamily}`
  context.lineWidth = scale
  for (const [y, alpha] of [[TOP * size, 0.3], [zero, 0.25], [AXIS * size, 0.5]]) {
    context.globalAlpha = alpha
    context.beginPath()
    context.moveTo(0, y)
    context.lineTo(size, y)
    context.stroke()
  }
  context.globalAlpha = 0.75
  for (let v = -Math.floor(extent / step) * step; v <= extent; v += step) {
    const x = ((v / extent + 1) / 2) * size, y = zero - v * unit
    context.fillRect(x - scale / 2, size - 4 * scale, scale, 4 * scale)
    if (Math.abs(v) < extent - 0.2) text(`${v}`, x, size - 6 * scale, "center")
    if (y < 24 * scale || y > TOP * size - 6 * scale) continue
    context.fillRect(0, y - scale / 2, 4 * scale, scale)
    text(`${v}`, 6 * scale, y + 4 * scale, "left")
  }
  if (own)
    for (const share of [-0.9, 0, 0.9]) {
      const y = zero - share * zero
      context.fillRect(size - 4 * scale, y - scale / 2, 4 * scale, scale)
      text(`${Number(((share / 0.9) * own).toPrecision(1))}`, size - 6 * scale, y + 4 * scale, "right")
    }
  text(own ? `potential, ${units[0]}` : `f and potential, ${units[0]}`, 8 * scale, 16 * scale, "left")
  if (own) text(`${score}, its own scale`, size - 44 * scale, 16 * scale, "right")
  text(`${axes[0]}`, size - 8 * scale, size - 22 * scale, "right")
  drawSlope(context, size, scale, unit, extent, (own ? 0.9 : 0.97) * size, own ? "slope 1 of the potential" : SLOPE, text)
}

/** That the critic's curve leaves, at the border by which it does, on the side where it is farther from these words. */
function writeLeaving(context, heights, score, size, scale, color) {
  const words = `${score} leaves the picture`
  const half = context.measureText(words).width / 2, slope = context.measureText(SLOPE).width
  context.fillStyle = color
  context.textAlign = "center"
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
    context.strokeText(words, x, y)
    context.globalCompositeOperation = "source-over"
    context.globalAlpha = 0.75
    context.fillText(words, x, y)
  }
  context.globalAlpha = 1
}

/** A triangle whose long side has slope 1, in units of x per unit of x. */
function drawSlope(context, size, scale, unit, extent, x, words, text) {
  const run = extent / 4
  const width = (run / extent / 2) * size, height = run * unit
  const y = TOP * size - 8 * scale
  context.beginPath()
  context.moveTo(x - width, y)
  context.lineTo(x, y)
  context.lineTo(x, y - height)
  context.closePath()
  context.stroke()
  text(words, x - width - 4 * scale, y, "right")
}
