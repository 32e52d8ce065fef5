// Round numbers for axes and contour lines: 1, 2 or 5 times a power of ten.

const rounds = (value) => [1, 2, 5, 10].map((m) => m * 10 ** Math.floor(Math.log10(value)))

/** The smallest round step that cuts a range into at most `parts`; 1 where there is no range. */
export function roundStep(range, parts) {
  const raw = range / parts
  return raw > 0 ? rounds(raw).find((step) => step >= raw) : 1
}

/** The next round number that is not smaller, but for rounding; 1 for what is not above 0. */
export const roundUp = (value) => (value > 0 ? rounds(value).find((round) => round >= value * (1 - 1e-9)) : 1)

/** The whole numbers that are written along an axis from -extent to extent: seven of them, or fewer. */
export function labels(extent) {
  const step = extent > 3 ? Math.ceil(extent / 3) : 1
  const outermost = Math.floor(extent / step)
  return Array.from({ length: 2 * outermost + 1 }, (_, i) => (i - outermost) * step)
}
