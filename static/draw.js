// Points drawn by hand on a square: press and drag to sprinkle a line of points, tap for a single one. The keyboard moves
// a cross and sets points with Enter. All points go to Python as text, two letters each (a letter per coordinate).

const { search } = new URL(import.meta.url)
const [{ element, place }, { button }, { Square, css }] = await Promise.all(
  ["./component.js", "./controls.js", "./square.js"].map((file) => import(file + search)),
)
const CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const SPACING = 2 // cells of the 64 x 64 grid between two points of a line

const cell = (share) => Math.min(63, Math.max(0, Math.floor(64 * share)))

class Drawing extends Square {
  last = 63
  cross = [32, 32]
  ways = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, 2], ArrowDown: [0, -2] }
  keys = "Arrow keys move the cross, Enter sets a point, Delete undoes."

  constructor() {
    super()
    this.clear = button("Clear", () => this.change(() => (this.points = [])))
    this.build(element("div", "draw", this.square, element("div", "bar", this.undo, this.clear, this.status)))
  }

  read(text) {
    this.points = Array.from({ length: text.length / 2 }, (_, i) =>
      [CODE.indexOf(text[2 * i]), CODE.indexOf(text[2 * i + 1])])
  }

  text() {
    return this.points.map(([x, y]) => CODE[x] + CODE[y]).join("")
  }

  snapshot() {
    return [...this.points]
  }

  take(points) {
    this.points = points
  }

  at(x, y) {
    return [cell(x), cell(1 - y)]
  }

  dot([x, y]) {
    if (this.points.length >= this.data.most || this.points.some(([a, b]) => a === x && b === y)) return
    this.points.push([x, y])
  }

  set(cross) {
    this.dot(cross)
  }

  line([x0, y0], [x1, y1]) {
    let to = [x0, y0]
    const steps = Math.floor(Math.hypot(x1 - x0, y1 - y0) / SPACING)
    for (let i = 1; i <= steps; i++) {
      to = [Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps)]
      this.dot(to)
    }
    return to
  }

  tell() {
    const n = this.points.length
    const full = n >= this.data.most ? ": the square is full" : ""
    this.status.textContent = n ? `${n} point${n === 1 ? "" : "s"}${full}` : this.data.label
    this.clear.disabled = !n
  }

  paint(context, size, ink) {
    const at = ([x, y]) => [((x + 0.5) / 64) * size, (1 - (y + 0.5) / 64) * size]
    context.strokeStyle = ink
    context.globalAlpha = 0.15
    context.lineWidth = devicePixelRatio
    for (const half of [0.25, 0.5, 0.75]) {
      context.beginPath()
      context.moveTo(half * size, 0)
      context.lineTo(half * size, size)
      context.moveTo(0, half * size)
      context.lineTo(size, half * size)
      context.stroke()
    }
    context.globalAlpha = 1
    context.fillStyle = this.data.color
    context.beginPath()
    for (const point of this.points) {
      const [x, y] = at(point)
      context.moveTo(x, y)
      context.arc(x, y, 3.4 * devicePixelRatio, 0, 7)
    }
    context.fill()
    if (!this.focused) return
    const [x, y] = at(this.cross)
    const arm = 8 * devicePixelRatio
    context.beginPath()
    context.moveTo(x - arm, y)
    context.lineTo(x + arm, y)
    context.moveTo(x, y - arm)
    context.lineTo(x, y + arm)
    context.stroke()
  }
}

const CSS = `${css("draw")}
.draw { max-width: 340px; }
.draw p { margin: 0; }
.bar { flex-wrap: nowrap; margin-top: 8px; }
`

export default place(Drawing, CSS)
