// A hand that carries a box: it drags one, or taps it and then its slot. What it holds is `held`: the box, the slot it
// would go to, and how ("drag", "tap", "again" for a second tap, "keys").

const { search } = new URL(import.meta.url)
const [{ boxIn }, { move }] = await Promise.all(["./plan.js", "./scene.js"].map((file) => import(file + search)))

const TAP = 6 // a press that moves less than this many pixels is a tap

export class Hand {
  held = null

  constructor(board) {
    this.board = board
  }

  /** Follow pointers on the node of a box. */
  follow(node, box) {
    const drags = () => this.held?.drag && this.held.box === box
    node.onpointerdown = (event) => this.grab(event, node, box)
    node.onpointermove = (event) => drags() && this.drag(event)
    node.onpointerup = () => drags() && this.drop()
    node.onpointercancel = () => this.held?.drag && this.letGo()
    node.onblur = () => this.held?.box === box && this.held.how === "keys" && this.letGo()
  }

  empty() {
    this.held = null
  }

  letGo() {
    this.empty()
    this.board.render()
  }

  grab(event, node, box) {
    if (event.button !== 0 || this.held?.drag) return
    event.preventDefault() // no text selection; so the focus is set by hand
    node.focus({ preventScroll: true })
    node.setPointerCapture(event.pointerId)
    this.board.touch()
    const { scene, state } = this.board
    const spot = scene.spot(box, state.placed[box])
    const stage = scene.stage.getBoundingClientRect()
    const { clientX: x, clientY: y } = event
    this.held = {
      box,
      slot: null,
      how: this.held?.box === box && this.held.how === "tap" ? "again" : "tap",
      drag: { x, y, dx: x - stage.x - spot.x, dy: y - stage.y - spot.y },
    }
    this.board.render()
  }

  drag(event) {
    const { held, board: { scene } } = this
    const { drag } = held
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > TAP) held.how = "drag"
    if (held.how !== "drag") return
    drag.event = event
    this.scroll(drag)
    const stage = scene.stage.getBoundingClientRect()
    const at = { x: event.clientX - stage.x - drag.dx, y: event.clientY - stage.y - drag.dy }
    move(scene.boxes[held.box], at)
    const slot = this.under(at)
    if (slot === held.slot) return
    held.slot = slot
    this.board.render()
  }

  /** At the edge of a board that is wider than its scene it scrolls, for as long as the box is held there. */
  scroll(drag) {
    const { root } = this.board.scene
    const frame = root.getBoundingClientRect()
    const side = (drag.event.clientX > frame.right - 24) - (drag.event.clientX < frame.left + 24)
    if (!side || !root.classList.contains("wide")) return
    root.scrollLeft += 8 * side
    drag.frame ??= requestAnimationFrame(() => {
      drag.frame = null
      if (this.held?.drag === drag) this.drag(drag.event)
    })
  }

  /** The slot a box at this point would fall into: the nearest free one within reach, or a filled one right under it. */
  under(at) {
    const { scene: { spots: { seat, cell } }, state: { placed } } = this.board
    let [nearest, best] = [null, 1.6 * cell]
    seat.forEach((spot, slot) => {
      const other = boxIn(placed, slot)
      const isFree = other === null || other === this.held.box
      const distance = Math.hypot(spot.x - at.x, spot.y - at.y) * (isFree ? 1 : 3.2)
      if (distance < best) [nearest, best] = [slot, distance]
    })
    return nearest
  }

  drop() {
    const { held, board } = this
    if (held.how === "drag") return board.put(held.box, held.slot)
    if (held.how === "again") return this.letGo()
    held.drag = null
    board.say(`Box ${held.box + 1} is in your hand: tap the slot it should go to, or press an arrow key.`)
    board.render()
  }
}
