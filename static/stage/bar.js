// The transport bar of a film: a slider over its time, and keys. It shows a state of transport.js, and says what was done
// to it as one of its events.

const { search } = new URL(import.meta.url)
const [{ element }, { button, guardKeys }, { SPEEDS }, { amount, naming }] = await Promise.all(
  ["../component.js", "../controls.js", "./transport.js", "./clock.js"].map((file) => import(file + search)),
)

const KEYS = {
  ArrowLeft: () => ({ type: "nudge", by: -1 }),
  ArrowRight: () => ({ type: "nudge", by: 1 }),
  Home: ({ begin }) => ({ type: "jump", at: begin }),
  End: ({ end }) => ({ type: "jump", at: end }),
}

export class Bar {
  constructor(act) {
    this.act = act
    this.input = this.slider()
    this.ticks = element("div", "ticks")
    this.play = button("", () => act({ type: "toggle" }), "play")
    this.loop = button("↻", () => act({ type: "loop" }), "loop")
    this.loop.title = "Begin again at the end"
    this.select = element("select", "", ...SPEEDS.map((speed) => new Option(`${speed === 0.5 ? "½" : speed}×`, speed)))
    this.select.value = "1"
    this.select.onchange = () => act({ type: "speed", speed: Number(this.select.value) })
    this.step = element("span", "step")
    const back = button("◂❙", () => act({ type: "nudge", by: -1 }))
    const on = button("❙▸", () => act({ type: "nudge", by: 1 }))
    const wait = element("span", "wait", "The film plays once it stands still.")
    const keys = element("div", "keys", back, this.play, on, this.select, this.loop, wait, this.step)
    this.line = element("div", "line", this.input, this.ticks)
    this.root = element("div", "bar", this.line, keys)
    this.root.setAttribute("role", "group")
    const labels = [
      [this.root, "Film of the run"], [this.input, "Moment of the recording"], [back, "One frame back"],
      [on, "One frame on"], [this.select, "Speed"], [this.loop, this.loop.title],
    ]
    for (const [node, label] of labels) node.setAttribute("aria-label", label)
    this.root.onkeydown = (event) => this.key(event)
    guardKeys(this.root, (event) => event.key === " " || event.key in KEYS)
  }

  slider() {
    const input = Object.assign(element("input"), { type: "range", min: 0, step: "any" })
    const moved = (type) => () => this.act({ type, at: input.valueAsNumber })
    input.oninput = moved("scrub")
    input.onchange = input.onpointerup = input.onpointercancel = moved("release")
    return input
  }

  key(event) {
    const { key, target } = event
    if (this.live || target === this.select || event.ctrlKey || event.metaKey || event.altKey) return
    const made = key === " " && target === this.input ? () => ({ type: "toggle" }) : KEYS[key]
    if (!made) return
    event.preventDefault()
    this.act(made(this.clock))
  }

  /** Take up the time of a film; a `live` run has none to be moved on. */
  take(clock, live) {
    this.clock = clock
    this.live = live
    this.root.classList.toggle("live", live)
    this.line.inert = live // in its colours, and at its end
    this.input.min = live ? clock.end - 1 : clock.begin
    this.input.max = live ? clock.end : clock.begin + clock.span
  }

  show({ position, playing, held, loop }) {
    if (!held) this.input.value = position
    if (playing !== this.playing) {
      this.playing = playing
      this.play.textContent = playing ? "❚❚" : "▶"
      this.play.setAttribute("aria-label", playing ? "Pause the recording" : "Play the recording")
    }
    this.loop.setAttribute("aria-pressed", loop)
  }

  /** Say which frame's time is nearest. */
  name(time) {
    const words = naming(this.clock, time)
    this.step.textContent = words
    this.input.setAttribute("aria-valuetext", `${words} of ${amount(this.clock, this.clock.end)}`)
  }
}
