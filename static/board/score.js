// The three tiles above the board: the cost so far, the optimum, and how far the plan is above it.

const { search } = new URL(import.meta.url)
const [{ tile }, { cost, count, parse }, { number, small }] = await Promise.all(
  ["../tiles.js", "./plan.js", "./words.js"].map((file) => import(file + search)),
)

/** The tiles for a problem with its `optimum`, which is hidden until it was `seen`. */
export function score(problem, { placed, moves }, seen) {
  const total = placed.length
  const done = total - count(placed, null)
  const finished = done === total
  const work = cost(problem, placed), least = cost(problem, parse(problem.optimum))
  const each = number(least / total)
  const emd = problem.p === 1 ? `EMD ${each} ${least === total ? "step" : "steps"}` : `${each} per box` // p = 1: W1
  const below = finished ? `${number(work / total)} per box` : `${done} of ${total} placed`
  return [
    tile("cost", `Cost, ${problem.unit}`, number(work), below),
    tile("least", "Cheapest (optimum)", seen ? number(least) : "?", seen ? emd : "hidden for now"),
    finished ? above(Math.max(0, work - least), moves) : tile("above ", "Above cheapest", "–", "place all boxes"),
  ]
}

function above(excess, moves) {
  const optimal = excess < 1e-9
  const verdict = optimal ? "none is cheaper" : "not the cheapest"
  const below = moves === null ? verdict : `in ${moves} ${moves === 1 ? "move" : "moves"}`
  const text = optimal ? "0" : `+${small(excess)}` // rounding must not show as -0
  return tile(`above ${optimal ? "good" : "bad"}`, "Above cheapest", text, below)
}
