// Two piles of sand on the line, grain by grain, the plans that carry one into the other, and what they cost.

const HALVINGS = 40 // of a stretch, until a grain's place in it is known

/** The mass left of z in a bump of density 15/16 (1 - z²)² from -1 to 1. */
const below = (z) => (z <= -1 ? 0 : z >= 1 ? 1 : (8 + 15 * z - 10 * z ** 3 + 3 * z ** 5) / 16)

/** Where bumps, each [place, half its width, share of the mass], begin and end. */
export const ends = (bumps) => [
  Math.min(...bumps.map(([place, half]) => place - half)),
  Math.max(...bumps.map(([place, half]) => place + half)),
]

/** n grains of equal mass in the shape of the bumps, from left to right: each in the middle of its n-th of the mass. */
export function grains(bumps, n) {
  const mass = (x) => bumps.reduce((sum, [place, half, share]) => sum + share * below((x - place) / half), 0)
  return Float64Array.from({ length: n }, (_, i) => {
    let [low, high] = ends(bumps)
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2
      if (mass(middle) < (i + 0.5) / n) low = middle
      else high = middle
    }
    return (low + high) / 2
  })
}

/**
 * Plans by name: T(x) for each grain of `from`, as many grains as `to` has. On the line the plan that keeps the order is
 * a cheapest one (tests/e2e/test_home.py asks POT); in the other one what shall lie on the left comes from the right.
 */
export const PLANS = {
  cheapest: (from, to) => match(from, to, (rank) => rank),
  swapped(from, to) {
    const middle = (Math.min(...to) + Math.max(...to)) / 2
    const left = to.filter((x) => x < middle).length
    return match(from, to, (rank, n) => (rank + left) % n)
  },
}

/** The grain of this rank from the left goes where the one of rank `goes(rank, n)` lies. */
function match(from, to, goes) {
  const n = from.length
  const sorted = Float64Array.from(to).sort()
  const plan = new Float64Array(n)
  Uint32Array.from(from, (_, i) => i)
    .sort((i, j) => from[i] - from[j])
    .forEach((grain, rank) => (plan[grain] = sorted[goes(rank, n)]))
  return plan
}

/** The mean of |T(x) - x|, in units of x. */
export const cost = (from, plan) => from.reduce((sum, x, i) => sum + Math.abs(plan[i] - x), 0) / from.length

/** The longest way of a grain. */
export const farthest = (from, plan) => from.reduce((most, x, i) => Math.max(most, Math.abs(plan[i] - x)), 0)
