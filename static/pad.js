// Little pictures drawn by hand, one after the other: press and drag on the pad, then "Next picture". The keyboard
// moves over its pixels and inks them with Enter. All pictures go to Python as text, a letter a pixel, A for paper.

const { search } = new URL(import.meta.url)
const [{ element, place }, { BAR, button, guardKeys, status }] = await Promise.all(
  ["./component.js", "./controls.js"].map((file) => import(file + search)),
)
const SIDE = 8, FINE = 4 // pixels of a picture; parts of a pixel's side, of which a hand inks some
const LEVELS = FINE * FINE, PIXELS = SIDE * SIDE, WIDE = SIDE * FINE
const PEN = 1.9 // radius of the pen, in parts
const ACROSS = 8 // pictures in a row of those drawn
const A = "A".charCodeAt(0)
const kept = new Map() // what can be undone, by the key of a pad: it outlives its place on the page

const blank = () => new Uint8Array(PIXELS)
const inked = (picture) => picture.some(Boolean)

class Pad {
  constructor() {
    this.canvas = element("canvas")
    this.square = element("div", "square", this.canvas)
    this.square.tabIndex = 0
    this.square.setAttribute("role", "application")
    this.next = button("Next picture", () => this.turn(this.pictures.length), "next")
    this.undo = button("↶ Undo", () => this.history.length && this.restore(this.history.pop()))
    this.remove = button("Remove", () => this.change(() => this.drop()))
    this.clear = button("Clear all", () => this.change(() => this.show([], 0)))
    this.status = status("p")
    this.strip = element("canvas", "strip")
    const side = element("div", "side", this.status, this.strip)
    this.root = element("div", "pad", element("div", "both", this.square, side),
      element("div", "bar", this.next, this.undo, this.remove, this.clear))
    this.square.onpointerdown = (event) => this.press(event)
    this.square.onpointermove = (event) => event.pointerId === this.pressed?.id && this.stroke(event)
    this.square.onlostpointercapture = () => this.release()
    this.square.onkeydown = (event) => this.key(event)
    this.strip.onclick = (event) => this.pick(event)
    guardKeys(this.root)
    this.cross = [3, 3]
    this.observer = new ResizeObserver(() => this.draw())
    this.observer.observe(this.root)
  }

  close() {
    this.observer.disconnect()
  }

  update(data) {
    const isNew = data.rev !== this.data?.rev // else the hand knows better than Python what stands here
    this.data = data
    if (isNew) {
      const last = kept.get(data.key)
      this.history = last?.rev === data.rev ? last.history : []
      kept.set(data.key, { rev: data.rev, history: this.history })
      this.pressed = null
      const pictures = this.parse(data.pictures)
      this.show(pictures, pictures.length)
    }
    const keys = "Arrow keys move over the pixels, Enter inks one, N is the next picture, Page Up the one before, " +
      "Delete undoes."
    this.square.setAttribute("aria-label", `${data.label}. ${keys}`)
    this.draw()
  }

  parse(text) {
    return Array.from({ length: text.length / PIXELS }, (_, i) =>
      Uint8Array.from(text.slice(i * PIXELS, (i + 1) * PIXELS), (letter) => letter.charCodeAt(0) - A))
  }

  text() {
    return this.pictures.map((picture) => String.fromCharCode(...picture.map((level) => level + A))).join("")
  }

  // ---- pictures ------------------------------------------------------------------------------------------------

  /** These pictures, and on the pad the one with this index, or a new one. */
  show(pictures, at) {
    this.pictures = pictures
    this.turn(at)
  }

  turn(at) {
    this.at = Math.max(0, Math.min(at, this.pictures.length))
    this.before = this.pictures[this.at] ?? blank()
    this.fine = new Uint8Array(WIDE * WIDE) // what the hand has inked since then
    this.draw()
  }

  /** There is no room for another one. */
  get full() {
    return this.at >= this.data.most
  }

  drop() {
    this.pictures.splice(this.at, 1)
    this.turn(this.pictures.length)
  }

  /** The picture on the pad as it is now. */
  put(picture) {
    if (inked(picture)) this.pictures[this.at] = picture
  }

  change(edit) {
    this.remember()
    edit()
    this.commit()
  }

  remember() {
    this.history.push({ pictures: [...this.pictures], at: this.at })
  }

  restore({ pictures, at }) {
    this.show(pictures, at)
    this.commit()
  }

  commit() {
    this.draw()
    this.send("drawn", { rev: this.data.rev, pictures: this.text() })
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  press(event) {
    if (event.button !== 0 || this.pressed || this.full) return
    event.preventDefault()
    this.square.focus({ preventScroll: true })
    this.square.setPointerCapture(event.pointerId)
    this.remember()
    this.pressed = { id: event.pointerId, at: this.under(event) }
    this.ink(...this.pressed.at)
    this.count()
  }

  stroke(event) {
    const [x0, y0] = this.pressed.at
    const [x1, y1] = (this.pressed.at = this.under(event))
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0)))
    for (let i = 1; i <= steps; i++) this.ink(x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps)
    this.count()
  }

  release() {
    if (!this.pressed) return
    this.pressed = null
    this.commit()
  }

  /** Where the pointer is, in parts of pixels. */
  under(event) {
    const area = this.square.getBoundingClientRect()
    return [((event.clientX - area.left) / area.width) * WIDE, ((event.clientY - area.top) / area.height) * WIDE]
  }

  ink(x, y) {
    for (let row = Math.floor(y - PEN); row <= y + PEN; row++)
      for (let column = Math.floor(x - PEN); column <= x + PEN; column++)
        if (row >= 0 && row < WIDE && column >= 0 && column < WIDE && Math.hypot(column + 0.5 - x, row + 0.5 - y) < PEN)
          this.fine[row * WIDE + column] = 1
  }

  /** A pixel has as much ink as there are inked parts in it. */
  count() {
    const picture = blank()
    this.fine.forEach((full, i) => {
      if (full) picture[Math.floor(i / WIDE / FINE) * SIDE + Math.floor((i % WIDE) / FINE)]++
    })
    this.put(picture.map((level, i) => Math.max(level, this.before[i])))
    this.draw()
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (way) this.cross = this.cross.map((v, i) => Math.min(SIDE - 1, Math.max(0, v + way[i])))
    else if (event.key === "Enter" || event.key === " ") this.full || this.change(() => this.dot())
    else if (event.key.toLowerCase() === "n") this.turn(this.pictures.length)
    else if (event.key === "PageDown") this.turn(this.at + 1)
    else if (event.key === "PageUp") this.turn(this.at - 1)
    else if (["Delete", "Backspace"].includes(event.key)) this.undo.click()
    else return
    event.preventDefault()
    this.draw()
  }

  /** Ink in the pixel under the cross. */
  dot() {
    const picture = (this.pictures[this.at] ?? blank()).slice()
    picture[this.cross[1] * SIDE + this.cross[0]] = LEVELS
    this.put(picture)
    this.turn(this.at)
  }

  pick(event) {
    const area = this.strip.getBoundingClientRect()
    const size = area.width / ACROSS
    const at = Math.floor((event.clientY - area.top) / size) * ACROSS + Math.floor((event.clientX - area.left) / size)
    if (at < this.pictures.length) this.turn(at)
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  draw() {
    const size = Math.round(this.square.clientWidth * devicePixelRatio)
    if (!size || !this.data) return
    const ink = getComputedStyle(this.root).getPropertyValue("--st-text-color") || "black"
    const now = this.pictures[this.at] ?? blank()
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size
    const context = this.canvas.getContext("2d")
    context.clearRect(0, 0, size, size)
    paint(context, now, 0, 0, size, this.data.color)
    context.strokeStyle = ink
    context.lineWidth = devicePixelRatio
    context.globalAlpha = 0.12
    context.beginPath()
    for (let i = 1; i < SIDE; i++) {
      const at = (i / SIDE) * size
      context.moveTo(at, 0)
      context.lineTo(at, size)
      context.moveTo(0, at)
      context.lineTo(size, at)
    }
    context.stroke()
    context.globalAlpha = 1
    if (this.square.matches(":focus-visible")) {
      const cell = size / SIDE
      context.lineWidth = 2 * devicePixelRatio
      context.strokeRect(this.cross[0] * cell + 1, this.cross[1] * cell + 1, cell - 2, cell - 2)
    }
    this.drawStrip(ink)
    const n = this.pictures.length, { few, most } = this.data
    const still = n < few ? `, ${few - n} to go` : n >= most ? ": there is room for no more" : ""
    const which = this.at < n ? `picture ${this.at + 1} is on the pad` : n < most ? "a new one is on the pad" : ""
    this.status.textContent = [`${n} picture${n === 1 ? "" : "s"}${still}`, which].filter(Boolean).join("; ")
    this.next.disabled = this.at >= n || n >= most
    this.undo.disabled = !this.history.length
    this.remove.disabled = this.at >= n
    this.clear.disabled = !n
  }

  /** All pictures, in rows; the one on the pad has a frame. */
  drawStrip(ink) {
    const width = Math.round(this.strip.parentNode.clientWidth * devicePixelRatio)
    const place = width / ACROSS
    const rows = Math.max(2, Math.ceil(this.pictures.length / ACROSS))
    this.strip.width = width
    this.strip.height = Math.round(rows * place)
    const context = this.strip.getContext("2d")
    this.pictures.forEach((picture, i) => {
      const x = (i % ACROSS) * place, y = Math.floor(i / ACROSS) * place
      paint(context, picture, x + 0.08 * place, y + 0.08 * place, 0.84 * place, this.data.color)
      if (i !== this.at) return
      context.strokeStyle = ink
      context.lineWidth = 1.5 * devicePixelRatio
      context.strokeRect(x + 1, y + 1, place - 2, place - 2)
    })
  }
}

function paint(context, picture, left, top, size, color) {
  const cell = size / SIDE
  context.fillStyle = color
  picture.forEach((level, i) => {
    if (!level) return
    context.globalAlpha = level / LEVELS
    const x = left + (i % SIDE) * cell, y = top + Math.floor(i / SIDE) * cell
    context.fillRect(x, y, cell, cell)
  })
  context.globalAlpha = 1
}

const CSS = `${BAR}
.pad { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 20%, transparent);
  font-family: var(--st-font); color: var(--ink); }
.both { display: flex; gap: 16px; align-items: flex-start; }
.square { position: relative; flex: 0 0 min(45%, 260px); aspect-ratio: 1; cursor: crosshair;
  border: 1.5px solid color-mix(in srgb, var(--ink) 30%, transparent); border-radius: var(--st-base-radius, 8px);
  touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none;
  -webkit-tap-highlight-color: transparent; overflow: hidden; outline: none; }
.square:focus-visible { border-color: var(--st-primary-color); }
.square canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.side { flex: 1; min-width: 0; }
.side p { margin: 0 0 8px; font-size: 14px; min-height: 2.6em; }
.strip { display: block; width: 100%; cursor: pointer; }
.bar { margin-top: 12px; font-size: 14px; }
.bar button { padding: 0 12px; }
`

export default place(Pad, CSS)
