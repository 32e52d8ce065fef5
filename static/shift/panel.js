// One picture over x: its axes with their marks, and the layers that are drawn on them.

const { search } = new URL(import.meta.url)
const { ticks } = await import("./curves.js" + search)

const SPACE = "http://www.w3.org/2000/svg"
const EDGE = { left: 46, right: 8, top: 26, bottom: 40 }

export const draw = (name, values = {}, ...children) => {
  const node = attributes(document.createElementNS(SPACE, name), values)
  node.append(...children)
  return node
}

export const attributes = (node, values) => {
  for (const [name, value] of Object.entries(values)) node.setAttribute(name, value)
  return node
}

export class Panel {
  /** `layers` lie on the axes and stay there: what is under a finger must not leave the page. */
  constructor(height, title, ...layers) {
    this.height = height
    this.axes = draw("g", { "aria-hidden": "true" })
    this.inside = draw("svg", { class: "inside" }, ...layers) // cuts off what lies left of the axis
    this.svg = draw("svg", { height }, this.axes, this.inside)
    this.title = title
  }

  /**
   * Room for x from low to high and y from base to top; `at(x, y)` gives pixels. Marks are round, at most `tall` of them
   * up the side, or those that are given as [place, text].
   */
  frame({ low, high, top, xTitle, tall = this.height / 50, base = 0, xMarks, yMarks }) {
    const width = (this.width = this.svg.clientWidth || 600)
    const right = width - EDGE.right, bottom = this.height - EDGE.bottom
    this.scale = (right - EDGE.left) / (high - low)
    this.at = (x, y) => [EDGE.left + (x - low) * this.scale, bottom - ((y - base) / (top - base)) * (bottom - EDGE.top)]
    this.rise = (bottom - EDGE.top) / (top - base)
    const part = { x: EDGE.left, width: width - EDGE.left, height: this.height }
    attributes(this.inside, { ...part, viewBox: `${part.x} 0 ${part.width} ${part.height}` })
    const marks = []
    const round = (places) => places.map((place) => [place, String(place).replace("-", "−")])
    for (const [x, text] of xMarks ?? round(ticks(low, high, Math.max(5, width / 110)))) {
      const [px] = this.at(x, 0)
      marks.push(draw("line", { class: "axis", x1: px, x2: px, y1: EDGE.top, y2: bottom }))
      marks.push(draw("text", { x: px, y: bottom + 16, "text-anchor": "middle" }, text))
    }
    for (const [y, text] of yMarks ?? round(ticks(base, top, tall))) {
      const [, py] = this.at(0, y)
      marks.push(draw("line", { class: "axis", x1: EDGE.left, x2: right, y1: py, y2: py }))
      marks.push(draw("text", { x: EDGE.left - 6, y: py + 5, "text-anchor": "end" }, text))
    }
    marks.push(draw("text", { x: (EDGE.left + right) / 2, y: this.height - 4, "text-anchor": "middle" }, xTitle))
    marks.push(draw("text", { x: 2, y: 14 }, this.title))
    this.axes.replaceChildren(...marks)
  }

  path(points) {
    return `M${points.map(([x, y]) => this.at(x, y).map((value) => value.toFixed(2)).join(",")).join("L")}`
  }

  /** Through the points; one that is no number leaves a gap. */
  broken(points) {
    let pen = "M"
    return points.map(([x, y]) => {
      if (!Number.isFinite(y)) return (pen = "M"), ""
      const [px, py] = this.at(x, y)
      const part = `${pen}${px.toFixed(2)},${py.toFixed(2)}`
      pen = "L"
      return part
    }).join("")
  }
}
