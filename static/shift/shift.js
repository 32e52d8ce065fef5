// P and Q with the hand on Q: densities, distribution functions with the area between them, and all numbers follow the
// finger; the charts of the page that show the distances against theta move their marks. The server is asked when Q is let
// go, and then says the exact numbers.

const { search } = new URL(import.meta.url)
const files = ["../component.js", "../controls.js", "../hand.js", "../message.js", "./curves.js", "./panel.js", "./style.js"]
const [{ element, piece, place, tell }, { guardKeys }, { Hand }, { decode }, { between, number, valueAt }, { Panel, draw }, { STYLE }] =
  await Promise.all(files.map((file) => import(file + search)))

const CHARTS_MS = 120 // between two moves of the marks in the charts

class Shift {
  static waits = 2000 // the finger that holds Q keeps it

  constructor() {
    this.list = element("dl")
    this.hand = draw("g", { class: "hand", tabindex: 0, role: "slider" })
    this.grip = draw("circle", { class: "grip", r: 13 })
    this.arrow = draw("text", { "text-anchor": "middle" }, "↔")
    const line = () => draw("path", { class: "line" })
    ;[this.p, this.q, this.P, this.Q, this.area] = [line(), line(), line(), line(), draw("path")]
    this.hand.append(this.q, this.grip, this.arrow)
    this.legend = draw("g", { "aria-hidden": "true" })
    this.panels = [
      new Panel(260, "", this.p, this.hand, this.legend),
      new Panel(260, "share of the mass left of x", this.area, this.P, this.Q),
    ]
    this.root = element("div", "shift", this.list, element("div", "panels", ...this.panels.map((panel) => panel.svg)))
    this.held = new Hand(this.hand, {
      start: () => this.theta,
      drag: (theta, right) => this.move(theta + right / this.panels[0].scale),
      step: (steps) => this.move(this.theta + steps * this.header.step),
      draw: () => {
        this.right < this.header.q[1] + this.theta ? this.frame() : this.draw()
        this.marks()
      },
      tell: () => this.held.news(this.theta, this.header.theta, (news) => this.send("theta", news)),
    })
    guardKeys(this.root)
    this.observer = new ResizeObserver(() => this.header && this.frame())
    this.observer.observe(this.root)
  }

  update(bytes) {
    const { header, groups: [shapes, curves] } = decode(bytes)
    const points = (name) => Array.from(shapes[`${name} x`].array, (x, i) => [x, shapes[`${name} y`].array[i]])
    this.header = header
    this.shapes = Object.fromEntries(["p", "q", "P", "Q"].map((name) => [name, points(name)]))
    this.curves = Object.fromEntries(Object.entries(curves).map(([name, { array }]) => [name, array]))
    this.held.heard(header.heard)
    if (!this.held.busy) this.theta = header.theta
    this.frame()
  }

  /** All that stays while Q moves; `reach` keeps the scale under a finger that pulls Q away. */
  frame() {
    const { header, shapes } = this
    const [low, high] = header.range
    this.right = Math.max(high, header.q[1] + this.theta + 0.05 * (high - low), this.held.pressed ? this.right : -Infinity)
    const range = { low: Math.min(low, header.q[0]), high: this.right, xTitle: header.x }
    const [density, share] = this.panels
    density.title = header.title
    density.frame({ ...range, top: header.top })
    share.frame({ ...range, top: 1.06, tall: 2 })
    const { p, q, area } = header.colors
    this.draws(this.p, density.path(shapes.p), p, p)
    this.draws(this.q, density.path(shapes.q), q, q)
    this.draws(this.P, share.path(this.long(shapes.P, 1e6)), p)
    this.draws(this.Q, share.path(this.long(shapes.Q, 1e6)), q)
    this.area.style.cssText = `fill: ${area}; fill-opacity: .3; fill-rule: evenodd`
    const [x, y] = density.at(header.middle, 0)
    for (const [name, value] of Object.entries({ cx: x, cy: y, stroke: q })) this.grip.setAttribute(name, value)
    this.arrow.setAttribute("x", x)
    this.arrow.setAttribute("y", y + 5)
    const entry = (text, color, at) =>
      draw("text", { x: at, y: 14, style: `fill: ${color}; font-weight: 700`, "text-anchor": "end" }, text)
    this.legend.replaceChildren(entry("● P", p, density.width - 110), entry("▲ Q, drag it", q, density.width - 8))
    this.draw()
  }

  draws(path, d, stroke, filled) {
    path.setAttribute("d", d)
    path.setAttribute("stroke", stroke)
    path.style.cssText = filled ? `fill: ${filled}; fill-opacity: .22` : ""
  }

  /** A distribution function that goes on to both sides. */
  long(points, far) {
    return [[points[0][0] - far, 0], ...points, [points.at(-1)[0] + far, 1]]
  }

  /** All that follows theta. */
  draw() {
    const { header, theta, shapes, panels: [density, share] } = this
    this.hand.setAttribute("transform", `translate(${theta * density.scale},0)`)
    this.Q.setAttribute("transform", `translate(${theta * share.scale},0)`)
    const far = 2 * (this.right - header.range[0]) + theta
    const Q = this.long(shapes.Q.map(([x, y]) => [x + theta, y]), far)
    const P = this.long(shapes.P, far)
    const ends = [Math.min(P[0][0], Q[0][0]), Math.max(P.at(-1)[0], Q.at(-1)[0])]
    const whole = (points) => [[ends[0], 0], ...points, [ends[1], 1]]
    this.area.setAttribute("d", between(whole(P), whole(Q), share.at))
    const texts = theta === header.theta
      ? header.names.map(([name, label]) => [label, header.exact[name], header.slopes[name]])
      : header.names.map(([name, label]) => [label, number(this.value(name)), slope(this.curves[`${name} slope`], this.curves.theta, theta)])
    while (this.list.children.length < texts.length) {
      this.list.append(element("div", "", element("dt"), element("dd"), element("dd", "slope")))
    }
    texts.forEach((row, i) => row.forEach((text, j) => tell(this.list.children[i].children[j], text)))
    for (const [name, value] of Object.entries({
      "aria-label": "Q: drag it, or move it with the arrow keys", "aria-valuemin": 0, "aria-valuemax": header.most, "aria-valuenow": theta,
      "aria-valuetext": `θ = ${theta}, W₁ = ${texts[0][1]}`,
    })) this.hand.setAttribute(name, value)
  }

  value(name) {
    const { theta } = this.curves
    return name === "js_distance" ? Math.sqrt(this.value("js")) : valueAt(theta, this.curves[name], this.theta)
  }

  /** Q to this theta, on its grid of steps; drawn with the next frame of the screen. */
  move(theta) {
    const { step, most } = this.header
    this.theta = Number(Math.min(most, Math.max(0, Math.round(theta / step) * step)).toPrecision(10))
    this.held.moved()
  }

  /** The marks in the charts of the page. */
  marks() {
    const now = performance.now()
    if (now - this.marked < CHARTS_MS) return
    this.marked = now
    for (const [key, names] of Object.entries(this.header.charts)) {
      const chart = piece(key)
      if (!chart) continue
      const { layout: { shapes: [rule, ...rest], meta } } = chart.data.figure
      const x = names.map(() => this.theta)
      const y = names.map((name) => Math.min(this.value(name), meta))
      const slopes = names.map((name) => valueAt(this.curves.theta, this.curves[`${name} slope`], this.theta))
      chart.renew({ shapes: [{ ...rule, x0: this.theta, x1: this.theta }, ...rest] },
        { "-2 x": { array: x }, "-2 y": { array: y }, "-1 x": { array: x }, "-1 y": { array: slopes } })
    }
  }

  close() {
    this.held.close()
    this.observer.disconnect()
  }
}

/** The slope of a distance here, in words; √JS has no curve of its own. */
function slope(slopes, thetas, theta) {
  if (!slopes) return ""
  const value = valueAt(thetas, slopes, theta)
  if (!Number.isFinite(value)) return "no slope"
  const size = Math.abs(value) > 1e-9 ? Math.abs(value) : 0 // rounding
  return `slope ${size && value < 0 ? "−" : ""}${number(size)}`
}

export default place(Shift, STYLE)
