// The rail of the pieces: a numbered stop for each, those of the critic's step and those of the generator's.

const { search } = new URL(import.meta.url)
const [{ element }, { button }] = await Promise.all(
  ["../component.js", "../controls.js"].map((file) => import(file + search)),
)

export class Rail {
  /** `go(index)` is called when the stop of a piece is pressed. */
  constructor(go) {
    this.go = go
    this.root = element("div", "rail")
    this.root.setAttribute("role", "group")
    this.root.setAttribute("aria-label", "Pieces of one iteration")
  }

  take(pieces, steps) {
    this.stops = pieces.map(({ title }, i) => {
      const stop = button(`${i + 1}`, () => this.go(i))
      stop.title = title
      stop.setAttribute("aria-label", `${i + 1}. ${title}`)
      return stop
    })
    const groups = steps.map((words, step) => {
      const stops = this.stops.filter((_, i) => pieces[i].step === step)
      const row = element("div", "stops", ...stops)
      const group = element("div", step ? "generator" : "critic", element("small", "", words), row)
      group.style.flexGrow = stops.length
      return group
    })
    this.root.replaceChildren(...groups)
  }

  show(index) {
    this.stops.forEach((stop, i) => {
      stop.toggleAttribute("data-passed", i < index)
      i === index ? stop.setAttribute("aria-current", "step") : stop.removeAttribute("aria-current")
    })
  }
}
