// A run on the line, in the place of the square: above, the critic as a curve on the exact potential; below, the
// histogram of the real points, upright, and that of the generated ones, hanging, with the points between them.

const { search } = new URL(import.meta.url)
const [{ shares }, { diamond, dot, triangle }, curves, { AXIS, STRIP, bins, histogram }] = await Promise.all(
  ["./film.js", "./marks.js", "./curves.js", "./histogram.js"].map((file) => import(file + search)),
)

const SCATTER = 0.618034 // points of one place lie at different heights

export const glides = ["fake", "real"]

export function legend({ run: { judge, score, up_to_constant }, look: { colors, shows } }) {
  const filled = shows("interpolates") ? `, filled where |${score}′| > 1` : ""
  const moved = up_to_constant ? ["", ", moved to mean 0"] : [", mean 0", ", on its own scale"]
  return [
    { layer: "real", html: `<i style="color:${colors.real}">●</i>real` },
    { layer: "generated", html: `<i style="color:${colors.fake}">▲</i>generated` },
    { layer: "surface", html: `<i style="color:${colors.critic}">━</i>${judge}’s ${score}${moved[1]}` },
    { layer: "interpolates", html: `<i>◆</i>x̂ on ${score}${filled}` },
    { layer: "potential", html: `<i style="opacity:0.4;letter-spacing:-2px">■■</i>exact potential of W₁${moved[0]}` },
  ]
}

/** The curves, all that is written, and the real points that stay: once a frame. */
export function under(context, scene) {
  const { run, look } = scene
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  curves.draw(context, scene)
  if (run.fixed.real && look.shows("real")) drawReal(context, shares(run.fixed.real), look)
}

/** The generated points and their histogram, and real ones that move: at every frame of the screen. */
export function over(context, scene) {
  const { run, points, look } = scene
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  if (points.real && look.shows("real")) drawReal(context, points.real, look)
  if (look.shows("interpolates")) interpolates(context, scene)
  if (!look.shows("generated")) return
  const real = bins(points.real ?? shares(run.fixed.real))
  histogram(context, bins(points.fake), Math.max(...real), 1, look.colors.fake)
  scatter(context, points.fake, 1, triangle, 2.6)
}

function drawReal(context, real, look) {
  const of = bins(real)
  histogram(context, of, Math.max(...of), -1, look.colors.real)
  scatter(context, real, -1, dot, 2)
}

/** Points in the strip beside the axis, in the direction `way`, each with its mark of radius `r`. */
function scatter(context, points, way, mark, r) {
  const { width: size } = context.canvas
  context.globalAlpha = 0.6
  context.beginPath()
  points.forEach((x, i) => {
    const y = AXIS + way * STRIP * (0.15 + 0.7 * ((i * SCATTER) % 1))
    mark(context, x * size, y * size, r * devicePixelRatio)
  })
  context.fill()
  context.globalAlpha = 1
}

/** x_hat = u x + (1 - u) fake, on the critic's curve: there its slope is measured. */
function interpolates(context, scene) {
  const { frame, points: { fake }, look } = scene
  const { width: size } = context.canvas
  const ends = shares(frame.ends), norms = shares(frame.norms) // halves of slopes
  const heightAt = curves.heights(context, scene)
  context.fillStyle = context.strokeStyle = look.text
  context.lineWidth = devicePixelRatio
  context.globalAlpha = 0.9
  shares(frame.u).forEach((u, i) => {
    const x = fake[i] + (ends[i] - fake[i]) * u
    const y = heightAt(x)
    if (y < 0 || y > curves.TOP * size) return
    context.beginPath()
    diamond(context, x * size, y, 3.5 * devicePixelRatio)
    if (norms[i] > 0.5) context.fill()
    context.stroke()
  })
  context.globalAlpha = 1
}
