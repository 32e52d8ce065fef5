// A square that is drawn on: press and drag, or move a cross with the arrow keys and press Enter; all of it can be undone.
// What has been drawn goes to Python as text.

const { search } = new URL(import.meta.url)
const [{ element }, { BAR, button, guardKeys, status }] = await Promise.all(
  ["./component.js", "./controls.js"].map((file) => import(file + search)),
)
const kept = new Map() // what can be undone, by the key of a square: it outlives its place on the page

/**
 * A kind of square builds its `root` and calls `build(root)`. It says `last`, where the cross comes to an end, and `ways`, what
 * the arrow keys add to it; `keys`, how the keyboard is used. It has read(text) and text(); snapshot() and take(snapshot) for
 * undo; at(x, y), a place from shares of the sides, and dot(place), line(from, to), which gives where it has come to; and
 * set(cross); tell() the words and buttons beside the square; paint(context, size, ink).
 */
export class Square {
  static waits = 2000 // what a hand has made, and can undo, outlives a node that is put back

  constructor() {
    this.square = element("div", "square", (this.canvas = element("canvas")))
    this.square.tabIndex = 0
    this.square.setAttribute("role", "application")
    this.undo = button("↶ Undo", () => this.history.length && this.restore(this.history.pop()))
    this.status = status("p")
    this.square.onpointerdown = (event) => this.press(event)
    this.square.onpointermove = (event) => event.pointerId === this.pressed?.id && this.stroke(event)
    this.square.onlostpointercapture = () => this.release()
    this.square.onkeydown = (event) => this.key(event)
    this.observer = new ResizeObserver(() => this.draw())
  }

  build(root) {
    this.root = root
    guardKeys(root)
    this.observer.observe(root)
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
      this.read(data.text)
    }
    this.square.setAttribute("aria-label", `${data.label}. ${this.keys}`)
    this.draw()
  }

  /** There is room for nothing more. */
  get full() {
    return false
  }

  change(edit) {
    this.remember()
    edit()
    this.commit()
  }

  remember() {
    this.history.push(this.snapshot())
  }

  restore(snapshot) {
    this.take(snapshot)
    this.commit()
  }

  commit() {
    this.draw()
    this.send("drawn", { rev: this.data.rev, text: this.text() })
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  press(event) {
    if (event.button !== 0 || this.pressed || this.full) return
    event.preventDefault()
    this.square.focus({ preventScroll: true })
    this.square.setPointerCapture(event.pointerId)
    this.remember()
    this.pressed = { id: event.pointerId, at: this.under(event) }
    this.dot(this.pressed.at)
    this.draw()
  }

  stroke(event) {
    this.pressed.at = this.line(this.pressed.at, this.under(event))
    this.draw()
  }

  release() {
    if (!this.pressed) return
    this.pressed = null
    this.commit()
  }

  under(event) {
    const area = this.square.getBoundingClientRect()
    return this.at((event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height)
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = this.ways[event.key]
    if (way) this.cross = this.cross.map((v, i) => Math.min(this.last, Math.max(0, v + way[i])))
    else if (event.key === "Enter" || event.key === " ") this.full || this.change(() => this.set(this.cross))
    else if (["Delete", "Backspace"].includes(event.key)) this.undo.click()
    else if (!this.more(event.key)) return
    event.preventDefault()
    this.draw()
  }

  /** True for a key that only this kind of square knows. */
  more(key) {
    return false
  }

  draw() {
    const size = Math.round(this.square.clientWidth * devicePixelRatio)
    if (!size || !this.data) return
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size
    const context = this.canvas.getContext("2d")
    context.clearRect(0, 0, size, size)
    this.paint(context, size, getComputedStyle(this.root).getPropertyValue("--st-text-color") || "black")
    this.undo.disabled = !this.history.length
    this.tell()
  }

  get focused() {
    return this.square.matches(":focus-visible")
  }
}

/** Of the root, by the name of its class. */
export const css = (root) => `${BAR}
.${root} { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 20%, transparent);
  font-family: var(--st-font); color: var(--ink); }
.square { position: relative; aspect-ratio: 1; cursor: crosshair; border: 1.5px solid color-mix(in srgb, var(--ink) 30%, transparent);
  border-radius: var(--st-base-radius, 8px); touch-action: none; user-select: none; -webkit-user-select: none;
  -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; overflow: hidden; outline: none; }
.square:focus-visible { border-color: var(--st-primary-color); }
.square canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.bar { font-size: 14px; }
.bar button { padding: 0 12px; }
`
