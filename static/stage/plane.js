// A run in the plane: the critic's values as a surface over a square, real and generated points on it.

const { search } = new URL(import.meta.url)
const [
  { shares },
  { labels },
  { diamond, dot, triangle },
  { arrows, contourStep, heights, heat, lines },
] = await Promise.all(
  [
    "./film.js", "./scales.js", "./marks.js", "./surface.js",
  ].map((file) => import(file + search)),
)

export const glides = ["fake", "real"]

export function legend({ run: { judge, score }, frame, look: { colors, shows } }) {
  const every = shows("surface") ? `, a line every ${Number(contourStep(frame).toPrecision(1))}` : ""
  const filled = shows("interpolates") ? `, filled where ‖∇${score}‖ > 1` : ""
  const title = "Uphill on the surface; slope 1 is half as long as the arrows are apart, 2 and more as long"
  return [
    { layer: "real", html: `<i style="color:${colors.real}">●</i>real` },
    { layer: "generated", html: `<i style="color:${colors.fake}">▲</i>generated` },
    { layer: "surface", html: `<i style="color:${colors.critic}">■</i>${judge}’s value ${score}: green is high${every}` },
    { layer: "arrows", html: `<i>➚</i>slope ∇${score}`, title },
    { layer: "interpolates", html: `<i>◆</i>x̂ on its line${filled}` },
  ]
}

export function under(context, { run, frame, look }) {
  const { width: size } = context.canvas
  const values = heights(frame)
  context.clearRect(0, 0, size, size)
  if (look.shows("surface")) {
    heat(context, frame, values, look)
    lines(context, frame, values, look)
  }
  axes(context, run, look)
  if (run.fixed.real && look.shows("real")) drawReal(context, shares(run.fixed.real), look)
  if (look.shows("arrows")) arrows(context, frame, values, run.extent, look)
}

export function over(context, scene) {
  const { points, look } = scene
  const { width: size } = context.canvas
  context.clearRect(0, 0, size, size)
  if (points.real && look.shows("real")) drawReal(context, points.real, look)
  if (look.shows("interpolates")) interpolates(context, scene)
  if (!look.shows("generated")) return
  context.fillStyle = look.colors.fake
  context.beginPath()
  for (let i = 0; i < points.fake.length; i += 2)
    triangle(context, points.fake[i] * size, (1 - points.fake[i + 1]) * size, 3.2 * devicePixelRatio)
  context.fill()
}

function drawReal(context, real, look) {
  const { width: size } = context.canvas
  context.fillStyle = look.colors.real
  context.globalAlpha = 0.8
  context.beginPath()
  for (let i = 0; i < real.length; i += 2) dot(context, real[i] * size, (1 - real[i + 1]) * size, 2.6 * devicePixelRatio)
  context.fill()
  context.globalAlpha = 1
}

/** x_hat = u x + (1 - u) fake, each on the line from its generated point to a real one. */
function interpolates(context, { frame, points: { fake }, look }) {
  const { width: size } = context.canvas
  const ends = shares(frame.ends), norms = shares(frame.norms) // halves of slopes
  const marks = [new Path2D(), new Path2D()] // flatter than 1, steeper
  context.strokeStyle = context.fillStyle = look.text
  context.lineWidth = devicePixelRatio
  context.globalAlpha = 0.35
  context.beginPath()
  shares(frame.u).forEach((u, i) => {
    const x = [fake[2 * i] * size, ends[2 * i] * size]
    const y = [(1 - fake[2 * i + 1]) * size, (1 - ends[2 * i + 1]) * size]
    context.moveTo(x[0], y[0])
    context.lineTo(x[1], y[1])
    const [px, py] = [x, y].map(([from, to]) => from + (to - from) * u)
    diamond(marks[Number(norms[i] > 0.5)], px, py, 3.5 * devicePixelRatio)
  })
  context.stroke()
  context.globalAlpha = 0.9
  context.fill(marks[1])
  for (const mark of marks) context.stroke(mark)
  context.globalAlpha = 1
}

/** Numbers and names along both sides; where points have no `heights` of their own, along the lower one alone. */
export function axes(context, { extent, axes, heights = true }, look) {
  const { width: size } = context.canvas
  const scale = devicePixelRatio
  context.fillStyle = look.text
  context.font = look.font
  context.globalAlpha = 0.75
  for (const v of labels(extent)) {
    const at = ((v / extent + 1) / 2) * size
    const whole = Math.abs(v) < extent - 0.2 // at the very edge a label would be cut
    context.textAlign = "center"
    if (whole) context.fillText(`${v}`, at, size - 6 * scale)
    context.fillRect(at - scale / 2, size - 4 * scale, scale, 4 * scale)
    if (!heights) continue
    context.textAlign = "left"
    if (whole) context.fillText(`${v}`, 6 * scale, size - at + 4 * scale)
    context.fillRect(0, size - at - scale / 2, 4 * scale, scale)
  }
  context.textAlign = "right"
  context.fillText(axes[0], size - 8 * scale, size - 22 * scale)
  context.textAlign = "left"
  context.fillText(axes[1], 8 * scale, 16 * scale)
  context.globalAlpha = 1
}
