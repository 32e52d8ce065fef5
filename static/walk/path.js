// Where the grains are on their way, and how high they lie, so that they look like a pile of sand at every moment.

const CELLS = 256 // of the range, in which the mass is counted
const REACH = 2 // cells to each side that a cell is averaged with
const PASSES = 3 // of averaging: then the pile has no steps
const MOMENTS = Array.from({ length: 9 }, (_, i) => i / 8) // at which a pile is looked at for its greatest height
const GOLDEN = 0.618034 // grains side by side lie at different heights, and all heights are taken alike
const JITTER = 0.07 // but not in rows

/** A number from 0 to 1 for each whole one, without a pattern, and the same at every visit. */
export const noise = (i) => Math.abs(Math.sin(i * 12.9898 + 1) * 43758.5453) % 1

/** The grains when each has gone the share t of its straight way to T(x). */
export const between = (from, plan, t) => from.map((x, i) => x + (plan[i] - x) * t)

/** The height of a pile over `range`: its mass per unit of x, in CELLS cells. */
export function profile(xs, [low, high]) {
  let heights = new Float64Array(CELLS)
  const cell = (high - low) / CELLS
  for (const x of xs) {
    const at = (x - low) / cell - 0.5
    const left = Math.floor(at)
    heights[left] += (left + 1 - at) / (xs.length * cell) // outside of the range nothing is counted
    heights[left + 1] += (at - left) / (xs.length * cell)
  }
  for (let pass = 0; pass < PASSES; pass++) heights = averaged(heights)
  return heights
}

function averaged(heights) {
  const sums = new Float64Array(CELLS)
  for (let i = 0; i < CELLS; i++)
    for (let k = -REACH; k <= REACH; k++) sums[i] += (heights[i + k] ?? 0) / (2 * REACH + 1)
  return sums
}

/** How high the pile gets on its way. */
export const highest = (from, plan, range) =>
  Math.max(...MOMENTS.flatMap((t) => [...profile(between(from, plan, t), range)]))

/** The height at x, straight between the middles of two cells. */
export function heightAt(heights, [low, high], x) {
  const at = ((x - low) / (high - low)) * CELLS - 0.5
  const left = Math.floor(at)
  const [a, b] = [heights[left] ?? 0, heights[left + 1] ?? 0]
  return a + (b - a) * (at - left)
}

/** How high each grain lies in the pile that they all are: at a share of its height that it keeps all the way. */
export function stack(xs, range) {
  const heights = profile(xs, range)
  return xs.map((x, i) => ((i * GOLDEN + JITTER * noise(i)) % 1) * heightAt(heights, range, x))
}
