// Contour lines of values on an even grid, by marching squares.

/**
 * The segments of the contour lines of `values` at all multiples of `step`, each [level, x1, y1, x2, y2].
 *
 * values[row * side + column] stands at x = column, y = row. A segment ends on two edges of a cell, where the values of
 * the edge's ends, read as a straight line, pass the level; in a saddle two segments cross one cell.
 */
export function contours(values, side, step) {
  const segments = []
  for (let y = 0; y < side - 1; y++)
    for (let x = 0; x < side - 1; x++) {
      const at = y * side + x
      const a = values[at], b = values[at + 1], c = values[at + side + 1], d = values[at + side]
      const least = Math.min(a, b, c, d), most = Math.max(a, b, c, d)
      for (let level = Math.ceil(least / step) * step; level < most; level += step) {
        const cuts = []
        if (a < level !== b < level) cuts.push(x + (level - a) / (b - a), y)
        if (b < level !== c < level) cuts.push(x + 1, y + (level - b) / (c - b))
        if (c < level !== d < level) cuts.push(x + 1 - (level - c) / (d - c), y + 1)
        if (d < level !== a < level) cuts.push(x, y + 1 - (level - d) / (a - d))
        for (let i = 0; i + 3 < cuts.length; i += 4) segments.push([level, ...cuts.slice(i, i + 4)])
      }
    }
  return segments
}
