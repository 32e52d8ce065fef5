// The knots of f, one over every place: a hand drags one up and down, arrow keys move it.

const { search } = new URL(import.meta.url)
const [{ element }, { LIMIT, clamp, reach }, { GAP, number }] = await Promise.all(
  ["../component.js", "./heights.js", "./words.js"].map((file) => import(file + search)),
)

const STEPS = { ArrowUp: 10, ArrowDown: -10, PageUp: 100, PageDown: -100 }
const TURNS = { ArrowRight: 1, ArrowLeft: -1 }

export class Knots {
  held = null // {k, before, grip, clientY, moved, frame} of the knot that is dragged

  constructor(critic, n) {
    this.critic = critic
    this.nodes = Array.from({ length: n }, (_, k) => this.make(k))
  }

  make(k) {
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
    node.onblur = () => this.critic.rest()
    return node
  }

  draw({ data, f, area }, value) {
    const most = reach(data.clamp) / 100
    this.nodes.forEach((node, k) => {
      node.style.width = `${area.hit}px`
      node.style.transform = `translate(${area.x(k) - area.hit / 2}px, ${area.y(f[k]) - 22}px)`
      node.classList.toggle("held", this.held?.k === k)
      node.setAttribute("aria-valuemin", -most)
      node.setAttribute("aria-valuemax", most)
      node.setAttribute("aria-valuenow", f[k] / 100)
      node.setAttribute("aria-valuetext", `f(${k}) = ${number(f[k] / 100)}. ${GAP} = ${number(value)} of ${number(data.w1)}`)
    })
  }

  grab(event, k) {
    if (event.button !== 0 || this.held) return
    event.preventDefault() // no text selection; so the focus is set by hand
    const { area, f, stage } = this.critic
    this.nodes[k].focus({ preventScroll: true })
    this.nodes[k].setPointerCapture(event.pointerId)
    this.held = { k, before: f, grip: event.clientY - stage.getBoundingClientRect().y - area.y(f[k]) }
    this.critic.render()
  }

  drag(event) {
    this.held.clientY = event.clientY
    this.follow()
  }

  /** At the edge, without the clamp, window and value grow for as long as the knot is held there. */
  follow() {
    const { held, critic } = this
    const { area, f, stage } = critic
    const y = held.clientY - stage.getBoundingClientRect().y - held.grip
    if (!held.moved && Math.abs(y - area.y(f[held.k])) < 2) return
    if (!held.moved) critic.remember(held)
    held.moved = true
    if (!critic.data.clamp && area.leaves(y) && critic.half < LIMIT) {
      critic.show(Math.min(1.03 * critic.half, LIMIT))
      held.frame ??= requestAnimationFrame(() => {
        held.frame = null
        if (this.held === held) this.follow()
      })
    }
    critic.set(held.k, clamp(critic.area.height(y), -critic.half, critic.half))
  }

  drop() {
    const { k, moved, before } = this.held
    const { critic } = this
    this.held = null
    critic.rest()
    if (moved) critic.changed(moving(k, before, critic.f))
    else critic.render()
  }

  key(event, k) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.held) return
    const { critic } = this
    const step = STEPS[event.key], turn = TURNS[event.key]
    if (turn) this.nodes[clamp(k + turn, 0, this.nodes.length - 1)].focus()
    else if (step || event.key === "Home") {
      const before = critic.f
      critic.remember(`keys ${k}`)
      critic.set(k, step ? before[k] + step : 0)
      critic.layout()
      critic.say(moving(k, before, critic.f))
    } else return
    event.preventDefault()
  }
}

/** What moving knot k has done. */
function moving(k, before, f) {
  const pulled = f.filter((height, i) => i !== k && height !== before[i]).length
  const others = pulled === 0 ? "" : pulled === 1 ? " It pulled 1 other knot along." : ` It pulled ${pulled} other knots along.`
  return `f(${k}) = ${number(f[k] / 100)}.${others}`
}
