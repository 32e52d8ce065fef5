// Words beside marks, none on another: what matters most is placed first, and what finds no room is left out.

const SIDES = [[0, -1], [0, 1], [1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1]]

const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/**
 * Places of labels {text, of, x, y, gap, width, way, must} around (x, y), at a distance of `gap`, in a picture of this
 * size [width, height]. All are `height` high.
 *
 * A label stands as much in the direction `way` ([0, 0]: wherever) as there is room beside the others and beside the
 * `marks`, points [x, y, of] that are to be seen, and never nearer to a mark of another sample than to its own point.
 * One that `must` be read may do either. Returns those that found room, each with its `box`: {x, y, width, height}.
 */
export function placed(labels, marks, size, height) {
  const taken = []
  for (const label of labels) {
    const { width, gap, way: [dx, dy] } = label
    const sides = [...SIDES].sort((a, b) => cosine(b, dx, dy) - cosine(a, dx, dy))
    const boxes = sides.map(([right, down]) => ({
      x: label.x + right * (gap + width / 2) - width / 2,
      y: label.y + down * (gap + height / 2) - height / 2,
      width,
      height,
    }))
    const free = boxes.filter((box) => isInside(box, size) && !taken.some((other) => meet(box, other.box)))
    const own = (box) => away(box, label.x, label.y)
    const clear = (box) => marks.every(([x, y, of]) => away(box, x, y) > (of === label.of ? 0 : own(box)))
    const box = free.find(clear) ?? (label.must ? free[0] : undefined)
    if (box) taken.push({ ...label, box })
  }
  return taken
}

const cosine = ([x, y], dx, dy) => (x * dx + y * dy) / Math.hypot(x, y)

/** How far a point is from a box, 0 in it. */
const away = ({ x, y, width, height }, px, py) =>
  Math.hypot(Math.max(x - px, 0, px - x - width), Math.max(y - py, 0, py - y - height))
const isInside = ({ x, y, width, height }, [right, low]) => x >= 0 && y >= 0 && x + width <= right && y + height <= low
