// Pictures of all places of a grid, one of which is shown: a slider, or the hand in the picture, goes from place to place,
// and curves, numbers and sentence follow without asking the server, here and in the pieces that follow. The server hears
// where the hand let go. Places that are moments can be played.

const { search } = new URL(import.meta.url)
const files = ["../component.js", "../controls.js", "../hand.js", "../message.js", "../shift/curves.js", "../shift/panel.js", "../words/over.js", "./heat.js", "./points.js", "./style.js"]
const [{ element, find, piece, place, tell }, { button, guardKeys }, { Hand }, { decode }, { between }, { Panel, attributes, draw }, { Over }, { shades }, { dots, points }, { STYLE }] =
  await Promise.all(files.map((file) => import(file + search)))

class Sweep {
  static waits = 2000 // where the hand is outlives a node that is put back

  constructor() {
    this.name = element("span")
    this.said = element("span", "said")
    this.slider = element("input")
    Object.assign(this.slider, { type: "range", min: 0, step: 1 })
    this.control = element("label", "", this.name, this.said, this.slider)
    this.player = button("", () => (this.playing ? this.halt() : this.play()), "player")
    this.controls = element("div", "controls", this.player, this.control)
    this.list = element("dl")
    this.pictures = element("div")
    this.sentence = element("p", "sentence")
    this.root = element("div", "sweep", this.controls, this.list, this.pictures, this.sentence)
    this.root.setAttribute("role", "group")
    this.over = new Over(this.root)
    this.grip = draw("circle", { class: "grip", r: 13 })
    this.arrow = draw("text", { "text-anchor": "middle" })
    this.hand = draw("g", { class: "hand", "aria-hidden": "true" }, this.grip, this.arrow) // keys move the slider
    this.held = new Hand(this.hand, {
      start: () => (this.halt(), this.at),
      drag: (at, right, down) => this.drag(at, right, down),
      draw: () => {
        this.show(this.at)
        this.bring()
      },
      tell: () => this.held.news(this.at, this.header.at, (news) => this.send("at", news)),
    })
    this.slider.oninput = () => {
      this.halt()
      this.move(Number(this.slider.value))
      this.held.soon()
    }
    guardKeys(this.root)
    this.observer = new ResizeObserver(() => this.header && this.frame())
    this.observer.observe(this.root)
  }

  update(bytes) {
    const { header, groups } = decode(bytes)
    this.header = header
    this.key = header.key
    this.arrays = groups.map((group) => Object.fromEntries(Object.entries(group).map(([name, { array }]) => [name, array])))
    const led = this.leads
    this.held.heard(header.heard)
    const leader = this.leads ? this : find((piece) => piece.leads && piece.header.follow.includes(this.key))
    this.at = (leader ?? header).at
    this.root.setAttribute("aria-label", header.alt)
    this.control.hidden = !header.label
    this.player.hidden = !header.plays
    if (!header.plays) this.halt()
    this.offer()
    this.name.textContent = header.label
    this.slider.max = header.places.length - 1
    const kind = JSON.stringify([header.hand?.panel, header.panels.map(({ height, lines, areas }) => [height, lines.length, areas?.length])])
    if (kind !== this.kind) this.build()
    this.kind = kind
    this.frame()
    if (led && !this.leads) this.bring()
  }

  /** The server does not know yet where this is. */
  get leads() {
    return Boolean(this.playing || this.held.busy)
  }

  /** The nodes of the panels; while they stay, what is under a finger stays. */
  build() {
    this.panels = this.header.panels.map(({ height, title, lines, areas = [] }, i) => {
      const layers = {
        band: draw("rect", { class: "band" }), heat: draw("image", { preserveAspectRatio: "none" }),
        areas: areas.map(() => draw("path")), lines: lines.map(() => draw("path", { class: "line" })),
      }
      const hand = this.header.hand?.panel === i ? [this.hand] : []
      const panel = new Panel(height, title, layers.band, layers.heat, ...layers.areas, ...layers.lines, ...hand)
      Object.assign(panel, layers)
      panel.legend = element("div", "legend")
      return panel
    })
    this.pictures.replaceChildren(...this.panels.flatMap(({ legend, svg }) => [legend, svg]))
  }

  /** All that stays while the hand moves. */
  frame() {
    this.header.panels.forEach(({ title, x, y, band, lines }, i) => {
      const panel = this.panels[i]
      panel.title = title
      panel.frame({ low: x.low, high: x.high, base: y.low, top: y.high, xTitle: x.title, xMarks: x.marks, yMarks: y.marks })
      const [left, above] = panel.at(x.low, band?.[1] ?? 0), [right, below] = panel.at(x.high, band?.[0] ?? 0)
      attributes(panel.band, { x: left, y: above, width: right - left, height: below - above })
      lines.forEach((line, j) => (panel.lines[j].style.cssText = look(line)))
      panel.legend.replaceChildren(...lines.filter(({ name }) => name).map(entry))
    })
    this.over.place(this.panels.flatMap(({ legend, axes }) => [legend, axes]), this.header.words)
    this.show(this.at)
  }

  /** What follows comes to this place. */
  bring() {
    for (const key of this.header.follow) piece(key)?.show(this.at)
  }

  /** The picture of this place, or of the last one there is. */
  show(wanted) {
    const { header, panels } = this
    const at = (this.at = Math.min(wanted, header.places.length - 1))
    let group = 0
    header.panels.forEach(({ x, lines, areas = [], heat }, i) => {
      const panel = panels[i]
      const drawn = lines.map((line) => points(line, this.arrays[group++], at, x))
      drawn.forEach((those, j) => panel.lines[j].setAttribute("d", lines[j].kind === "dots" ? dots(those, panel) : panel.broken(those)))
      areas.forEach(({ from, to, color }, j) => {
        panel.areas[j].setAttribute("d", between(drawn[from], drawn[to], panel.at))
        panel.areas[j].style.cssText = `fill: ${color}; fill-opacity: .3; fill-rule: evenodd`
      })
      if (heat) attributes(panel.heat, shades(this.arrays[group++], at, heat.color, panel.at))
    })
    const now = (text) => (Array.isArray(text) ? text[at] : text)
    const texts = header.numbers.map((pair) => pair.map(now))
    while (this.list.children.length > texts.length) this.list.lastChild.remove()
    while (this.list.children.length < texts.length) this.list.append(element("div", "", element("dt"), element("dd")))
    texts.forEach((pair, i) => pair.forEach((text, j) => tell(this.list.children[i].children[j], text)))
    tell(this.sentence, now(header.sentence))
    write(this.said, header.places[at])
    this.slider.value = at
    this.slider.style.setProperty("--at", `${(100 * at) / this.slider.max}%`)
    this.slider.setAttribute("aria-valuetext", header.places[at])
    if (header.hand) this.hold()
  }

  /** The hand, where it stands at this place. */
  hold() {
    const { hand } = this.header, panel = this.panels[hand.panel]
    const [x, y] = panel.at(hand.x[this.at], hand.y[this.at])
    attributes(this.grip, { cx: x, cy: y, stroke: hand.color })
    attributes(this.arrow, { x, y: y + 5 })
    write(this.arrow, hand.axis === "y" ? "↕" : "↔")
  }

  /** To the place of the grid that is nearest to the finger. */
  drag(from, right, down) {
    const { hand } = this.header, panel = this.panels[hand.panel]
    const places = hand[hand.axis]
    const wanted = places[from] + (hand.axis === "y" ? -down / panel.rise : right / panel.scale)
    const far = places.map((place) => Math.abs(place - wanted))
    this.move(far.indexOf(Math.min(...far)))
  }

  move(at) {
    if (at === this.at) return
    this.at = at
    this.held.moved()
  }

  /** From place to place, from the first one again if it stands at the last. */
  play() {
    if (this.at === this.header.places.length - 1) this.move(0)
    this.playing = setInterval(() => {
      this.move(this.at + 1)
      if (this.at >= this.header.places.length - 1) this.halt()
    }, this.header.plays)
    this.offer()
  }

  halt() {
    if (!this.playing) return
    clearInterval(this.playing)
    this.playing = null
    this.offer()
    this.held.soon()
  }

  offer() {
    write(this.player, this.playing ? "❚❚ Pause" : "▶ Play")
  }

  close() {
    clearInterval(this.playing)
    this.held.close()
    this.observer.disconnect()
  }
}

function look({ color, dash, width, kind, opacity = width < 8 ? 0.35 : 1 }) {
  const rest = kind === "dots" ? `stroke-linecap: round; opacity: ${opacity}` : `stroke-dasharray: ${dash || "none"}`
  return `stroke: ${color}; stroke-width: ${width}; ${rest}`
}

/** Of a legend: a piece of the line, and its name. */
function entry(line) {
  const path = draw("path", { class: "line", d: line.kind === "dots" ? "M14,6h0" : "M1,6h26" })
  path.style.cssText = look(line)
  return element("span", "", draw("svg", { width: 28, height: 12, "aria-hidden": "true" }, path), ` ${line.name}`)
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

export default place(Sweep, STYLE)
