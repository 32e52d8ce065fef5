// The points [x, y] of a line at one place of the grid.

/**
 * `arrays` holds "x" and "y" of all places, or "x 3" and "y 3" of place 3. An `added` line holds the masses of bins, and
 * shows log10 of them after added[at] has come to each. `x` says how far the axis goes.
 */
export function points({ kind, added }, arrays, at, { low, high }) {
  const xs = arrays[`x ${at}`] ?? arrays.x
  let ys = arrays[`y ${at}`] ?? arrays.y
  if (added) ys = ys.map((mass) => Math.log10((mass + added[at]) / (1 + ys.length * added[at])))
  if (kind !== "steps") return Array.from(xs, (x, i) => [x, ys[i]])
  // The level of a bin lies between its edges, that of a distribution function from its point to the next.
  if (xs.length > ys.length) return Array.from(ys, (y, i) => [[xs[i], y], [xs[i + 1], y]]).flat()
  const levels = [0, ...ys], inside = (x) => Math.min(high, Math.max(low, x))
  return [[low, 0], ...Array.from(xs, (x, i) => [[inside(x), levels[i]], [inside(x), levels[i + 1]]]).flat(), [high, levels.at(-1)]]
}

/** The path of round dots at those points that are numbers. */
export function dots(points, panel) {
  return points.filter(([, y]) => Number.isFinite(y))
    .map(([x, y]) => `M${panel.at(x, y).map((value) => value.toFixed(2)).join(",")}h0`).join("")
}
