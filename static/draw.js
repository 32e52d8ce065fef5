// Points drawn by hand on a square: press and drag to sprinkle a line of points, tap for a single one. The keyboard moves
// a cross and sets points with Enter. All points go to Python as text, two letters each (a letter per coordinate).

const { search } = new URL(import.meta.url)
const [{ element, place }, { BAR, button, guardKeys, status }] = await Promise.all(
  ["./component.js", "./controls.js"].map((file) => import(file + search)),
)
const CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const kept = new Map() // what can be undone, by the key of a drawing: it outlives its place on the page
const SPACING = 2 // cells of the 64 x 64 grid between two points of a line

const cell = (share) => Math.min(63, Math.max(0, Math.floor(64 * share)))

class Drawing {
  constructor() {
    this.canvas = element("canvas")
    this.square = element("div", "square", this.canvas)
    this.square.tabIndex = 0
    this.square.setAttribute("role", "application")
    this.undo = button("↶ Undo", () => this.history.length && this.restore(this.history.pop()))
    this.clear = button("Clear", () => this.change(() => (this.points = [])))
    this.status = status("span")
    this.root = element("div", "draw", this.square, element("div", "bar", this.undo, this.clear, this.status))
    this.square.onpointerdown = (event) => this.press(event)
    this.square.onpointermove = (event) => event.pointerId === this.pressed?.id && this.sprinkle(event)
    this.square.onlostpointercapture = () => this.release()
    this.square.onkeydown = (event) => this.key(event)
    guardKeys(this.root)
    this.cross = [32, 32]
    this.observer = new ResizeObserver(() => this.draw())
    this.observer.observe(this.square)
  }

  close() {
    this.observer.disconnect()
  }

  update(data) {
    const isNew = data.rev !== this.data?.rev // else the hand knows better than Python what stands here
    this.data = data
    if (isNew) {
      const last = kept.get(data.key)
      this.points = this.parse(data.points)
      this.history = last?.rev === data.rev ? last.history : []
      kept.set(data.key, { rev: data.rev, history: this.history })
      this.pressed = null
    }
    this.square.setAttribute("aria-label", `${data.label}. Arrow keys move the cross, Enter sets a point, Delete undoes.`)
    this.draw()
  }

  parse(text) {
    return Array.from({ length: text.length / 2 }, (_, i) => [CODE.indexOf(text[2 * i]), CODE.indexOf(text[2 * i + 1])])
  }

  text() {
    return this.points.map(([x, y]) => CODE[x] + CODE[y]).join("")
  }

  change(edit) {
    this.history.push([...this.points])
    edit()
    this.commit()
  }

  restore(points) {
    this.points = points
    this.commit()
  }

  commit() {
    this.draw()
    this.send("drawn", { rev: this.data.rev, points: this.text() })
  }

  add(x, y) {
    if (this.points.length >= this.data.most || this.points.some(([a, b]) => a === x && b === y)) return
    this.points.push([x, y])
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  press(event) {
    if (event.button !== 0 || this.pressed) return
    event.preventDefault()
    this.square.focus({ preventScroll: true })
    this.square.setPointerCapture(event.pointerId)
    this.history.push([...this.points])
    this.pressed = { id: event.pointerId, at: this.under(event) }
    this.add(...this.pressed.at)
    this.draw()
  }

  sprinkle(event) {
    const [x0, y0] = this.pressed.at
    const [x1, y1] = this.under(event)
    const steps = Math.floor(Math.hypot(x1 - x0, y1 - y0) / SPACING)
    for (let i = 1; i <= steps; i++) {
      this.pressed.at = [Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps)]
      this.add(...this.pressed.at)
    }
    this.draw()
  }

  release() {
    if (!this.pressed) return
    this.pressed = null
    this.commit()
  }

  under(event) {
    const area = this.square.getBoundingClientRect()
    return [cell((event.clientX - area.left) / area.width), cell(1 - (event.clientY - area.top) / area.height)]
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, 2], ArrowDown: [0, -2] }[event.key]
    if (way) this.cross = this.cross.map((v, i) => Math.min(63, Math.max(0, v + way[i])))
    else if (event.key === "Enter" || event.key === " ") this.change(() => this.add(...this.cross))
    else if (["Delete", "Backspace"].includes(event.key)) this.undo.click()
    else return
    event.preventDefault()
    this.draw()
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  draw() {
    const size = Math.round(this.square.clientWidth * devicePixelRatio)
    if (!size || !this.data) return
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size
    const context = this.canvas.getContext("2d")
    const css = getComputedStyle(this.root)
    const at = ([x, y]) => [((x + 0.5) / 64) * size, (1 - (y + 0.5) / 64) * size]
    context.clearRect(0, 0, size, size)
    context.strokeStyle = css.getPropertyValue("--st-text-color") || "black"
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
    if (this.square.matches(":focus-visible")) {
      const [x, y] = at(this.cross)
      const arm = 8 * devicePixelRatio
      context.beginPath()
      context.moveTo(x - arm, y)
      context.lineTo(x + arm, y)
      context.moveTo(x, y - arm)
      context.lineTo(x, y + arm)
      context.stroke()
    }
    const n = this.points.length
    const full = n >= this.data.most ? ": the square is full" : ""
    this.status.textContent = n ? `${n} point${n === 1 ? "" : "s"}${full}` : this.data.label
    this.undo.disabled = !this.history.length
    this.clear.disabled = !n
  }
}

const CSS = `${BAR}
.draw { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 20%, transparent);
  font-family: var(--st-font); color: var(--ink); max-width: 340px; }
.square { position: relative; aspect-ratio: 1; border: 1.5px solid color-mix(in srgb, var(--ink) 30%, transparent); cursor: crosshair;
  border-radius: var(--st-base-radius, 8px); touch-action: none; user-select: none; -webkit-user-select: none;
  -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; overflow: hidden; outline: none; }
.square:focus-visible { border-color: var(--st-primary-color); }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.bar { flex-wrap: nowrap; margin-top: 8px; font-size: 14px; }
.bar button { padding: 0 12px; }
`

export default place(Drawing, CSS)
