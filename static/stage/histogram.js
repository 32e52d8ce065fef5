// Points on the line as a histogram that stands on their axis or hangs from it. Heights are shares of the picture's side.

export const AXIS = 0.71 // where the points' axis is
export const STRIP = 0.026 // the room of the points on each side of it
const DEEPEST = 0.19 // the room of a histogram
const BINS = 48

/** The share of the points, from 0 to 1 along the line, in each of BINS parts; the outer parts take what lies beyond. */
export function bins(points) {
  const shares = new Float64Array(BINS)
  for (const x of points) shares[Math.max(0, Math.min(BINS - 1, Math.floor(x * BINS)))] += 1 / points.length
  return shares
}

/** Filled and outlined, away from the axis in the direction `way`; what is taller than the room is cut. */
export function histogram(context, shares, tallest, way, color) {
  const size = context.canvas.width
  const start = (AXIS + way * STRIP) * size
  const height = (share) => way * Math.min(1, share / (1.15 * tallest)) * DEEPEST * size
  context.beginPath()
  context.moveTo(0, start)
  shares.forEach((share, i) => {
    context.lineTo((i / BINS) * size, start + height(share))
    context.lineTo(((i + 1) / BINS) * size, start + height(share))
  })
  context.lineTo(size, start)
  context.fillStyle = context.strokeStyle = color
  context.lineWidth = 1.2 * devicePixelRatio
  context.globalAlpha = 0.4
  context.fill()
  context.globalAlpha = 1
  context.stroke()
}
