// What f gives: its means over P and over Q, its greatest slope, and a bar that fills up to W1.

const { search } = new URL(import.meta.url)
const [{ element }, { tile }, { clamp, dot, steepest, value }, { GAP, mean, number, whole }] = await Promise.all(
  ["../component.js", "../tiles.js", "./heights.js", "./words.js"].map((file) => import(file + search)),
)

export function score({ p, q }, f) {
  const slope = steepest(f) / 100
  const says = slope > 1 ? "✗ steeper than 1" : slope === 1 ? "✓ taut" : "✓ at most 1"
  return [
    tile("source", mean("P"), number(dot(p, f) / 100), "mean over P"),
    tile("target", mean("Q"), number(dot(q, f) / 100), "mean over Q"),
    tile(slope > 1 ? "bad" : "", "Greatest slope", number(slope), says),
  ]
}

/** The bar: W1 is at 80 % of it, so that a critic that is no longer 1-Lipschitz can be seen to go beyond. */
export function meter(data, f) {
  const { w1 } = data
  const now = value(data, f)
  const same = w1 < 1e-9
  const share = same ? 1 : now / w1
  const reached = Math.abs(share - 1) < 1e-9, over = share > 1 + 1e-9
  const fill = element("div", over ? "fill over" : reached ? "fill full" : "fill")
  fill.style.width = `${clamp(over ? 100 : 80 * share, 0, 100)}%`
  const goal = element("div", "goal", element("span", "", `W₁ = ${number(w1)}`))
  const track = element("div", "track", fill, goal, element("span", "end", over ? "▶" : ""))
  track.setAttribute("role", "img")
  track.setAttribute("aria-label", `${GAP} is ${number(now)}, W₁ is ${number(w1)}.`)
  const gap = [mean("P"), " − ", mean("Q"), " = ", element("b", "value", number(now)), " "]
  const amount = element("div", "amount", ...gap, element("span", "share", same ? "" : whole(share)))
  return [amount, track, element("div", over ? "words over" : "words", words(now, w1, f))]
}

const missing = (steps) => `${steps} ${steps === "1" ? "step is" : "steps are"} missing.`

function words(now, w1, f) {
  if (w1 < 1e-9) return "P = Q: every f gives 0."
  const share = now / w1
  if (share > 1 + 1e-9) return `${number(share)} × W₁: not a distance. Without the clamp any number can be reached.`
  if (share > 1 - 1e-9)
    return steepest(f) > 100 ? "As much as W₁, but not under the clamp." : "✓ As high as it goes: this is W₁."
  return now < -1e-9 ? "Below 0: f is higher over Q than over P." : missing(number(w1 - now))
}
