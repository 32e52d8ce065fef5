// Bars to draw by hand: press anywhere in a column and its bar comes up to the finger; sweep sideways and the bars in
// between follow. Each bar is a slider for the keyboard too. The heights go to Python as text ("3 2 1 4").

const { search } = new URL(import.meta.url)
const [{ element, place }, { guardKeys }] = await Promise.all(
  ["./component.js", "./controls.js"].map((file) => import(file + search)),
)
const SEND_EVERY = 200 // milliseconds, while a gesture lasts

const number = (value) => String(Number(value.toFixed(9)))
const clamp = (value, low, high) => Math.min(Math.max(value, low), high)

class Bars {
  static waits = 2000 // what a hand has made, and can undo, outlives a node that is put back

  constructor() {
    this.label = element("div", "label")
    this.plot = element("div", "plot")
    this.names = element("div", "names")
    this.names.setAttribute("aria-hidden", "true") // each bar says its own
    this.root = element("div", "bars", this.label, this.plot, this.names)
    this.root.setAttribute("role", "group")
    guardKeys(this.root)
    this.plot.onpointerdown = (event) => this.press(event)
    this.plot.onpointermove = (event) => event.pointerId === this.pressed?.id && this.sweep(event)
    this.plot.onlostpointercapture = (event) => event.pointerId === this.pressed?.id && this.release()
  }

  close() {
    clearTimeout(this.timer)
  }

  update(data) {
    const isNew = data.rev !== this.data?.rev // else the hand knows better than Python what stands here
    this.data = data
    if (isNew) {
      clearTimeout(this.timer)
      this.timer = this.pressed = null
      this.heights = [...data.heights]
      this.sent = this.text()
      this.plot.replaceChildren(...data.names.map((name, bar) => this.makeColumn(bar)))
      this.plot.classList.remove("pressed")
    }
    this.label.textContent = data.label
    this.root.setAttribute("aria-label", data.label)
    this.root.style.setProperty("--bar", data.color)
    this.root.style.setProperty("--n", data.names.length)
    this.names.replaceChildren(...data.names.map((name) => element("span", "", name)))
    this.render()
  }

  makeColumn(bar) {
    const node = element("div", "column", element("div", "bar"), element("span", "value"))
    node.tabIndex = 0
    node.onkeydown = (event) => this.key(event, bar)
    for (const [name, value] of Object.entries({ role: "slider", "aria-orientation": "vertical", "aria-valuemin": 0 }))
      node.setAttribute(name, value)
    return node
  }

  render() {
    const { names, top } = this.data
    this.heights.forEach((height, bar) => {
      const node = this.plot.children[bar]
      const text = number(height)
      node.style.setProperty("--share", height / top)
      node.lastChild.textContent = text
      node.setAttribute("aria-label", names[bar])
      node.setAttribute("aria-valuemax", top)
      node.setAttribute("aria-valuenow", text)
      node.setAttribute("aria-valuetext", `${text} of ${number(top)}`)
    })
  }

  text() {
    return this.heights.map(number).join(" ")
  }

  set(bar, height) {
    const { top, step } = this.data
    this.heights[bar] = clamp(Number((Math.round(height / step) * step).toFixed(9)), 0, top)
  }

  // What has changed goes to Python, at most one message in SEND_EVERY; the last one always goes.
  commit() {
    this.render()
    if (this.timer) return
    const tell = () => {
      this.timer = null
      if (this.text() === this.sent) return
      this.sent = this.text()
      this.send("drawn", { rev: this.data.rev, heights: this.sent })
      this.timer = setTimeout(tell, SEND_EVERY)
    }
    tell()
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  press(event) {
    if (event.button !== 0 || this.pressed) return
    event.preventDefault() // no text selection; so the focus is set by hand
    this.plot.setPointerCapture(event.pointerId)
    this.plot.classList.add("pressed")
    this.pressed = { id: event.pointerId, at: this.under(event) }
    this.sweep(event)
  }

  // From where the hand was to where it is: a fast sweep must not leave out the bars in between.
  sweep(event) {
    const [from, to] = [this.pressed.at, this.under(event)]
    const way = to.bar - from.bar
    for (let bar = from.bar; bar !== to.bar; bar += Math.sign(way))
      if (bar !== from.bar) this.set(bar, from.height + ((to.height - from.height) * (bar - from.bar)) / way)
    this.set(to.bar, to.height)
    this.pressed.at = to
    this.commit()
  }

  under(event) {
    const area = this.plot.getBoundingClientRect()
    const column = this.plot.firstChild.getBoundingClientRect()
    const bar = clamp(Math.floor((event.clientX - area.left) / column.width), 0, this.heights.length - 1)
    return { bar, height: (this.data.top * (area.bottom - event.clientY)) / column.height }
  }

  release() {
    this.plot.children[this.pressed.at.bar].focus({ preventScroll: true }) // the arrow keys go on from here
    this.pressed = null
    this.plot.classList.remove("pressed")
    this.commit()
  }

  key(event, bar) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.pressed) return
    const { top, step } = this.data
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key]
    if (aside) this.plot.children[clamp(bar + aside, 0, this.heights.length - 1)].focus()
    else if (steps) this.set(bar, this.heights[bar] + steps * step)
    else if (event.key === "Home") this.set(bar, 0)
    else if (event.key === "End") this.set(bar, top)
    else return
    event.preventDefault()
    this.commit()
  }
}

const CSS = `
.bars { --ink: var(--st-text-color); --soft: color-mix(in srgb, var(--ink) 72%, transparent); --columns: repeat(var(--n), minmax(0, 64px));
  font-family: var(--st-font); color: var(--ink); font-variant-numeric: tabular-nums; }
.label { font-size: 14px; line-height: 20px; margin-bottom: 4px; }
.plot, .names { display: grid; grid-template-columns: var(--columns); width: fit-content; min-width: min(100%, calc(64px * var(--n))); }
.plot { padding-top: 20px; touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none;
  -webkit-tap-highlight-color: transparent; cursor: ns-resize; border-bottom: 1.5px solid var(--soft); }
.column { position: relative; height: 108px; outline: none; border-radius: 4px 4px 0 0;
  background: linear-gradient(color-mix(in srgb, var(--ink) 5%, transparent) 0 0) center / calc(100% - 4px) 100% no-repeat; }
.bar { position: absolute; inset: auto 2px 0; height: calc(100% * var(--share)); min-height: 4px; box-sizing: border-box;
  border-top: 4px solid var(--bar); background: color-mix(in srgb, var(--bar) 40%, transparent); transition: height .15s; }
.value { position: absolute; left: 0; right: 0; bottom: calc(max(100% * var(--share), 4px) + 1px); text-align: center;
  font-size: 14px; line-height: 18px; transition: bottom .15s; pointer-events: none; }
.plot.pressed .bar, .plot.pressed .value { transition: none; }
.column:hover .bar { background: color-mix(in srgb, var(--bar) 55%, transparent); }
.column:focus-visible { box-shadow: 0 0 0 2px var(--st-background-color), 0 0 0 4px var(--ink); z-index: 1; }
.names span { text-align: center; font-size: 13px; line-height: 20px; color: var(--soft); overflow: hidden; white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .bar, .value { transition: none; } }
`

export default place(Bars, CSS)
