// The critic f as its heights over the places 0, 1, 2, ..., in whole hundredths, so that slope 1 is exact.
// `pull` and `tame` are the same as in wgan_demo/distances/duality.py, which says why they keep f 1-Lipschitz.

export const WINDOW = 600 // hundredths up and down, under the clamp
export const LIMIT = 100000 // without it
const STEP = 10

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high)
export const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0)

/** How far f may go up and down. */
export const reach = (clamped) => (clamped ? WINDOW : LIMIT)

/** The greatest slope of f, 100 for slope 1. */
export const steepest = (f) => Math.max(0, ...f.slice(1).map((height, i) => Math.abs(height - f[i])))

/** E_P f - E_Q f, in units of x. */
export const value = ({ p, q }, f) => (dot(p, f) - dot(q, f)) / 100

/** f with the height v at place k, and the others pulled along as far as slope 1 wants. */
export const pull = (f, k, v) => f.map((height, i) => clamp(height, v - 100 * Math.abs(i - k), v + 100 * Math.abs(i - k)))

/** f with (about) the height `to` at place k. */
export function lift(f, k, to, clamped) {
  const v = clamp(Math.round(to / STEP) * STEP, -reach(clamped), reach(clamped))
  return clamped ? pull(f, k, v) : f.map((old, i) => (i === k ? v : old))
}

/** f divided by its greatest slope where that is above 1, and moved into the window. */
export function tame(f) {
  const s = steepest(f)
  const g = s > 100 ? f.map((height) => Math.floor((200 * height + s) / (2 * s))) : f
  const middle = Math.floor((Math.max(...g) + Math.min(...g)) / 2)
  return Math.max(...g.map(Math.abs)) > WINDOW ? g.map((height) => height - middle) : g
}

/** Half the height of the window that shows f: under the clamp always the same, else doubled as often as it must be. */
export function windowOf(f, clamped) {
  const highest = Math.max(...f.map(Math.abs))
  let half = WINDOW
  while (!clamped && half < Math.min(1.05 * highest, LIMIT)) half *= 2
  return half
}

/** Where an optimal plan moves mass, how much f drops there, and how far that is from |x - y|. */
export const pairsOf = (plan, f) =>
  (plan ?? []).map(([from, to, mass]) => {
    const way = Math.abs(to - from)
    const drop = (f[from] - f[to]) / 100
    const slack = Math.round(100 * (way - drop)) / 100
    return { from, to, mass, way, drop, slack, state: slack > 0 ? "loose" : slack < 0 ? "broken" : "tight" }
  })

/** Heights `g` at `x` of another critic, moved up or down, which means the same, to where its mean is that of f. */
export function level({ p, q }, f, x, g) {
  const weights = p.map((share, i) => (share + q[i]) / 2)
  const at = (place) => {
    const right = x.findIndex((other) => other >= place - 1e-9)
    if (right <= 0 || x[right] - place < 1e-9) return g[Math.max(right, 0)]
    const t = (place - x[right - 1]) / (x[right] - x[right - 1])
    return (1 - t) * g[right - 1] + t * g[right]
  }
  const shift = dot(weights, f) - dot(weights, weights.map((weight, place) => at(place)))
  return x.map((place, i) => [place, g[i] + shift])
}
