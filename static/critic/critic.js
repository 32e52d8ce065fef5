// The critic: P's bars stand up and Q's hang down from one line, and above them the student bends f, a polyline with a
// knot over every place. One state, `f` (heights.js), draws the picture, the values and the table, so they cannot
// disagree; it goes to Python as text ("0 -1 2.5"), at most 5 times a second.

const { search } = new URL(import.meta.url)
const [
  { element, place },
  { button, guardKeys, status, touch },
  { lift, steepest, tame, value, windowOf },
  { areaOf },
  { Knots },
  { picture },
  { meter, score },
  { legend },
  { table },
  { GAP, number },
  { STYLE },
] = await Promise.all(
  [
    "../component.js", "../controls.js", "./heights.js", "./area.js", "./knots.js", "./picture.js", "./score.js",
    "./legend.js", "./table.js", "./words.js", "./style.js",
  ].map((file) => import(file + search)),
)

const SEND_MS = 200

const trained = ({ curves }) => curves.some(({ name }) => name === "trained")

class Critic {
  static waits = 2000 // what a hand has made, and can undo, outlives a node that is put back

  constructor() {
    for (const name of ["score", "meter", "stage", "legend"]) this[name] = element("div", name)
    this.table = element("div", "pairs")
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    this.svg.setAttribute("aria-hidden", "true")
    this.stage.append(this.svg)
    this.buttons = {
      undo: button("↶ Undo", () => this.undo()),
      flat: button("Flatten f", () => this.replace(this.f.map(() => 0), "f is flat: 0 everywhere.")),
      best: button("Take the best f", () => this.replace(this.data.best, "Your f is now the best one. Undo brings yours back.")),
    }
    this.status = status("p")
    const head = element("div", "head", this.score, this.meter)
    const scene = element("div", "scene", this.stage, this.legend)
    const bar = element("div", "bar", ...Object.values(this.buttons), this.status)
    this.root = element("div", "critic", element("div", "parts", head, scene, bar, this.table))
    guardKeys(this.root)
    this.resizes = new ResizeObserver(() => this.data && this.layout())
    this.resizes.observe(this.stage)
  }

  close() {
    this.knots.held = null
    clearTimeout(this.timer)
    this.resizes.disconnect()
  }

  update(data) {
    const before = this.data
    this.data = data
    if (!before) {
      this.f = data.f
      this.past = []
      this.knots = new Knots(this, this.f.length)
      this.stage.append(...this.knots.nodes)
      this.status.textContent = `Drag a knot up or down${touch.matches ? "" : "; or Tab to it and press the arrow keys"}.`
    } else if (data.rev !== before.rev) {
      this.knots.held = null
      this.remember(null) // what the hand had made can be had back
      this.f = data.f
      this.sent = undefined
    } else if (data.clamp && !before.clamp) {
      const slope = steepest(this.f) / 100
      if (slope > 1) this.status.textContent = `The clamp is back: f was divided by its greatest slope, ${number(slope)}.`
      this.knots.held = null
      this.f = tame(this.f)
      this.tell(true)
    } else if (String([before.p, before.q]) !== String([data.p, data.q])) this.say("P and Q have changed.")
    this.layout()
    if (before && trained(data) && !trained(before)) this.stage.scrollIntoView({ block: "nearest" }) // no move if it is in view
  }

  /** Say what happened, and what f gives now. */
  say(words) {
    this.status.textContent = `${words} ${GAP} = ${number(value(this.data, this.f))}.`
  }

  // ---- changes ---------------------------------------------------------------------------------------------------

  /** What is about to change can be undone; a row of key presses on one knot is one step back. */
  remember(gesture) {
    if (!gesture || gesture !== this.gesture) this.past.push(this.f)
    this.gesture = gesture
  }

  /** What comes next is another gesture. */
  rest() {
    this.gesture = null
  }

  set(k, height) {
    this.f = lift(this.f, k, height, this.data.clamp)
    this.render()
    this.tell(false)
  }

  replace(f, words) {
    this.remember(null)
    this.f = this.data.clamp ? tame(f) : f
    this.changed(words)
  }

  undo() {
    const f = this.past.pop()
    this.rest()
    this.f = this.data.clamp ? tame(f) : f
    this.changed("The last change is undone.")
  }

  changed(words) {
    this.layout()
    this.tell(true)
    this.say(words)
  }

  /** Send f, `now` or within SEND_MS. */
  tell(now) {
    const send = () => {
      this.timer = null
      const text = this.f.map((height) => String(height / 100)).join(" ")
      if (text !== this.sent) this.send("f", (this.sent = text))
    }
    if (now) {
      clearTimeout(this.timer)
      send()
    } else this.timer ??= setTimeout(send, SEND_MS)
  }

  // ---- drawing ---------------------------------------------------------------------------------------------------

  /** Take the room that there is, and the window that f needs: not while a hand holds it. */
  layout() {
    this.width = this.stage.clientWidth
    if (!this.width) return
    this.show(this.knots.held ? this.half : windowOf(this.f, this.data.clamp))
    this.stage.style.height = `${this.area.tall}px`
    this.render()
  }

  /** Take up a window of f from -half to half. */
  show(half) {
    this.half = half
    this.area = areaOf(this.width, this.data, half)
  }

  render() {
    const { data, f } = this
    const fresh = !this.past.length && !data.plan && f.every((height) => height === 0)
    this.svg.innerHTML = picture(data, f, this.area, fresh)
    this.knots.draw(this, value(data, f))
    this.score.replaceChildren(...score(data, f))
    this.meter.replaceChildren(...meter(data, f))
    this.legend.replaceChildren(...legend(data, f))
    this.table.hidden = !data.plan
    if (data.plan) this.table.replaceChildren(table(data.plan, f))
    this.buttons.undo.disabled = !this.past.length
    this.buttons.flat.disabled = f.every((height) => height === 0)
    this.buttons.best.hidden = !data.best
  }
}

export default place(Critic, STYLE)
