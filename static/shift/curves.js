// Distances on a grid of theta, and what they are in between; how numbers are written.

/** The value at x of a curve given at rising xs: exactly that of the grid there, linear in between, ∞ beside an ∞. */
export function valueAt(xs, ys, x) {
  let low = 0, high = xs.length - 1
  if (x <= xs[low]) return ys[low]
  if (x >= xs[high]) return ys[high]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (xs[middle] <= x) low = middle
    else high = middle
  }
  if (xs[low] === x) return ys[low]
  if (!Number.isFinite(ys[low]) || !Number.isFinite(ys[high])) return Number.isFinite(ys[low]) ? ys[high] : ys[low]
  return ys[low] + ((ys[high] - ys[low]) * (x - xs[low])) / (xs[high] - xs[low])
}

/** As wgan_demo/plots/distances.py writes it. */
export function number(value) {
  if (value === Infinity) return "∞"
  const size = Math.abs(value)
  if (value > 0 && value < 0.01) return size < 1e-4 ? size.toExponential(2).replace("e-", "e-0") : size.toPrecision(3)
  if (size < 10) return size.toFixed(4)
  const rounded = Number(size.toPrecision(5))
  if (rounded < 1e5) return rounded.toLocaleString("en-US", { maximumFractionDigits: 5 })
  return rounded.toExponential().replace(/e\+(\d)$/, "e+0$1")
}

/** Round marks for an axis from low to high, about n of them. */
export function ticks(low, high, n) {
  const rough = (high - low) / n, power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)
  const first = Math.ceil(low / step - 1e-9)
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** The area between two curves of points [x, y] that begin and end together: a closed path. */
export function between(a, b, at) {
  const points = [...a, ...[...b].reverse()].map(([x, y]) => at(x, y).map((value) => value.toFixed(2)).join(","))
  return `M${points.join("L")}Z`
}
