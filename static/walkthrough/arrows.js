// Arrows and springs, in pixels.

/** An arrow from one point to another: [x, y] each. */
export function arrow(context, [x, y], [toX, toY], head) {
  const length = Math.hypot(toX - x, toY - y)
  if (length < 1) return
  const [ux, uy] = [(toX - x) / length, (toY - y) / length]
  const tip = Math.min(head, length)
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(toX - ux * tip * 0.8, toY - uy * tip * 0.8)
  context.stroke()
  context.setLineDash([])
  context.beginPath()
  context.moveTo(toX, toY)
  context.lineTo(toX - tip * (ux + 0.5 * uy), toY - tip * (uy - 0.5 * ux))
  context.lineTo(toX - tip * (ux - 0.5 * uy), toY - tip * (uy + 0.5 * ux))
  context.fill()
}

/** A zigzag from one point to another, `width` to each side of the straight way. */
export function spring(context, [x, y], [toX, toY], width) {
  const length = Math.hypot(toX - x, toY - y)
  if (length < 1) return
  const [ux, uy] = [(toX - x) / length, (toY - y) / length]
  const turns = Math.max(2, Math.round(length / (1.2 * width)))
  context.beginPath()
  context.moveTo(x, y)
  for (let i = 0; i < turns; i++) {
    const along = ((i + 0.5) / turns) * length, side = i % 2 ? -width : width
    context.lineTo(x + ux * along - uy * side, y + uy * along + ux * side)
  }
  context.lineTo(toX, toY)
  context.stroke()
}
