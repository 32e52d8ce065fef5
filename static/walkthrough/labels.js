// Words beside marks, none on another: what matters most is placed first, and what finds no room is left out.

const SIDES = [[0, -1], [0, 1], [1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1]]

const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/**
 * Places of labels {text, x, y, gap, width, way, must} around (x, y), at a distance of `gap`, in a square of this `size`.
 *
 * A label stands as much in the direction `way` ([0, 0]: wherever) as there is room beside the others and beside the
 * `marks`, points [x, y] that are to be seen. One that `must` be read may stand on these. Returns those that found room,
 * each with the box that it fills: {text, ..., box: {x, y, width, height}}.
 */
export function placed(labels, marks, size, height) {
  const taken = []
  for (const label of labels) {
    const { width, gap, way: [dx, dy] } = label
    const sides = SIDES.filter((side) => label.must || cosine(side, dx, dy) >= 0) // else it might seem another's
    sides.sort((a, b) => cosine(b, dx, dy) - cosine(a, dx, dy))
    const boxes = sides.map(([right, down]) => ({
      x: label.x + right * (gap + width / 2) - width / 2,
      y: label.y + down * (gap + height / 2) - height / 2,
      width,
      height,
    }))
    const free = boxes.filter((box) => isInside(box, size) && !taken.some((other) => meet(box, other.box)))
    const box = free.find((box) => !marks.some((mark) => covers(box, mark))) ?? (label.must ? free[0] : undefined)
    if (box) taken.push({ ...label, box })
  }
  return taken
}

const cosine = ([x, y], dx, dy) => (x * dx + y * dy) / Math.hypot(x, y)
const isInside = ({ x, y, width, height }, size) => x >= 0 && y >= 0 && x + width <= size && y + height <= size
const covers = ({ x, y, width, height }, [px, py]) => px >= x && px <= x + width && py >= y && py <= y + height
