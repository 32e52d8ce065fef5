// The marks of single points, added to a path: a dot for a real one, a triangle for a generated one, a diamond for x_hat.

export function dot(path, x, y, r) {
  path.moveTo(x, y)
  path.arc(x, y, r, 0, 7)
}

export function triangle(path, x, y, r) {
  path.moveTo(x, y - r)
  path.lineTo(x + 0.87 * r, y + 0.6 * r)
  path.lineTo(x - 0.87 * r, y + 0.6 * r)
}

export function diamond(path, x, y, r) {
  path.moveTo(x, y - r)
  path.lineTo(x + r, y)
  path.lineTo(x, y + r)
  path.lineTo(x - r, y)
  path.closePath()
}
