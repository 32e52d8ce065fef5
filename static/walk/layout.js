// Where everything is in the picture, in pixels of the page: grips on top, sand on the ground, the plan's arcs below it.

const GRIPS = 46 // for the grips above P and Q
const TOP = 6 // above the sand, which for a moment may be so high that it passes behind the grips
const APART = 4 // between two grips

/** For a picture of this size that shows `range`; P and Q are `piles` high at most, the sand `sand`: mass per unit of x. */
export function layoutOf(width, height, [low, high], piles, sand) {
  const ground = Math.round(height * 0.72)
  const unit = width / (high - low)
  const scale = Math.min((ground - GRIPS) / piles, (ground - TOP) / sand)
  const grains = unit * scale // pixels that a pile of mass 1 covers
  return {
    width, height, ground, unit,
    depth: height - ground - 4, // of the widest arc
    x: (place) => (place - low) * unit,
    y: (mass) => ground - mass * scale,
    place: (x) => low + x / unit,
    radius: (n) => Math.max(0.9, 0.5 * Math.sqrt(grains / n)), // of n grains that fill the pile
  }
}

/** Where two grips of these widths begin so that each is as near above its pile as the other and the edges let it. */
export function gripsAt(middles, widths, width) {
  const order = middles[0] <= middles[1] ? [0, 1] : [1, 0]
  const [a, b] = order
  const room = width - widths[a] - widths[b] - APART
  const overlap = Math.max(0, middles[a] + widths[a] / 2 + APART - (middles[b] - widths[b] / 2))
  const first = Math.min(room, Math.max(0, middles[a] - widths[a] / 2 - overlap / 2))
  const second = Math.min(width - widths[b], Math.max(first + widths[a] + APART, middles[b] - widths[b] / 2 + overlap / 2))
  const at = []
  at[a] = first
  at[b] = second
  return at
}
