// What happened in the runs: pills below the stage, and ticks at the slider, that jump to the frame where it is seen.

const { search } = new URL(import.meta.url)
const [{ element }, { button }, { amount, naming, reached }] = await Promise.all(
  ["../component.js", "../controls.js", "./clock.js"].map((file) => import(file + search)),
)

export class Events {
  /** `ticks` is the node at the slider; `act` takes the events of transport.js. */
  constructor(ticks, act) {
    this.ticks = ticks
    this.act = act
    this.root = element("div", "events")
    this.root.setAttribute("role", "group")
    this.root.setAttribute("aria-label", "What happened")
  }

  /** Take up [whose, time, kind, text] of each event; those of a `live` run cannot be jumped to. */
  take(events, clock, live) {
    this.clock = clock
    const key = JSON.stringify([events, live, clock.unit, clock.begin, clock.end])
    if (key === this.key) return
    this.key = key
    const noun = element("span", "", clock.unit ? "At" : "Iteration")
    this.pills = events.map((event) => this.pill(event, live))
    this.root.replaceChildren(...(events.length ? [noun] : []), ...this.pills)
    this.ticks.replaceChildren(...(live ? [] : events.map((event) => this.tick(event))))
  }

  words([whose, time, , text]) {
    return `${whose ? `${whose} ` : ""}${naming(this.clock, time)}: ${text}`
  }

  pill(event, live) {
    const [whose, time, kind, text] = event
    const node = button("", () => this.act({ type: "jump", at: time }))
    node.append(whose ? `${whose} ` : "", element("b", "", amount(this.clock, time)), ` ${text}`)
    node.title = this.words(event)
    node.setAttribute("aria-label", node.title)
    Object.assign(node.dataset, { time, kind })
    node.disabled = live
    return node
  }

  tick(event) {
    const { begin, span } = this.clock
    const [, time] = event
    const node = element("b")
    node.title = this.words(event)
    node.style.left = `${(100 * (time - begin)) / span}%`
    node.onclick = () => this.act({ type: "jump", at: time })
    return node
  }

  /** Mark those that are first seen in the frame of this time. */
  mark(time) {
    for (const pill of this.pills)
      pill.setAttribute("aria-current", reached(this.clock, Number(pill.dataset.time)) === time)
  }
}
