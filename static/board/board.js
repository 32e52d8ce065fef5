// The board: boxes stand on a number line, dotted slots hang under a second one, and each box is carried into a slot.
// One state (plan.js) draws the picture, the table gamma and the cost, so they cannot disagree; every change is sent to
// Python as text, one letter per box ("AC-B").

const { search } = new URL(import.meta.url)
const [
  { element, place },
  { button, calm, guardKeys, status, touch },
  { begin, boxIn, clear, cost, parse, put, reach, step, take, text, undo },
  { Hand },
  { press },
  { Scene },
  { score },
  { Table },
  { number },
  { STYLE },
] = await Promise.all(
  [
    "../component.js", "../controls.js", "./plan.js", "./hand.js", "./keys.js", "./scene.js", "./score.js",
    "./table.js", "./words.js", "./style.js",
  ].map((file) => import(file + search)),
)

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

class Board {
  static waits = 2000 // what a hand has made, and can undo, outlives a node that is put back

  constructor() {
    this.score = element("div", "score")
    this.scene = new Scene()
    this.hand = new Hand(this)
    this.table = new Table()
    this.buttons = {
      undo: button("↶ Undo", () => this.undo()),
      back: button("Take all back", () => this.takeBack()),
      play: button("▶ Play the cheapest", () => this.play()),
    }
    this.status = status("p")
    const bar = element("div", "bar", ...Object.values(this.buttons), this.status)
    this.root = element("div", "board", element("div", "parts", this.score, this.scene.root, this.table.root, bar))
    guardKeys(this.root)
    this.resizes = new ResizeObserver(() => this.data && this.layout())
    this.resizes.observe(this.scene.root)
  }

  close() {
    this.stopAll()
    this.resizes.disconnect()
  }

  /** End what is under way: the optimum's play, a drag at the edge. */
  stopAll() {
    this.playing = null
    this.hand.empty()
  }

  update(data) {
    const isNew = data.problem !== this.data?.problem
    const isPut = data.rev !== this.data?.rev // Python puts a plan on the board
    const unit = isNew ? data.unit : this.data.unit
    if (isNew || data.p !== this.data.p) this.seen = false // the optimum of another question is not known yet
    this.data = data
    this.scene.problem = data
    if (isNew) this.load()
    else if (isPut) this.take(parse(data.plan))
    else this.render()
    if (unit !== data.unit) this.say(`The exponent has changed. ${this.costs()}`)
  }

  load() {
    this.stopAll()
    this.touched = false
    this.state = begin(parse(this.data.plan))
    this.scene.load(this.data, this.data.boxes.map((at, box) => this.makeBox(box)), (slot) => this.fill(slot))
    const keys = touch.matches ? "" : "; or Tab to it, arrow keys, Enter"
    this.say(`Drag a box into a dotted slot; or tap the box, then the slot${keys}.`)
    this.layout()
  }

  makeBox(box) {
    const node = button(String(box + 1), null, "box")
    node.append(element("span", "badge"))
    node.onkeydown = (event) => press(event, box, this)
    this.hand.follow(node, box)
    return node
  }

  layout() {
    this.scene.layout()
    this.render()
    this.scene.settle()
  }

  render() {
    const { data, state, hand: { held } } = this
    const { placed, past } = state
    this.scene.draw(placed, held, this.touched || placed.some((slot) => slot !== null))
    this.seen ||= data.revealed || !placed.includes(null)
    this.score.replaceChildren(...score(data, state, this.seen))
    this.table.draw(data, placed, held)
    this.buttons.undo.disabled = !past.length
    this.buttons.back.disabled = placed.every((slot) => slot === null)
    this.buttons.play.textContent = this.playing ? "■ Stop" : "▶ Play the cheapest"
  }

  say(words) {
    this.status.textContent = words
  }

  way(box, slot) {
    return `from place ${this.data.boxes[box]} to place ${this.data.slots[slot]}`
  }

  costs() {
    return `Cost so far: ${number(cost(this.data, this.state.placed))} ${this.data.unit}.`
  }

  // ---- moves -----------------------------------------------------------------------------------------------------

  /** A hand is on the board: the hint goes, and a play stops. */
  touch() {
    this.touched = true
    if (this.playing) this.finish()
  }

  /** A play that ends, or is interrupted, leaves its boxes where they are; Python must know. */
  finish() {
    this.playing = null
    this.commit()
  }

  commit() {
    this.render()
    this.send("placed", { problem: this.data.problem, plan: text(this.state.placed) })
  }

  change(state) {
    this.stopAll()
    this.touched = true
    this.state = state
    this.commit()
  }

  /** Python's plan, which it knows already, so nothing is sent. */
  take(placed) {
    this.stopAll()
    this.state = take(this.state, placed)
    this.render()
    this.say(`The boxes were swapped. ${this.costs()}`)
  }

  /** Put the box that is held into a slot. */
  fill(slot) {
    if (this.hand.held) this.put(this.hand.held.box, slot)
  }

  /** Put a box into a slot, or (slot null) back on its pile. */
  put(box, slot) {
    const { placed } = this.state
    if (placed[box] === slot) return this.hand.letGo()
    const other = slot === null ? null : boxIn(placed, slot)
    this.change(put(this.state, box, slot))
    const costs = slot === null ? 0 : number(step(this.data, box, slot))
    const moved = slot === null ? "is back on its pile" : `goes ${this.way(box, slot)} and costs ${costs}`
    const swapped = other === null ? "" : ` It swaps with box ${other + 1}.`
    const all = this.state.placed.includes(null) ? "" : " All boxes are placed."
    this.say(`Box ${box + 1} ${moved}.${swapped} ${this.costs()}${all}`)
  }

  undo() {
    this.stopAll()
    this.state = undo(this.state)
    this.commit()
    this.say(`The last move is undone. ${this.costs()}`)
  }

  takeBack() {
    this.change(clear(this.state, true))
    this.say("All boxes are back on their piles.")
  }

  async play() {
    if (this.playing) return this.finish()
    const run = (this.playing = Symbol("run"))
    const best = parse(this.data.optimum)
    this.hand.empty()
    this.touched = true
    this.state = clear(this.state, false)
    this.render()
    for (let box = 0; box < best.length; box++) {
      await wait(calm.matches ? 300 : Math.min(700, 5000 / best.length))
      if (this.playing !== run) return
      this.state = reach(this.state, best.map((slot, other) => (other <= box ? slot : null)))
      this.render()
      this.say(`Optimal plan: box ${box + 1} goes ${this.way(box, best[box])}.`)
    }
    this.finish()
    this.say(`This plan is optimal: ${number(cost(this.data, best))} ${this.data.unit}. Undo brings yours back.`)
  }
}

export default place(Board, STYLE)
