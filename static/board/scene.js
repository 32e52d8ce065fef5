// The picture: two number lines, boxes on piles or in slots, and a link from each box to its slot.

const { search } = new URL(import.meta.url)
const [{ element }, { Hint }, { layoutOf }, { LETTERS, step }, { number }] = await Promise.all(
  ["../component.js", "./hint.js", "./layout.js", "./plan.js", "./words.js"].map((file) => import(file + search)),
)

const SVG = "http://www.w3.org/2000/svg"
const svg = (tag) => document.createElementNS(SVG, tag)

export class Scene {
  constructor() {
    this.svg = svg("svg")
    this.svg.setAttribute("aria-hidden", "true")
    this.stage = element("div", "stage", this.svg)
    this.root = element("div", "scene", this.stage)
  }

  /** Take up a problem with the nodes of its boxes; `onSlot(slot)` is called when a slot is clicked. */
  load(problem, boxes, onSlot) {
    this.problem = problem
    this.boxes = boxes
    this.slots = problem.slots.map((place, slot) => {
      const node = element("div", "slot", LETTERS[slot])
      node.onclick = () => onSlot(slot)
      return node
    })
    this.ghosts = boxes.map((node, box) => element("div", "ghost", String(box + 1)))
    this.axes = svg("g")
    this.links = boxes.map(() => svg("path"))
    this.svg.replaceChildren(this.axes, ...this.links)
    this.hint = new Hint()
    this.stage.replaceChildren(this.svg, ...this.slots, ...this.ghosts, this.hint.root, ...boxes)
  }

  /** Take the room that there is. A new size is taken at once, only moves glide: `settle` once boxes are drawn there. */
  layout() {
    const all = (this.spots = layoutOf(this.problem, this.root.clientWidth))
    this.stage.classList.add("still")
    this.stage.style.cssText = `width:${all.width}px; height:${all.height}px; --cell:${all.cell}px; --tall:${all.tall}px`
    this.root.classList.toggle("wide", all.width > this.root.clientWidth)
    this.drawAxes(all)
    this.slots.forEach((slot, index) => move(slot, all.seat[index]))
    this.ghosts.forEach((ghost, index) => move(ghost, all.home[index]))
    this.hint.show(all)
  }

  settle() {
    this.stage.getBoundingClientRect() // lays the boxes out before they may glide again
    this.stage.classList.remove("still")
  }

  drawAxes({ low, high, column, cell, upper, lower }) {
    const line = (y, side, name, textY) => {
      const [x1, x2] = [column(low) - cell / 2, column(high) + cell / 2]
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
      line(upper, this.problem.boxes, "source", upper + 18) +
      line(lower - 1, this.problem.slots, "target", lower - 9)
  }

  /** Draw the plan `placed`, with the box that is `held` and the slot it goes to; the hint is `gone` once it is known. */
  draw(placed, held, gone) {
    const aim = held?.slot ?? null
    this.boxes.forEach((node, box) => this.drawBox(node, box, placed[box], held?.box === box ? held : null))
    this.slots.forEach((node, slot) => {
      node.classList.toggle("aim", slot === aim)
      node.classList.toggle("open", held !== null && !placed.includes(slot))
    })
    this.hint.hide(gone)
  }

  drawBox(node, box, slot, held) {
    const { boxes, slots } = this.problem
    const toward = held?.slot ?? slot
    if (!held?.drag) move(node, this.spot(box, slot))
    node.classList.toggle("placed", slot !== null)
    node.classList.toggle("held", held !== null)
    node.classList.toggle("drag", Boolean(held?.drag))
    node.lastChild.textContent = toward === null ? "" : `+${number(step(this.problem, box, toward))}`
    const where = slot === null ? "on its pile" : `in slot ${LETTERS[slot]} at place ${slots[slot]}`
    node.setAttribute("aria-label", `Box ${box + 1} from place ${boxes[box]}, ${where}`)
    this.drawLink(this.links[box], box, toward, toward !== slot)
  }

  drawLink(path, box, slot, tentative) {
    path.setAttribute("class", slot === null ? "link off" : tentative ? "link tentative" : "link")
    if (slot === null) return
    const [a, b] = [this.spots.start[box], this.spots.end[slot]]
    const middle = (a.y + b.y) / 2
    path.setAttribute("d", `M${a.x} ${a.y}C${a.x} ${middle} ${b.x} ${middle} ${b.x} ${b.y}`)
  }

  /** Where a box belongs: in its slot, or on its pile. */
  spot(box, slot) {
    return slot === null ? this.spots.home[box] : this.spots.seat[slot]
  }
}

export function move(node, { x, y }) {
  node.style.transform = `translate(${x}px, ${y}px)`
}
