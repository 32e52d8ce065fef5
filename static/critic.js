// The critic: P's bars stand up and Q's hang down from one line, and above them the student bends f, a polyline with a
// knot over every place. One state, `f` (heights in whole hundredths, so that slope 1 is exact), draws the picture, the
// values and the table, so they cannot disagree; it goes to Python as text ("0 -1 2.5"), at most 5 times a second.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)
const SVG = "http://www.w3.org/2000/svg"
const WINDOW = 600 // hundredths up and down, under the clamp
const LIMIT = 100000 // without it
const SEND_MS = 200
const EDGE = 10 // pixels from the window's edge where, without the clamp, the window begins to grow
const SPOTS = [0, -24, 24, -44, 44].flatMap((off) => [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((t) => [t, off])) // of a label, from best to worst

const number = (value) => (Math.abs(value) < 0.005 ? "0" : String(Number(value.toFixed(2)))).replace("-", "−")
const percent = (share) => `${Number((100 * share).toFixed(share < 0.1 ? 1 : 0))} %`
const mean = (side) => element("span", "", "E", element("sub", "", side), " f")
const lowered = (text) => element("span", "", ...text.split(/_(\w)/).map((part, i) => (i % 2 ? element("sub", "", part) : part)))
const GAP = "E_P f − E_Q f" // for screen readers
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0)
const clamp = (value, low, high) => Math.min(Math.max(value, low), high)

// The same as `pull` and `tame` in wgan_demo/distances/duality.py, which say why they keep f 1-Lipschitz.
const pull = (f, k, v) => f.map((height, i) => clamp(height, v - 100 * Math.abs(i - k), v + 100 * Math.abs(i - k)))
const steepest = (f) => Math.max(0, ...f.slice(1).map((height, i) => Math.abs(height - f[i])))
function tame(f) {
  const s = steepest(f)
  const g = s > 100 ? f.map((height) => Math.floor((200 * height + s) / (2 * s))) : f
  const middle = Math.floor((Math.max(...g) + Math.min(...g)) / 2)
  return Math.max(...g.map(Math.abs)) > WINDOW ? g.map((height) => height - middle) : g
}

class Critic {
  constructor() {
    this.score = element("div", "score")
    this.meter = element("div", "meter")
    this.svg = document.createElementNS(SVG, "svg")
    this.svg.setAttribute("aria-hidden", "true")
    this.stage = element("div", "stage", this.svg)
    this.legend = element("div", "legend")
    this.table = element("div", "pairs")
    this.buttons = {
      undo: this.button("↶ Undo", () => this.undo()),
      flat: this.button("Flatten f", () => this.replace(this.f.map(() => 0), "f is flat: 0 everywhere.")),
      best: this.button("Take f*", () => this.replace(this.data.best.map(Math.round), "Your f is now f*. Undo brings yours back.")),
    }
    this.status = element("p", "status")
    this.status.setAttribute("aria-live", "polite")
    const bar = element("div", "bar", ...Object.values(this.buttons), this.status)
    const head = element("div", "head", this.score, this.meter)
    const scene = element("div", "scene", this.stage, this.legend)
    this.root = element("div", "critic", element("div", "parts", head, scene, bar, this.table))
    this.root.onkeydown = (event) => {
      if (event.key !== "Tab") event.stopPropagation() // R and C are the app's hotkeys
    }
    this.resizes = new ResizeObserver(() => this.data && this.layout())
    this.resizes.observe(this.stage)
  }

  close() {
    this.held = null
    clearTimeout(this.timer)
    cancelAnimationFrame(this.frame)
    this.resizes.disconnect()
  }

  button(label, action) {
    const button = element("button", "", label)
    button.type = "button"
    button.onclick = action
    return button
  }

  // ---- state ---------------------------------------------------------------------------------------------------

  update(data) {
    const before = this.data
    this.data = data
    if (!before) {
      this.f = data.f
      this.history = []
      this.knots = this.f.map((height, k) => this.makeKnot(k))
      this.stage.append(...this.knots)
      this.say("Drag a knot up or down; or Tab to it and press the arrow keys.")
    } else if (data.clamp && !before.clamp) {
      const slope = steepest(this.f) / 100
      if (slope > 1) this.say(`The clamp is back: f was divided by its greatest slope, ${number(slope)}.`)
      this.held = null
      this.f = tame(this.f)
      this.tell(true)
    } else if (String([before.p, before.q]) !== String([data.p, data.q])) {
      this.say(`P and Q have changed. ${GAP} = ${number(this.value())}.`)
    }
    if (!this.held) this.fit()
    this.layout()
  }

  // What is about to change can be undone; a row of key presses on one knot is one step back.
  remember(gesture) {
    if (!gesture || gesture !== this.gesture) this.history.push(this.f)
    this.gesture = gesture
  }

  set(k, height) {
    const reach = this.data.clamp ? WINDOW : LIMIT
    const v = clamp(Math.round(height / 10) * 10, -reach, reach)
    const before = this.f
    this.f = this.data.clamp ? pull(before, k, v) : before.map((old, i) => (i === k ? v : old))
    this.pulled = this.f.filter((height, i) => i !== k && height !== before[i]).length
    this.render()
    this.tell(false)
  }

  replace(f, words) {
    this.remember(null)
    this.f = this.data.clamp ? tame(f) : f
    this.changed(words)
  }

  undo() {
    const f = this.history.pop()
    this.gesture = null
    this.f = this.data.clamp ? tame(f) : f
    this.changed("The last change is undone.")
  }

  changed(words) {
    this.fit()
    this.layout()
    this.tell(true)
    this.say(`${words} ${GAP} = ${number(this.value())}.`)
  }

  tell(now) {
    const send = () => {
      this.timer = null
      const text = this.f.map((height) => String(height / 100)).join(" ")
      if (text !== this.told) this.send("f", (this.told = text))
    }
    if (now) {
      clearTimeout(this.timer)
      send()
    } else this.timer ??= setTimeout(send, SEND_MS)
  }

  value(f = this.f) {
    return (dot(this.data.p, f) - dot(this.data.q, f)) / 100
  }

  say(text) {
    this.status.textContent = text
  }

  // ---- geometry ------------------------------------------------------------------------------------------------

  // The window holds f. Under the clamp it never changes; without it, it doubles as often as it must.
  fit() {
    this.half = WINDOW
    const highest = Math.max(...this.f.map(Math.abs))
    while (!this.data.clamp && this.half < Math.min(1.05 * highest, LIMIT)) this.half *= 2
  }

  layout() {
    const width = this.stage.clientWidth
    if (!width) return
    const n = this.f.length
    const narrow = width < 560
    const [left, right] = narrow ? [34, 18] : [48, 26]
    this.area = { left, right: width - right, top: 14, bottom: narrow ? 284 : 344 }
    this.pitch = (width - left - right) / (n - 1)
    this.hit = Math.min(44, this.pitch) // a thumb needs 36 pixels, and so has them from 9 knots on 340 pixels on
    this.axis = this.area.bottom + 84
    this.bar = 60 // pixels of the highest bar
    const { p, q } = this.data
    this.stage.style.height = `${this.axis + 44 + (this.bar * Math.max(...q)) / Math.max(...p, ...q)}px`
    for (const knot of this.knots) knot.style.width = `${this.hit}px`
    this.render()
  }

  x(place) {
    return this.area.left + this.pitch * place
  }

  y(height) {
    const { top, bottom } = this.area
    return (top + bottom) / 2 - (height / this.half) * ((bottom - top) / 2 - EDGE)
  }

  height(y) {
    const { top, bottom } = this.area
    return (((top + bottom) / 2 - y) / ((bottom - top) / 2 - EDGE)) * this.half
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  render() {
    const { data, f } = this
    this.svg.innerHTML = this.drawField() + this.drawBars() + this.drawGuides() + this.drawF()
    this.knots.forEach((knot, k) => {
      knot.style.transform = `translate(${this.x(k) - this.hit / 2}px, ${this.y(f[k]) - 22}px)`
      knot.classList.toggle("held", this.held?.k === k)
      const reach = (data.clamp ? WINDOW : LIMIT) / 100
      knot.setAttribute("aria-valuemin", -reach)
      knot.setAttribute("aria-valuemax", reach)
      knot.setAttribute("aria-valuenow", f[k] / 100)
      knot.setAttribute("aria-valuetext", `f(${k}) = ${number(f[k] / 100)}. ${GAP} = ${number(this.value())} of ${number(data.w1)}`)
    })
    this.drawScore()
    this.drawLegend()
    this.drawTable()
    this.buttons.undo.disabled = !this.history.length
    this.buttons.flat.disabled = f.every((height) => height === 0)
    this.buttons.best.hidden = !data.best
  }

  drawField() {
    const { left, right, top, bottom } = this.area
    const step = [100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000].find((step) => this.half / step <= 6.5) ?? 100000
    let drawing = `<clipPath id="area"><rect x="${left - 20}" y="${top - 8}" width="${right - left + 40}" height="${bottom - top + 16}"/></clipPath>`
    for (let height = -Math.floor(this.half / step) * step; height <= this.half; height += step) {
      const y = this.y(height)
      drawing += `<line x1="${left - 8}" x2="${right + 8}" y1="${y}" y2="${y}" class="${height ? "grid" : "grid zero"}"/>`
      if (height % (2 * step) === 0 || this.half / step < 4)
        drawing += `<text x="${left - 12}" y="${y + 4}" class="tick">${number(height / 100)}</text>`
    }
    for (let place = 0; place < this.f.length; place++)
      drawing += `<line x1="${this.x(place)}" x2="${this.x(place)}" y1="${top}" y2="${this.axis - this.bar}" class="grid"/>`
    for (const [from, to] of this.data.free ?? []) {
      const [x, width] = [this.x(from), this.pitch * (to - from)]
      const word = width > 190 ? "free: no mass passes here" : "free"
      drawing += `<rect x="${x}" y="${top}" width="${width}" height="${bottom - top}" class="free"/>`
      drawing += `<text x="${x + width / 2}" y="${bottom - 6}" class="word">${word}</text>`
    }
    return drawing
  }

  drawBars() {
    const { p, q } = this.data
    const scale = this.bar / Math.max(...p, ...q)
    const width = (this.pitch < 60 ? 0.42 : 0.52) * this.pitch
    const y = this.axis
    const bar = (share, place, name, up) => {
      if (!share) return ""
      const height = Math.max(scale * share, 1.5)
      const top = up ? y - height : y + 22
      return (
        `<rect x="${this.x(place) - width / 2}" y="${top}" width="${width}" height="${height}" class="${name}"/>` +
        `<text x="${this.x(place)}" y="${up ? top - 4 : top + height + 13}" class="share ${name}">${percent(share)}</text>`
      )
    }
    let drawing = `<line x1="${this.area.left - 16}" x2="${this.area.right + 14}" y1="${y}" y2="${y}" class="axis"/>`
    drawing += `<line x1="${this.area.left - 16}" x2="${this.area.right + 14}" y1="${y + 22}" y2="${y + 22}" class="axis"/>`
    p.forEach((share, place) => {
      drawing += `<text x="${this.x(place)}" y="${y + 16}" class="place">${place}</text>`
      drawing += bar(share, place, "source", true) + bar(q[place], place, "target", false)
    })
    drawing += `<text x="0" y="${y - 6}" class="side source">P↑</text><text x="0" y="${y + 36}" class="side target">Q↓</text>`
    return drawing
  }

  path(points) {
    return points.map(([x, height], i) => `${i ? "L" : "M"}${this.x(x).toFixed(1)} ${this.y(height).toFixed(1)}`).join("")
  }

  // A curve means the same when it is moved up or down: it is drawn at the height where its mean is that of f.
  beside(x, heights) {
    const weights = this.data.p.map((share, i) => (share + this.data.q[i]) / 2)
    const at = (place) => {
      const right = x.findIndex((other) => other >= place - 1e-9)
      if (right <= 0 || x[right] - place < 1e-9) return heights[Math.max(right, 0)]
      const t = (place - x[right - 1]) / (x[right] - x[right - 1])
      return (1 - t) * heights[right - 1] + t * heights[right]
    }
    const shift = dot(weights, this.f) - dot(weights, weights.map((weight, place) => at(place)))
    return x.map((place, i) => [place, heights[i] + shift])
  }

  drawGuides() {
    let drawing = ""
    for (const { x, f, name } of this.data.curves)
      drawing += `<path d="${this.path(this.beside(x, f))}" class="curve ${name}" clip-path="url(#area)"/>`
    for (const pair of this.pairs()) {
      const ends = [[pair.from, this.f[pair.from]], [pair.to, this.f[pair.to]]]
      drawing += `<path d="${this.path(ends)}" class="chord ${pair.state}" clip-path="url(#area)"/>`
    }
    return drawing
  }

  drawF() {
    let drawing = ""
    this.f.slice(1).forEach((height, i) => {
      const slope = Math.abs(height - this.f[i])
      const state = slope > 100 ? "steep" : slope === 100 ? "taut" : "slack"
      drawing += `<path d="${this.path([[i, this.f[i]], [i + 1, height]])}" class="link ${state}"/>`
    })
    if (!this.history.length && !this.data.plan && this.f.every((height) => height === 0)) {
      const middle = Math.floor(this.f.length / 2)
      drawing += `<text x="${this.x(middle)}" y="${this.y(0) - 26}" class="invite">↕ drag me</text>`
    }
    const taken = this.f.map((height, place) => [this.x(place), this.y(height), 33]) // and how near a label may come
    for (const pair of this.pairs()) {
      const along = (t, a, b) => a + t * (b - a)
      const spot = ([t, off]) => [this.x(along(t, pair.from, pair.to)), off + this.y(along(t, this.f[pair.from], this.f[pair.to]))]
      const isFree = ([x, y]) => taken.every(([a, b, near]) => Math.abs(a - x) > near || Math.abs(b - y) > 20)
      const free = SPOTS.map(spot).find(isFree)
      if (!free) continue // the table has it too
      taken.push([...free, 44])
      const [x, y] = free
      drawing +=
        `<rect x="${x - 21}" y="${y - 9}" width="42" height="18" rx="9" class="pill ${pair.state}"/>` +
        `<text x="${x}" y="${y + 4.5}" class="pilltext">${percent(pair.mass)}</text>`
    }
    return drawing
  }

  pairs() {
    return (this.data.plan ?? []).map(([from, to, mass]) => {
      const way = Math.abs(to - from)
      const drop = (this.f[from] - this.f[to]) / 100
      const slack = Math.round(100 * (way - drop)) / 100
      return { from, to, mass, way, drop, slack, state: slack > 0 ? "loose" : slack < 0 ? "broken" : "tight" }
    })
  }

  drawScore() {
    const { p, q, w1 } = this.data
    const value = this.value()
    const slope = steepest(this.f) / 100
    const tile = (name, label, text, below) =>
      element("div", `tile ${name}`, element("span", "label", label), element("b", "", text), below)
    this.score.replaceChildren(
      tile("source", mean("P"), number(dot(p, this.f) / 100), "mean over P"),
      tile("target", mean("Q"), number(dot(q, this.f) / 100), "mean over Q"),
      tile(slope > 1 ? "bad" : "", "Greatest slope", number(slope), slope > 1 ? "✗ steeper than 1" : slope === 1 ? "✓ taut" : "✓ at most 1"),
    )
    const same = w1 < 1e-9
    const share = same ? 1 : value / w1
    const reached = Math.abs(share - 1) < 1e-9
    const over = share > 1 + 1e-9
    const words = same
      ? "P = Q: every f gives 0."
      : over
        ? `${number(share)} × W₁: not a distance. Without the clamp any number can be reached.`
        : reached
          ? slope > 1 ? "As much as W₁, but not under the clamp." : "✓ As high as it goes: this is W₁."
          : value < -1e-9
            ? "Below 0: f is higher over Q than over P."
            : `${number(w1 - value)} are missing.`
    const fill = element("div", over ? "fill over" : reached ? "fill full" : "fill")
    fill.style.width = `${clamp(over ? 100 : 80 * share, 0, 100)}%`
    const goal = element("div", "goal", element("span", "", `W₁ = ${number(w1)}`))
    const track = element("div", "track", fill, goal, element("span", "end", over ? "▶" : ""))
    track.setAttribute("role", "img")
    track.setAttribute("aria-label", `${GAP} is ${number(value)}, W₁ is ${number(w1)}.`)
    const amount = element("div", "amount", mean("P"), " − ", mean("Q"), " = ", element("b", "value", number(value)), " ", element("span", "share", same ? "" : `${Math.round(100 * share)} %`.replace("-", "−")))
    this.meter.replaceChildren(amount, track, element("div", over ? "words over" : "words", words))
  }

  drawLegend() {
    const item = (name, text) => {
      const sample = document.createElementNS(SVG, "svg")
      sample.setAttribute("class", "sample")
      sample.innerHTML = `<path d="M1 7H31" class="${name}"/>`
      return element("span", "item", sample, text)
    }
    const slopes = this.f.slice(1).map((height, i) => Math.abs(height - this.f[i]))
    const states = new Set(this.pairs().map((pair) => pair.state))
    const items = [item("link slack", "your f")]
    if (slopes.includes(100)) items.push(item("link taut", "taut: slope exactly 1"))
    if (slopes.some((slope) => slope > 100)) items.push(item("link steep", "too steep: slope above 1"))
    if (states.has("tight")) items.push(item("chord tight", "moved mass, tight"))
    if (states.has("loose")) items.push(item("chord loose", "moved mass, loose"))
    if (states.has("broken")) items.push(item("chord broken", "moved mass, f too steep"))
    for (const { name, label } of this.data.curves) items.push(item(`curve ${name}`, lowered(label)))
    this.legend.replaceChildren(...items)
  }

  drawTable() {
    const pairs = this.pairs()
    this.table.hidden = !this.data.plan
    if (!this.data.plan) return
    const row = (tag, ...cells) => element("tr", "", ...cells.map((cell) => element(tag, "", cell)))
    const says = { tight: "tight ✓", loose: "loose", broken: "✗ f too steep" }
    const rows = pairs.map((pair) => {
      const words = `${number(pair.slack)} ${says[pair.state]}`
      const line = row("td", `${pair.from} → ${pair.to}`, percent(pair.mass), String(pair.way), number(pair.drop), words, number4(pair.mass * pair.slack))
      line.className = pair.state
      return line
    })
    const gap = pairs.reduce((sum, pair) => sum + pair.mass * pair.slack, 0)
    const foot = element("tr", "sum", element("td"), element("td", "", number4(gap)))
    foot.firstChild.colSpan = 5
    foot.firstChild.append("sum of γ · slack = W₁ − value")
    const caption = element("caption", "", pairs.length ? "Where an optimal plan γ moves mass, and how loose your f is there" : "P = Q: no mass moves, and no pair is loose.")
    const table = element("table", "", caption)
    if (pairs.length) table.append(row("th", "x → y", "γ", "|x − y|", "f(x) − f(y)", "slack", "γ · slack"), ...rows, foot)
    this.table.replaceChildren(table)
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  makeKnot(k) {
    const node = element("div", "knot")
    node.tabIndex = 0
    node.setAttribute("role", "slider")
    node.setAttribute("aria-orientation", "vertical")
    node.setAttribute("aria-label", `f at place ${k}`)
    node.onpointerdown = (event) => this.grab(event, k)
    node.onpointermove = (event) => this.held?.k === k && this.drag(event)
    node.onpointerup = () => this.held?.k === k && this.drop()
    node.onpointercancel = node.onpointerup
    node.onkeydown = (event) => this.key(event, k)
    node.onblur = () => (this.gesture = null)
    return node
  }

  grab(event, k) {
    if (event.button !== 0 || this.held) return
    event.preventDefault() // no text selection; so the focus is set by hand
    this.knots[k].focus({ preventScroll: true })
    this.knots[k].setPointerCapture(event.pointerId)
    this.held = { k, before: this.f, grip: event.clientY - this.stage.getBoundingClientRect().y - this.y(this.f[k]) }
    this.render()
  }

  drag(event) {
    this.held.clientY = event.clientY
    this.follow()
  }

  // At the edge, without the clamp, window and value grow for as long as the knot is held there.
  follow() {
    const { held } = this
    const { top, bottom } = this.area
    const y = held.clientY - this.stage.getBoundingClientRect().y - held.grip
    if (!held.moved && Math.abs(y - this.y(this.f[held.k])) < 2) return
    if (!held.moved) this.remember(held)
    held.moved = true
    if (!this.data.clamp && (y < top + EDGE || y > bottom - EDGE) && this.half < LIMIT) {
      this.half = Math.min(1.03 * this.half, LIMIT)
      held.frame ??= requestAnimationFrame(() => {
        held.frame = null
        if (this.held === held) this.follow()
      })
    }
    this.set(held.k, clamp(this.height(y), -this.half, this.half))
  }

  drop() {
    const { k, moved, before } = this.held
    this.held = null
    this.gesture = null
    if (!moved) return this.render()
    const pulled = this.f.filter((height, i) => i !== k && height !== before[i]).length
    this.changed(this.moved(k, pulled))
  }

  moved(k, pulled) {
    const others = pulled === 0 ? "" : pulled === 1 ? " It pulled 1 other knot along." : ` It pulled ${pulled} other knots along.`
    return `f(${k}) = ${number(this.f[k] / 100)}.${others}`
  }

  key(event, k) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.held) return
    const step = { ArrowUp: 10, ArrowDown: -10, PageUp: 100, PageDown: -100 }[event.key]
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (turn) this.knots[clamp(k + turn, 0, this.knots.length - 1)].focus()
    else if (step || event.key === "Home") {
      this.remember(`keys ${k}`)
      this.set(k, step ? this.f[k] + step : 0)
      this.fit()
      this.layout()
      this.say(`${this.moved(k, this.pulled)} ${GAP} = ${number(this.value())}.`)
    } else return
    event.preventDefault()
  }
}

const number4 = (value) => (Math.abs(value) < 0.00005 ? "0" : String(Number(value.toFixed(4)))).replace("-", "−")

const CSS = `
.critic { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 18%, transparent);
  --soft: color-mix(in srgb, var(--ink) 65%, transparent); --paper: var(--st-background-color);
  font-family: var(--st-font); color: var(--ink); container-type: inline-size; }
.parts { display: grid; gap: 10px 28px; grid-template: "head" "scene" "bar" "pairs" / minmax(0, 1fr); }
.head { grid-area: head; display: grid; gap: 10px; align-content: start; } .scene { grid-area: scene; } .pairs { grid-area: pairs; } .bar { grid-area: bar; }
@container (min-width: 860px) {
  .parts { grid-template: "scene head" auto "scene pairs" 1fr "bar bar" auto / minmax(0, 1fr) minmax(390px, 36%); }
}
.score { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; }
.tile { min-width: 0; border: 1px solid var(--line); border-radius: var(--st-base-radius); padding: 6px 8px; font-size: 13px;
  line-height: 1.35; white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
.tile .label, .tile b { display: block; }
.tile b { font-size: 24px; line-height: 1.2; color: var(--ink); }
.tile.source b { color: var(--source); } .tile.target b { color: var(--target); }
.tile.bad { border-color: var(--broken); color: var(--ink); } .tile.bad b { color: var(--broken); }
.amount { font-size: 16px; white-space: nowrap; } .amount b { font-size: 26px; font-variant-numeric: tabular-nums; } .amount .share { float: right; line-height: 36px; }
.track { position: relative; height: 26px; border: 1px solid var(--line); border-radius: 5px; margin-bottom: 24px; }
.fill { height: 100%; border-radius: 4px; background: var(--critic); opacity: .75; }
.fill.full { opacity: 1; }
.fill.over { background: repeating-linear-gradient(135deg, var(--broken) 0 9px, color-mix(in srgb, var(--broken) 55%, transparent) 9px 18px); }
.goal { position: absolute; left: 80%; top: -4px; bottom: -4px; border-left: 3px solid var(--ink); }
.goal span { position: absolute; top: 100%; transform: translateX(-50%); font-size: 14px; white-space: nowrap; font-weight: 600; }
.end { position: absolute; right: 5px; top: 2px; }
sub { font-size: 72%; }
.words { font-size: 15px; line-height: 1.4; min-height: 2.8em; } .words.over { font-weight: 600; }
.stage { position: relative; }
.stage svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; } .grid.zero { stroke: var(--soft); }
.axis { stroke: var(--soft); stroke-width: 1.5; }
.tick { fill: var(--soft); font-size: 12.5px; text-anchor: end; font-variant-numeric: tabular-nums; }
.place { fill: var(--ink); font-size: 14px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.share { font-size: 12px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.side { font-size: 15px; font-weight: 700; }
.source { fill: var(--source); } .target { fill: var(--target); }
.free { fill: color-mix(in srgb, var(--ink) 7%, transparent); } .word { fill: var(--soft); font-size: 12.5px; text-anchor: middle; }
.invite { fill: var(--ink); font-size: 15px; font-weight: 600; text-anchor: middle; }
.link { fill: none; stroke: var(--critic); stroke-width: 2; stroke-linecap: round; }
.link.taut { stroke-width: 5.5; }
.link.steep { stroke: var(--broken); stroke-width: 3; stroke-dasharray: 7 6; }
.curve { fill: none; stroke-width: 2; }
.curve.potential { stroke: var(--ink); stroke-dasharray: 9 5; }
.curve.line { stroke: var(--amber); stroke-width: 3; stroke-dasharray: 1 6; stroke-linecap: round; }
.curve.trained { stroke: var(--broken); stroke-dasharray: 12 4 2 4; stroke-width: 2.5; }
.chord { fill: none; }
.chord.tight { stroke: var(--critic); stroke-width: 13; opacity: .28; }
.chord.loose { stroke: var(--target); stroke-width: 2; stroke-dasharray: 5 5; }
.chord.broken { stroke: var(--broken); stroke-width: 2; stroke-dasharray: 2 4; }
.pill { fill: var(--paper); stroke-width: 1.5; }
.pill.tight { stroke: var(--critic); } .pill.loose { stroke: var(--target); stroke-dasharray: 4 3; } .pill.broken { stroke: var(--broken); stroke-dasharray: 2 3; }
.pilltext { fill: var(--ink); font-size: 12px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.knot { position: absolute; left: 0; top: 0; height: 44px; cursor: ns-resize; touch-action: none; user-select: none;
  -webkit-user-select: none; -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; outline: none; }
.knot::before { content: ""; position: absolute; left: calc(50% - 10px); top: 12px; width: 20px; height: 20px; border-radius: 50%;
  background: var(--critic); border: 3px solid var(--paper); box-sizing: border-box; box-shadow: 0 0 0 1.5px var(--critic); }
.knot:hover::before { scale: 1.15; }
.knot:focus-visible::before, .knot.held::before { box-shadow: 0 0 0 3.5px var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 14px; color: var(--soft); padding: 4px 0 0; min-height: 22px; }
.item { display: inline-flex; gap: 7px; align-items: center; } .sample { width: 32px; height: 14px; overflow: hidden; }
.pairs { overflow-x: auto; } .pairs[hidden] { display: none; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { color: var(--soft); font-size: 14px; padding-bottom: 4px; text-align: left; }
th { font-weight: 400; color: var(--soft); font-size: 13px; white-space: nowrap; }
th, td { padding: 3px 5px; text-align: right; } th:first-child, td:first-child { text-align: left; white-space: nowrap; }
tr + tr td { border-top: 1px solid var(--line); } tr.loose td:nth-child(5) { font-weight: 700; }
tr.broken td:nth-child(5) { font-weight: 700; color: var(--broken); }
tr.sum td { font-weight: 700; text-align: right; }
.bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
button { font: 500 15px var(--st-font); color: var(--ink); background: var(--paper); cursor: pointer;
  border: 1px solid var(--line); border-radius: var(--st-base-radius); padding: 0 14px; min-height: 40px; }
button[hidden] { display: none; }
button:hover:enabled, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); outline: none; }
button:disabled { opacity: .4; cursor: default; }
.status { flex: 1 1 300px; margin: 0 8px; min-height: 1.4em; font-size: 15px; color: var(--soft); }
@container (max-width: 560px) {
  .tile { font-size: 12px; padding: 4px 6px; } .tile b { font-size: 20px; } .score { gap: 6px; } .head { gap: 4px; }
  .share { font-size: 11px; } table { font-size: 12.5px; } th { font-size: 12px; } th, td { padding: 3px 3px; }
  button { padding: 0 10px; font-size: 14px; } .legend { font-size: 13px; gap: 2px 12px; }
}
`

export default place(Critic, CSS)
