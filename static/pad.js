// Little pictures drawn by hand, one after the other: press and drag on the pad, then "Next picture". The keyboard
// moves over its pixels and inks them with Enter. All pictures go to Python as text, a letter a pixel, A for paper.

const { search } = new URL(import.meta.url)
const [{ element, place }, { button }, { Square, css }] = await Promise.all(
  ["./component.js", "./controls.js", "./square.js"].map((file) => import(file + search)),
)
const SIDE = 8, FINE = 4 // pixels of a picture; parts of a pixel's side, of which a hand inks some
const LEVELS = FINE * FINE, PIXELS = SIDE * SIDE, WIDE = SIDE * FINE
const PEN = 1.9 // radius of the pen, in parts
const ACROSS = 8 // pictures in a row of those drawn
const A = "A".charCodeAt(0)

const blank = () => new Uint8Array(PIXELS)
const inked = (picture) => picture.some(Boolean)

class Pad extends Square {
  last = SIDE - 1
  cross = [3, 3]
  ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
  keys = "Arrow keys move over the pixels, Enter inks one, N is the next picture, Page Up the one before, Delete undoes."

  constructor() {
    super()
    this.next = button("Next picture", () => this.turn(this.pictures.length), "next")
    this.remove = button("Remove", () => this.change(() => this.drop()))
    this.clear = button("Clear all", () => this.change(() => this.show([], 0)))
    this.strip = element("canvas", "strip")
    this.strip.onclick = (event) => this.pick(event)
    const side = element("div", "side", this.status, this.strip)
    this.build(element("div", "pad", element("div", "both", this.square, side),
      element("div", "bar", this.next, this.undo, this.remove, this.clear)))
  }

  read(text) {
    const pictures = Array.from({ length: text.length / PIXELS }, (_, i) =>
      Uint8Array.from(text.slice(i * PIXELS, (i + 1) * PIXELS), (letter) => letter.charCodeAt(0) - A))
    this.show(pictures, pictures.length)
  }

  text() {
    return this.pictures.map((picture) => String.fromCharCode(...picture.map((level) => level + A))).join("")
  }

  snapshot() {
    return { pictures: [...this.pictures], at: this.turned }
  }

  take({ pictures, at }) {
    this.show(pictures, at)
  }

  // ---- pictures ------------------------------------------------------------------------------------------------

  /** These pictures, and on the pad the one with this index, or a new one. */
  show(pictures, at) {
    this.pictures = pictures
    this.turn(at)
  }

  turn(at) {
    this.turned = Math.max(0, Math.min(at, this.pictures.length))
    this.before = this.pictures[this.turned] ?? blank()
    this.fine = new Uint8Array(WIDE * WIDE) // what the hand has inked since then
    this.draw()
  }

  /** There is no room for another one. */
  get full() {
    return this.turned >= this.data.most
  }

  drop() {
    this.pictures.splice(this.turned, 1)
    this.turn(this.pictures.length)
  }

  /** The picture on the pad as it is now. */
  put(picture) {
    if (inked(picture)) this.pictures[this.turned] = picture
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  /** A place in parts of pixels. */
  at(x, y) {
    return [x * WIDE, y * WIDE]
  }

  dot(at) {
    this.ink(...at)
    this.count()
  }

  line([x0, y0], [x1, y1]) {
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0)))
    for (let i = 1; i <= steps; i++) this.ink(x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps)
    this.count()
    return [x1, y1]
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
  }

  more(key) {
    if (key.toLowerCase() === "n") this.turn(this.pictures.length)
    else if (key === "PageDown") this.turn(this.turned + 1)
    else if (key === "PageUp") this.turn(this.turned - 1)
    else return false
    return true
  }

  /** Ink in the pixel under the cross. */
  set([column, row]) {
    const picture = (this.pictures[this.turned] ?? blank()).slice()
    picture[row * SIDE + column] = LEVELS
    this.put(picture)
    this.turn(this.turned)
  }

  pick(event) {
    const area = this.strip.getBoundingClientRect()
    const size = area.width / ACROSS
    const at = Math.floor((event.clientY - area.top) / size) * ACROSS + Math.floor((event.clientX - area.left) / size)
    if (at < this.pictures.length) this.turn(at)
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  paint(context, size, ink) {
    paint(context, this.pictures[this.turned] ?? blank(), 0, 0, size, this.data.color)
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
    if (this.focused) {
      const cell = size / SIDE
      context.lineWidth = 2 * devicePixelRatio
      context.strokeRect(this.cross[0] * cell + 1, this.cross[1] * cell + 1, cell - 2, cell - 2)
    }
    this.drawStrip(ink)
  }

  tell() {
    const n = this.pictures.length, { few, most } = this.data
    const still = n < few ? `, ${few - n} to go` : n >= most ? ": there is room for no more" : ""
    const which = this.turned < n ? `picture ${this.turned + 1} is on the pad` : n < most ? "a new one is on the pad" : ""
    this.status.textContent = [`${n} picture${n === 1 ? "" : "s"}${still}`, which].filter(Boolean).join("; ")
    this.next.disabled = this.turned >= n || n >= most
    this.remove.disabled = this.turned >= n
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
      if (i !== this.turned) return
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

const CSS = `${css("pad")}
.both { display: flex; gap: 16px; align-items: flex-start; }
.square { flex: 0 0 min(45%, 260px); }
.side { flex: 1; min-width: 0; }
.side p { margin: 0 0 8px; font-size: 14px; min-height: 2.6em; }
.strip { display: block; width: 100%; cursor: pointer; }
.bar { margin-top: 12px; }
`

export default place(Pad, CSS)
