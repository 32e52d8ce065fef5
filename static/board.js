// The board: boxes stand on a number line, dotted slots hang under a second one, and each box is carried into a slot.
// One state, `placed` (the slot of each box, or null), draws the picture, the table gamma and the cost, so they cannot
// disagree; every change is sent to Python as text, one letter per box ("AC-B").

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
const SVG = "http://www.w3.org/2000/svg"
const TAP = 6 // a press that moves less than this many pixels is a tap

const number = (value) => String(Number(value.toFixed(2)))
const small = (value) => (value < 0.01 ? String(Number(value.toPrecision(1))) : number(value)) // never 0 for what is above
const count = (values, value) => values.filter((other) => other === value).length
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches

class Board {
  constructor() {
    this.score = element("div", "score")
    this.svg = document.createElementNS(SVG, "svg")
    this.svg.setAttribute("aria-hidden", "true")
    this.stage = element("div", "stage", this.svg)
    this.scene = element("div", "scene", this.stage)
    this.table = element("div", "gamma")
    this.buttons = {
      undo: this.button("↶ Undo", () => this.undo()),
      back: this.button("Take all back", () => this.takeBack()),
      play: this.button("▶ Play the optimum", () => this.play()),
    }
    this.status = element("p", "status")
    this.status.setAttribute("aria-live", "polite")
    const bar = element("div", "bar", ...Object.values(this.buttons), this.status)
    const parts = element("div", "parts", this.score, this.scene, this.table, bar)
    this.root = element("div", "board", parts)
    this.root.onkeydown = (event) => {
      if (event.key !== "Tab") event.stopPropagation() // R and C are the app's hotkeys
    }
    this.resizes = new ResizeObserver(() => this.data && this.layout())
    this.resizes.observe(this.scene)
  }

  close() {
    this.playing = this.held = null // ends what is under way: the optimum's play, a drag at the edge
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
    const isNew = data.problem !== this.data?.problem
    const isPut = data.rev !== this.data?.rev // Python puts a plan on the board
    if (isNew || data.p !== this.data.p) this.seen = false // the optimum of another question is not known yet
    this.data = data
    const unit = isNew ? data.unit : this.unit
    this.unit = data.unit
    if (isNew) this.load()
    else if (isPut) this.take(this.parse(data.plan))
    else this.render()
    if (unit !== data.unit) this.say(`The exponent has changed. Cost so far: ${number(this.cost(this.placed))} ${data.unit}.`)
  }

  load() {
    this.playing = this.held = null
    this.history = []
    this.touched = false
    this.placed = this.parse(this.data.plan)
    this.moves = this.placed.every((slot) => slot === null) ? 0 : null // by hand since the board was empty; null: not known
    this.stage.replaceChildren(this.svg)
    this.svg.replaceChildren()
    this.slots = this.data.slots.map((place, slot) => this.makeSlot(slot))
    this.ghosts = this.data.boxes.map((place, box) => element("div", "ghost", String(box + 1)))
    this.boxes = this.data.boxes.map((place, box) => this.makeBox(box))
    this.links = this.data.boxes.map(() => this.svg.appendChild(document.createElementNS(SVG, "path")))
    this.hint = element("div", "hint", element("div", "box", "1"), element("span", "", "drag me"))
    this.stage.append(...this.slots, ...this.ghosts, this.hint, ...this.boxes)
    this.say("Drag a box into a dotted slot; or tap the box, then the slot; or Tab to it, arrow keys, Enter.")
    this.layout()
  }

  // Python knows this plan already, so nothing is sent.
  take(placed) {
    this.playing = this.held = null
    this.remember()
    this.placed = placed
    if (this.moves !== null) this.moves += 1
    this.render()
    this.say(`The boxes were swapped. Cost so far: ${number(this.cost(placed))} ${this.data.unit}.`)
  }

  remember() {
    this.history.push({ placed: [...this.placed], moves: this.moves })
  }

  parse(plan) {
    return [...plan].map((letter) => (letter === "-" ? null : LETTERS.indexOf(letter)))
  }

  cost(placed) {
    return placed.reduce((sum, slot, box) => (slot === null ? sum : sum + this.step(box, slot)), 0)
  }

  step(box, slot) {
    return Math.abs(this.data.slots[slot] - this.data.boxes[box]) ** this.data.p
  }

  boxIn(slot) {
    const box = this.placed.indexOf(slot)
    return box < 0 ? null : box
  }

  // Put a box into a slot, or (slot null) back on its pile. A filled slot swaps: its box goes where this one was.
  put(box, slot) {
    this.held = null
    const from = this.placed[box]
    if (from === slot) return this.render()
    const other = slot === null ? null : this.boxIn(slot)
    this.change((placed) => {
      if (other !== null) placed[other] = from
      placed[box] = slot
      if (this.moves !== null) this.moves += 1
    })
    const [x, y] = [this.data.boxes[box], this.data.slots[slot]]
    const cost = slot === null ? 0 : number(this.step(box, slot))
    const moved = slot === null ? "is back on its pile" : `goes from place ${x} to place ${y} and costs ${cost}`
    const swapped = other === null ? "" : ` It swaps with box ${other + 1}.`
    const all = this.placed.includes(null) ? "" : " All boxes are placed."
    this.say(`Box ${box + 1} ${moved}.${swapped} Cost so far: ${number(this.cost(this.placed))} ${this.data.unit}.${all}`)
  }

  change(edit) {
    this.playing = null
    this.touched = true
    this.remember()
    edit(this.placed)
    this.commit()
  }

  commit() {
    this.render()
    const plan = this.placed.map((slot) => (slot === null ? "-" : LETTERS[slot])).join("")
    this.send("placed", { problem: this.data.problem, plan })
  }

  undo() {
    this.playing = this.held = null
    Object.assign(this, this.history.pop())
    this.commit()
    this.say(`The last move is undone. Cost so far: ${number(this.cost(this.placed))} ${this.data.unit}.`)
  }

  takeBack() {
    this.held = null
    this.change((placed) => {
      placed.fill(null)
      this.moves = 0
    })
    this.say("All boxes are back on their piles.")
  }

  async play() {
    if (this.playing) return this.stop()
    const run = (this.playing = Symbol("run"))
    const best = this.parse(this.data.optimum)
    this.held = null
    this.touched = true
    this.remember()
    this.placed.fill(null)
    this.moves = null // these are not the hand's own
    this.render()
    for (let box = 0; box < best.length; box++) {
      await wait(calm() ? 300 : Math.min(700, 5000 / best.length))
      if (this.playing !== run) return
      this.placed[box] = best[box]
      this.render()
      const [x, y] = [this.data.boxes[box], this.data.slots[best[box]]]
      this.say(`Optimal plan: box ${box + 1} goes from place ${x} to place ${y}.`)
    }
    this.playing = null
    this.commit()
    this.say(`This plan is optimal: ${number(this.cost(best))} ${this.data.unit}. Undo brings yours back.`)
  }

  // A play that is interrupted leaves its boxes where they are; Python must know.
  stop() {
    if (!this.playing) return
    this.playing = null
    this.commit()
  }

  say(text) {
    this.status.textContent = text
  }

  // ---- geometry ------------------------------------------------------------------------------------------------

  layout() {
    const { boxes, slots } = this.data
    const places = [...boxes, ...slots]
    const [low, high] = [Math.min(...places), Math.max(...places)]
    const width = this.scene.clientWidth
    const gap = (side) => Math.min(...side.map((a) => Math.min(...side.filter((b) => b > a).map((b) => b - a))))
    const narrowest = Math.min(gap(boxes), gap(slots)) // in places, between two piles; Infinity if there are no two
    const span = high - low || 1
    const cell = Math.max(36, Math.min(width < 560 ? 36 : 44, width / (1 + span / narrowest))) // a thumb needs 36 pixels
    const pitch = Math.max(Math.min((width - cell - 2) / span, 150), (cell - 1) / narrowest)
    const full = Math.max(width, pitch * (high - low) + cell)
    const left = (full - pitch * (high - low)) / 2
    const pile = (side) => Math.max(...side.map((place) => count(side, place)))
    const tall = Math.max(26, Math.min(cell, (6 * cell) / Math.max(pile(boxes), pile(slots)))) // high piles get flat boxes
    const [rise, depth] = [pile(boxes) * tall, pile(slots) * tall]
    const upper = rise + 6
    const lower = upper + (width < 560 ? 104 : 124)
    const column = (place) => left + pitch * (place - low)
    const rank = (side, index) => count(side.slice(0, index), side[index])
    const spread = (side, index) => (rank(side, index) - (count(side, side[index]) - 1) / 2) * 5
    const spots = (side, y) => side.map((place, index) => ({ x: column(place) - cell / 2, y: y(rank(side, index)) }))
    this.cell = cell
    this.home = spots(boxes, (rank) => upper - (rank + 1) * tall)
    this.seat = spots(slots, (rank) => lower + rank * tall)
    this.between = (upper + lower - tall) / 2 // where the hint passes: nothing stands there
    this.start = boxes.map((place, box) => ({ x: column(place) + spread(boxes, box), y: upper + 25 }))
    this.end = slots.map((place, slot) => ({ x: column(place) + spread(slots, slot), y: lower - 26 }))
    this.stage.classList.add("still") // a new size is taken at once, only moves glide
    this.stage.style.cssText = `width:${full}px; height:${lower + depth + 6}px; --cell:${cell}px; --tall:${tall}px`
    this.scene.classList.toggle("wide", full > width)
    this.drawAxes(low, high, column, upper, lower)
    this.slots.forEach((slot, index) => move(slot, this.seat[index]))
    this.ghosts.forEach((ghost, index) => move(ghost, this.home[index]))
    this.invite()
    this.render()
    this.stage.getBoundingClientRect() // lays the boxes out before they may glide again
    this.stage.classList.remove("still")
  }

  drawAxes(low, high, column, upper, lower) {
    this.axes?.remove()
    this.axes = document.createElementNS(SVG, "g")
    const line = (y, side, name, textY) => {
      const [x1, x2] = [column(low) - this.cell / 2, column(high) + this.cell / 2]
      let drawing = `<line x1="${x1}" x2="${x2}" y1="${y}" y2="${y}" class="axis"/>`
      for (let place = low; place <= high; place++) {
        const used = side.includes(place) ? name : ""
        drawing += `<text x="${column(place)}" y="${textY}" class="place ${used}">${place}</text>`
      }
      return drawing
    }
    this.axes.innerHTML =
      `<defs><linearGradient id="flow" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${upper}" y2="${lower}">` +
      `<stop offset="0" class="from"/><stop offset="1" class="to"/></linearGradient>` +
      `<marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="9" markerHeight="9" orient="auto"` +
      ` markerUnits="userSpaceOnUse"><path d="M0 0 8 4 0 8z" class="tip"/></marker></defs>` +
      line(upper, this.data.boxes, "source", upper + 18) +
      line(lower - 1, this.data.slots, "target", lower - 9)
    this.svg.prepend(this.axes)
  }

  // The first box shows the way until somebody touches the board.
  invite() {
    this.hint.getAnimations({ subtree: true }).forEach((animation) => animation.cancel())
    const at = ({ x, y }) => `translate(${x}px, ${y}px)`
    this.hint.style.transform = at(this.home[0])
    if (calm()) return
    const [from, to] = [at(this.home[0]), at(this.seat[0])]
    const [below, above] = [this.home[0], this.seat[0]].map(({ x }) => at({ x, y: this.between }))
    const timing = { duration: 4200, iterations: 20, easing: "ease-in-out" }
    this.hint.animate(
      [
        { transform: from, opacity: 0 },
        { transform: from, opacity: 0.9, offset: 0.08 },
        { transform: below, opacity: 0.9, offset: 0.2 },
        { transform: below, opacity: 0.9, offset: 0.35 },
        { transform: above, opacity: 0.9, offset: 0.6 },
        { transform: to, opacity: 0.9, offset: 0.7, easing: "ease-out" },
        { transform: to, opacity: 0, offset: 0.85 },
        { transform: to, opacity: 0 },
      ],
      timing,
    )
    // The words stand beside the box only while it is between the lines, on the side where there is room.
    this.hint.classList.toggle("right", this.home[0].x > this.stage.clientWidth / 2)
    const words = [[0, 0], [0.2, 0], [0.23, 1], [0.4, 1], [0.45, 0], [1, 0]].map(([offset, opacity]) => ({ offset, opacity }))
    this.hint.lastChild.animate(words, timing)
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  render() {
    const { held, placed } = this
    const aim = held?.slot ?? null
    this.boxes.forEach((node, box) => {
      const slot = placed[box]
      const isHeld = held?.box === box
      const toward = isHeld && aim !== null ? aim : slot
      if (!(isHeld && held.drag)) move(node, slot === null ? this.home[box] : this.seat[slot])
      node.classList.toggle("placed", slot !== null)
      node.classList.toggle("held", isHeld)
      node.classList.toggle("drag", isHeld && Boolean(held.drag))
      node.lastChild.textContent = toward === null ? "" : `+${number(this.step(box, toward))}`
      const where = slot === null ? "on its pile" : `in slot ${LETTERS[slot]} at place ${this.data.slots[slot]}`
      node.setAttribute("aria-label", `Box ${box + 1} from place ${this.data.boxes[box]}, ${where}`)
      this.drawLink(this.links[box], box, toward, toward !== slot)
    })
    this.slots.forEach((node, slot) => {
      node.classList.toggle("aim", slot === aim)
      node.classList.toggle("open", held !== null && !placed.includes(slot))
    })
    this.hint.classList.toggle("gone", this.touched || placed.some((slot) => slot !== null))
    if (this.hint.classList.contains("gone")) this.hint.getAnimations({ subtree: true }).forEach((animation) => animation.cancel())
    this.seen ||= this.data.revealed || !placed.includes(null)
    this.drawScore()
    this.drawTable()
    this.buttons.undo.disabled = !this.history.length
    this.buttons.back.disabled = placed.every((slot) => slot === null)
    this.buttons.play.textContent = this.playing ? "■ Stop" : "▶ Play the optimum"
  }

  drawLink(path, box, slot, tentative) {
    path.setAttribute("class", slot === null ? "link off" : tentative ? "link tentative" : "link")
    if (slot === null) return
    const [a, b] = [this.start[box], this.end[slot]]
    const middle = (a.y + b.y) / 2
    path.setAttribute("d", `M${a.x} ${a.y}C${a.x} ${middle} ${b.x} ${middle} ${b.x} ${b.y}`)
  }

  drawScore() {
    const { data, placed } = this
    const total = placed.length
    const done = total - count(placed, null)
    const work = this.cost(placed)
    const least = this.cost(this.parse(data.optimum))
    const above = Math.max(0, work - least) // rounding must not show as -0
    const tile = (name, label, value, below) =>
      element("div", `tile ${name}`, element("span", "label", label), element("b", "", value), below)
    const finished = done === total
    const optimal = above < 1e-9
    const emd = data.p === 1 ? `EMD ${number(least / total)} ${least === total ? "step" : "steps"}` : `${number(least / total)} per box` // W1 is for p = 1 alone
    const moves = this.moves === null ? null : `in ${this.moves} ${this.moves === 1 ? "move" : "moves"}`
    const judged = finished ? (optimal ? "good" : "bad") : ""
    this.score.replaceChildren(
      tile("cost", `Cost, ${data.unit}`, number(work), finished ? `${number(work / total)} per box` : `${done} of ${total} placed`),
      tile("least", "Optimum (POT)", this.seen ? number(least) : "?", this.seen ? emd : "hidden for now"),
      tile(
        `above ${judged}`,
        "Above optimum",
        finished ? (optimal ? "0" : `+${small(above)}`) : "–",
        finished ? (moves ?? (optimal ? "none is cheaper" : "not the cheapest")) : "place all boxes",
      ),
    )
  }

  drawTable() {
    const { boxes, slots } = this.data
    const unique = (side) => [...new Set(side)]
    const [xs, ys] = [unique(boxes), unique(slots)]
    const gamma = (x, y) => this.placed.filter((slot, box) => slot !== null && boxes[box] === x && slots[slot] === y).length
    const heading = (scope, className, text) => {
      const cell = element("th", className, text)
      cell.scope = scope
      return cell
    }
    const sum = (have, need) => element("td", have === need ? "sum full" : "sum", `${have}/${need}`)
    const held = this.held
    const before = this.shown ?? {}
    this.shown = {}
    const rows = xs.map((x) => {
      const cells = ys.map((y) => {
        const value = gamma(x, y)
        const cell = element("td", value ? "some" : "none", String(value))
        cell.style.setProperty("--share", value / Math.min(count(boxes, x), count(slots, y)))
        cell.title = `γ(${x}, ${y}) = ${value}: ${value} × |${y} − ${x}|^${this.data.p}`
        this.shown[`${x},${y}`] = value
        if (`${x},${y}` in before && before[`${x},${y}`] !== value) cell.classList.add("changed")
        if (held && boxes[held.box] === x && held.slot !== null && slots[held.slot] === y) cell.classList.add("aim")
        return cell
      })
      const have = boxes.filter((place, box) => place === x && this.placed[box] !== null).length
      return element("tr", "", heading("row", "source", x), ...cells, sum(have, count(boxes, x)))
    })
    const columns = ys.map((y) => sum(this.placed.filter((slot) => slot !== null && slots[slot] === y).length, count(slots, y)))
    const done = this.placed.length - count(this.placed, null)
    const corner = element("th", "corner", "x ↓  y →")
    const table = element(
      "table",
      "",
      element("caption", "", "γ(x, y): boxes carried from place x to place y"),
      element("tr", "", corner, ...ys.map((y) => heading("col", "target", y)), heading("col", "", "sum")),
      ...rows,
      element("tr", "", heading("row", "", "sum"), ...columns, sum(done, this.placed.length)),
    )
    this.table.replaceChildren(table)
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  makeSlot(slot) {
    const node = element("div", "slot", LETTERS[slot])
    node.onclick = () => this.held && this.put(this.held.box, slot)
    return node
  }

  makeBox(box) {
    const node = element("button", "box", String(box + 1), element("span", "badge"))
    node.type = "button"
    node.onpointerdown = (event) => this.grab(event, box)
    node.onpointermove = (event) => this.held?.drag && this.held.box === box && this.drag(event)
    node.onpointerup = () => this.held?.drag && this.held.box === box && this.drop()
    node.onpointercancel = () => this.held?.drag && this.letGo()
    node.onkeydown = (event) => this.key(event, box)
    node.onblur = () => this.held?.box === box && this.held.how === "keys" && this.letGo()
    return node
  }

  letGo() {
    this.held = null
    this.render()
  }

  grab(event, box) {
    if (event.button !== 0 || this.held?.drag) return
    event.preventDefault() // no text selection; so the focus is set by hand
    const node = this.boxes[box]
    node.focus({ preventScroll: true })
    node.setPointerCapture(event.pointerId)
    this.stop()
    this.touched = true
    const spot = this.placed[box] === null ? this.home[box] : this.seat[this.placed[box]]
    const again = this.held?.box === box && this.held.how === "tap"
    const stage = this.stage.getBoundingClientRect()
    this.held = {
      box,
      slot: null,
      how: again ? "again" : "tap",
      drag: { x: event.clientX, y: event.clientY, dx: event.clientX - stage.x - spot.x, dy: event.clientY - stage.y - spot.y },
    }
    this.render()
  }

  drag(event) {
    const { held, scene } = this
    const { drag } = held
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > TAP) held.how = "drag"
    if (held.how !== "drag") return
    const frame = scene.getBoundingClientRect()
    const side = (event.clientX > frame.right - 24) - (event.clientX < frame.left + 24)
    if (side && scene.classList.contains("wide")) {
      scene.scrollLeft += 8 * side // and on, for as long as the box is held at the edge
      drag.event = event
      drag.frame ??= requestAnimationFrame(() => {
        drag.frame = null
        if (this.held?.drag === drag) this.drag(drag.event)
      })
    } else drag.event = event
    const stage = this.stage.getBoundingClientRect()
    drag.at = { x: event.clientX - stage.x - drag.dx, y: event.clientY - stage.y - drag.dy }
    move(this.boxes[held.box], drag.at)
    const slot = this.under(drag.at)
    if (slot === held.slot) return
    held.slot = slot
    this.render()
  }

  // The slot a box at this point would fall into: the nearest free one within reach, or a filled one right under it.
  under(at) {
    let [nearest, best] = [null, 1.6 * this.cell]
    this.seat.forEach((seat, slot) => {
      const other = this.boxIn(slot)
      const isFree = other === null || other === this.held.box
      const distance = Math.hypot(seat.x - at.x, seat.y - at.y) * (isFree ? 1 : 3.2)
      if (distance < best) [nearest, best] = [slot, distance]
    })
    return nearest
  }

  drop() {
    const { held } = this
    if (held.how === "drag") return this.put(held.box, held.slot)
    if (held.how === "again") return this.letGo()
    held.drag = null
    this.say(`Box ${held.box + 1} is in your hand: tap the slot it should go to, or press an arrow key.`)
    this.render()
  }

  key(event, box) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.held?.drag) return
    const aim = this.held?.box === box ? this.held.slot : null
    const n = this.slots.length
    const firstFree = () => this.placed.indexOf(null) < 0 ? 0 : this.slots.findIndex((node, slot) => this.boxIn(slot) === null)
    const letter = event.key.length === 1 ? LETTERS.indexOf(event.key.toUpperCase()) : -1
    const digit = /^[0-9]$/.test(event.key) ? (Number(event.key) + 9) % 10 : -1 // 1 is slot A, 0 the tenth
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (turn) {
      const from = aim ?? this.placed[box]
      this.aimAt(box, from === null ? firstFree() : (from + turn + n) % n)
    } else if (letter >= 0 && letter < n) this.aimAt(box, letter)
    else if (digit >= 0 && digit < n) this.aimAt(box, digit)
    else if (event.key === "Enter" || event.key === " ") {
      if (aim === null) this.aimAt(box, this.placed[box] ?? firstFree())
      else this.put(box, aim)
    } else if (event.key === "Escape" && this.held) {
      this.letGo()
      this.say(`Box ${box + 1} stays where it is.`)
    } else if (["Escape", "Backspace", "Delete"].includes(event.key)) this.put(box, null)
    else return
    event.preventDefault()
  }

  aimAt(box, slot) {
    this.stop()
    this.touched = true
    this.held = { box, slot, how: "keys" }
    this.render()
    const other = this.boxIn(slot)
    const filled = other === null || other === box ? "" : `, where box ${other + 1} is: they would swap`
    const cost = number(this.step(box, slot))
    const where = `slot ${LETTERS[slot]} at place ${this.data.slots[slot]}${filled}`
    this.say(`Box ${box + 1} to ${where}. It would cost ${cost}. Enter places it, Escape does not.`)
  }
}

function move(node, { x, y }) {
  node.style.transform = `translate(${x}px, ${y}px)`
}

const CSS = `
.board { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 18%, transparent);
  --soft: color-mix(in srgb, var(--ink) 65%, transparent);
  font-family: var(--st-font); color: var(--ink); container-type: inline-size; }
.score { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; }
.tile { min-width: 0; border: 1px solid var(--line); border-radius: var(--st-base-radius); padding: 6px 8px; font-size: 13px;
  line-height: 1.35; white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
.tile .label, .tile b { display: block; }
.tile b { font-size: 28px; line-height: 1.2; color: var(--ink); }
.tile.good { border-color: var(--good); background: color-mix(in srgb, var(--good) 12%, transparent); }
.tile.good b { color: var(--good); }
.tile.bad { border-color: var(--target); background: color-mix(in srgb, var(--target) 10%, transparent); }
.tile.bad b { color: var(--target); }
.parts { display: grid; gap: 14px 32px; grid-template: "score" "scene" "table" "bar" / minmax(0, 1fr); }
.score { grid-area: score; } .scene { grid-area: scene; align-self: center; } .gamma { grid-area: table; } .bar { grid-area: bar; }
@container (min-width: 820px) {
  .parts { grid-template: "scene score" auto "scene table" 1fr "bar bar" auto / minmax(0, 1fr) minmax(372px, auto); }
  .gamma { align-self: center; }
}
.scene.wide { overflow-x: auto; mask-image: linear-gradient(90deg, #0006, #000 24px calc(100% - 24px), #0006); }
.stage { position: relative; margin: auto; }
.stage svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.axis { stroke: var(--soft); stroke-width: 1.5; }
.place { fill: var(--soft); font-size: 14px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.place.source, .place.target { font-weight: 700; font-size: 15px; }
.place.source { fill: var(--source); } .place.target { fill: var(--target); }
.from { stop-color: var(--source); } .to, .tip { stop-color: var(--target); fill: var(--target); }
.link { fill: none; stroke: url(#flow); stroke-width: 2.5; opacity: .8; marker-end: url(#head); transition: opacity .25s; }
.link.off { opacity: 0; transition: none; } .link.tentative { stroke-dasharray: 5 5; opacity: 1; }
.box, .slot, .ghost, .hint { position: absolute; left: 0; top: 0; width: var(--cell); height: var(--tall); padding: 0;
  border: 0; background: none; font: 700 18px var(--st-font); display: grid; place-items: center; }
.box::before, .slot::before, .ghost::before { content: ""; position: absolute; inset: 2px; z-index: -1;
  border-radius: calc(var(--st-base-radius) * .75); box-sizing: border-box; }
.box { color: #fff; cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; isolation: isolate;
  -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; outline: none; z-index: 2;
  transition: transform .32s cubic-bezier(.3, .9, .3, 1); }
.box::before { background: var(--source); box-shadow: inset 0 -3px 0 rgb(0 0 0 / .18), 0 1px 3px rgb(0 0 0 / .3); }
.box:hover::before { filter: brightness(1.08); }
.box.placed::before { outline: 2px dotted var(--target); outline-offset: 0; }
.box:focus-visible::before, .box.held::before { outline: 3px solid var(--ink); outline-offset: 1px; }
.box.held { z-index: 4; }
.box.drag { cursor: grabbing; } .box.drag, .still .box { transition: none; }
.box.drag::before { box-shadow: 0 8px 18px rgb(0 0 0 / .35); scale: 1.06; }
.badge { position: absolute; right: -6px; top: -7px; padding: 0 4px; border-radius: 8px; font-size: 11.5px; line-height: 16px;
  background: var(--ink); color: var(--st-background-color); font-variant-numeric: tabular-nums; z-index: 1; }
.badge:empty { display: none; }
.slot { color: var(--soft); font-size: 14px; font-weight: 600; isolation: isolate; }
.slot::before { border: 2px dotted var(--target); background: color-mix(in srgb, var(--target) 7%, transparent); }
.slot.open { cursor: pointer; }
.slot.open::before { background: color-mix(in srgb, var(--target) 16%, transparent); }
.slot.aim::before { background: color-mix(in srgb, var(--target) 45%, transparent); border-style: solid; }
.ghost { color: color-mix(in srgb, var(--ink) 30%, transparent); font-weight: 500; isolation: isolate; }
.ghost::before { border: 1.5px solid color-mix(in srgb, var(--source) 45%, transparent); }
.hint { z-index: 3; pointer-events: none; opacity: 0; }
.hint .box { opacity: .75; } .hint.right span { left: auto; right: calc(100% + 6px); }
.hint span { position: absolute; left: calc(100% + 6px); opacity: 0; white-space: nowrap; font-size: 14px; line-height: 1.4;
  padding: 1px 8px; border-radius: 10px; background: var(--ink); color: var(--st-background-color); }
.hint.gone { display: none; }
.gamma { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 3px; margin: auto; font-size: 15px; font-variant-numeric: tabular-nums; }
caption { color: var(--soft); font-size: 14px; padding-bottom: 4px; white-space: nowrap; }
th, td { min-width: 30px; height: 32px; padding: 0 4px; text-align: center; border-radius: 4px; box-sizing: border-box; }
th { font-weight: 700; } th.source { color: var(--source); } th.target { color: var(--target); }
th.corner, th:not(.source, .target) { font-weight: 400; color: var(--soft); font-size: 13px; white-space: nowrap; }
td { background: color-mix(in srgb, var(--ink) 5%, transparent); }
td.none { color: color-mix(in srgb, var(--ink) 40%, transparent); }
td.some { font-weight: 700; background: color-mix(in srgb, var(--source) calc(18% + 34% * var(--share)), transparent); }
td.aim { outline: 2px solid var(--target); outline-offset: -1px; }
td.changed { animation: changed .7s; }
@keyframes changed { from { background: var(--target); color: #fff; } }
td.sum { background: none; color: var(--soft); font-size: 14px; } td.sum.full { color: var(--good); font-weight: 700; }
.bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.bar button { font: 500 15px var(--st-font); color: var(--ink); background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--line); border-radius: var(--st-base-radius); padding: 0 14px; min-height: 40px; }
.bar button:hover:enabled, .bar button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color);
  outline: none; }
.bar button:disabled { opacity: .4; cursor: default; }
.status { flex: 1 1 340px; margin: 0 8px; min-height: 1.4em; font-size: 15px; color: var(--soft); }
@container (max-width: 560px) {
  .tile { font-size: 12px; padding: 6px; } .tile b { font-size: 24px; } .score { gap: 6px; }
  .box { font-size: 16px; } th, td { min-width: 24px; height: 26px; padding: 0 2px; } .bar button { padding: 0 10px; font-size: 14px; }
  table { border-spacing: 2px; font-size: 14px; }
}
@media (prefers-reduced-motion: reduce) { .box, .link { transition: none; } td.changed { animation: none; } }
`

export default place(Board, CSS)
