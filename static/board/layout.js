// Where everything stands on the board, in pixels: boxes above the upper line, slots below the lower one.

const { count } = await import("./plan.js" + new URL(import.meta.url).search)

/**
 * The layout for places `boxes` and `slots` in a scene so many pixels wide. It may be wider than that: no pile gets
 * narrower than a thumb.
 */
export function layoutOf({ boxes, slots }, width) {
  const places = [...boxes, ...slots]
  const [low, high] = [Math.min(...places), Math.max(...places)]
  const narrow = width < 560
  const gap = (side) => Math.min(...side.map((a) => Math.min(...side.filter((b) => b > a).map((b) => b - a))))
  const narrowest = Math.min(gap(boxes), gap(slots)) // in places, between two piles; Infinity if there are no two
  const span = high - low || 1
  const cell = Math.max(36, Math.min(narrow ? 36 : 44, width / (1 + span / narrowest))) // a thumb needs 36 pixels
  const pitch = Math.max(Math.min((width - cell - 2) / span, 150), (cell - 1) / narrowest)
  const full = Math.max(width, pitch * (high - low) + cell)
  const left = (full - pitch * (high - low)) / 2
  const pile = (side) => Math.max(...side.map((place) => count(side, place)))
  const tall = Math.max(26, Math.min(cell, (6 * cell) / Math.max(pile(boxes), pile(slots)))) // high piles get flat boxes
  const upper = pile(boxes) * tall + 6
  const lower = upper + (narrow ? 104 : 124)
  const column = (place) => left + pitch * (place - low)
  const rank = (side, index) => count(side.slice(0, index), side[index])
  const spots = (side, y) => side.map((place, index) => ({ x: column(place) - cell / 2, y: y(rank(side, index)) }))
  const ends = (side, y) =>
    side.map((place, index) => ({ x: column(place) + 5 * (rank(side, index) - (count(side, place) - 1) / 2), y }))
  return {
    low, high, column, cell, tall, upper, lower, width: full, height: lower + pile(slots) * tall + 6,
    home: spots(boxes, (rank) => upper - (rank + 1) * tall), // of each box
    seat: spots(slots, (rank) => lower + rank * tall), // of each slot
    between: (upper + lower - tall) / 2, // where the hint passes: nothing stands there
    start: ends(boxes, upper + 25), // of the links
    end: ends(slots, lower - 26),
  }
}
