// What is seen when: the sand lies as P, walks to Q, lies there and walks back; then the same along the next plan.

const REST = 700 // milliseconds
const GO = 3600
const STAY = 1400
const BACK = 2200
export const LENGTH = REST + GO + STAY + BACK
export const HALFWAY = REST + GO / 2 // the moment that is shown where nothing moves by itself

const smooth = (share) => {
  const s = Math.min(1, Math.max(0, share))
  return s * s * (3 - 2 * s)
}

/** After so many milliseconds: which of the `plans`, by number, and the share t of the way that the grains have gone. */
export function moment(ms, plans) {
  const within = ms % LENGTH
  return {
    plan: Math.floor(ms / LENGTH) % plans,
    t: smooth((within - REST) / GO) - smooth((within - REST - GO - STAY) / BACK),
  }
}
