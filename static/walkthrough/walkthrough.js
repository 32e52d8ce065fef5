// The walk through one iteration: Back, Next and a rail of its pieces move one picture, in which what belongs to the
// next piece grows out of what is there. The server is told where the walk stands, and asked for the next iteration.

const { search } = new URL(import.meta.url)
const [
  { element, place }, { button, calm, guardKeys }, { decode }, { lookOf }, { Rail }, { SCENES }, { STYLE },
  { between, wanted },
] = await Promise.all(
  [
    "../component.js", "../controls.js", "../message.js", "../stage/look.js", "./rail.js", "./scenes.js", "./style.js",
    "./tracks.js",
  ].map((file) => import(file + search)),
)

const WALK_MS = 300
const NEAR = 28 // pixels of the screen: a tap that is no farther from a sample means it
const ROLES = ["slider", "tab", "radio", "listbox", "combobox"].map((role) => `[role=${role}]`)
const TYPED = ["input", "select", "textarea", "[contenteditable]", ...ROLES].join() // these have arrow keys of their own

class Walkthrough {
  static waits = 2000

  constructor() {
    this.asked = { by: `${performance.timeOrigin + performance.now()}`, count: 0 }
    this.rail = new Rail((index) => this.go(index))
    this.title = element("b")
    this.title.setAttribute("aria-live", "polite")
    this.input = Object.assign(element("input"), { type: "number", min: 1, step: 1 })
    this.input.onchange = () => this.mark(Math.round(this.input.valueAsNumber) - 1)
    const sample = element("label", "", "Sample ", this.input)
    this.legend = element("div", "legend")
    this.canvas = element("canvas")
    this.canvas.setAttribute("role", "img")
    this.choice = element("div", "choice")
    this.choice.setAttribute("role", "group")
    this.stage = element("div", "stage", this.canvas, this.choice)
    this.back = button("← Back", () => this.go(this.index - 1))
    this.next = button("Next →", () => this.go(this.index + 1), "next")
    this.back.title = "Left arrow key"
    this.next.title = "Right arrow key"
    this.more = button("Next iteration", () => this.ask(), "more")
    this.more.title = "Really takes this iteration and takes apart the one after it. Pause a run that trains first."
    this.number = element("span", "iteration")
    const bar = element("div", "bar", this.back, this.next, this.number, this.more)
    const head = element("div", "head", this.title, sample)
    this.root = element("div", "walkthrough", this.rail.root, head, this.legend, this.stage, bar)
    this.canvas.onclick = (event) => this.tap(event)
    guardKeys(this.root)
    this.root.addEventListener("keydown", (event) => this.key(event))
    this.onKey = (event) => this.key(event)
    document.addEventListener("keydown", this.onKey)
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.stage)
  }

  update(bytes) {
    const same = this.message?.length === bytes.length && this.message.every((value, i) => value === bytes[i])
    if (!same) this.take(bytes.slice())
    this.dress()
  }

  take(bytes) {
    const { header, groups: [batch, samples, surfaces] } = decode(bytes)
    const old = this.header
    const here = this.piece?.name
    this.message = bytes
    Object.assign(this, { header, batch, samples, surfaces, piece: undefined })
    const names = header.pieces.map(({ name }) => name)
    if (!old) ({ sample: this.sample, field: this.field, u: this.u } = header.start)
    else if (header.trace !== old.trace) this.u = null
    if (!(this.scene instanceof SCENES[header.kind])) {
      this.scene = new SCENES[header.kind](this)
      this.root.style.setProperty("--aspect", SCENES[header.kind].aspect)
      this.stage.replaceChildren(this.canvas, this.choice, ...this.scene.nodes)
    }
    this.index = Math.max(0, names.indexOf(names.includes(here) ? here : header.start.piece))
    this.sample = Math.min(this.sample, samples.real.shape[0] - 1)
    this.input.max = samples.real.shape[0]
    this.number.textContent = `Iteration ${header.iteration.toLocaleString("en")}`
    this.more.disabled = !header.ready
    this.choices = header.fields.map((name) => button(name, () => this.choose(name)))
    this.choice.replaceChildren(...this.choices)
    this.choice.setAttribute("aria-label", `What is shown of ${header.score}`)
    this.rail.take(header.pieces, header.steps)
    this.root.style.setProperty("--green", header.colors.critic)
    this.root.style.setProperty("--orange", header.colors.fake)
    if (header.trace !== old?.trace) this.state = {} // other points: they appear anew
    this.name()
    this.walk(old ? WALK_MS : 0)
  }

  /** All that is said of where the walk stands. */
  name() {
    const { header, index, sample, field } = this
    this.piece = header.pieces[index]
    this.rail.show(index)
    this.title.textContent = `${index + 1}. ${this.piece.title}`
    this.back.disabled = index === 0
    this.next.disabled = index === header.pieces.length - 1
    this.input.value = sample + 1
    this.choice.hidden = this.piece.name !== "update"
    this.choices.forEach((node, i) => node.setAttribute("aria-pressed", header.fields[i] === field))
    const shown = this.choice.hidden ? "" : ` Shown of ${header.score}: ${field}.`
    this.canvas.setAttribute(
      "aria-label",
      `${this.piece.title}: the first ${this.samples.real.shape[0]} samples of iteration ` +
        `${header.iteration.toLocaleString("en")} ${header.where}, sample ${sample + 1} marked.${shown}`,
    )
  }

  /** The layers of this piece: [bright, dim]. Before the guess what tells the norms is kept back. */
  get layers() {
    const [bright, dim] = this.piece.layers
    if (this.piece.name === "norm" && !this.header.revealed) return [["gradient", "x_hat"], dim]
    return [bright.map((name) => (name === "field" ? this.field : name)), dim]
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  go(index) {
    if (!this.header?.pieces[index] || index === this.index) return
    this.index = index
    this.u = null // at every piece it is the step itself at first
    this.tell()
  }

  mark(sample) {
    if (!(sample >= 0 && sample < this.samples.real.shape[0])) return void (this.input.value = this.sample + 1)
    if (sample !== this.sample) this.u = null
    this.sample = sample
    this.tell()
  }

  choose(field) {
    this.field = field
    this.tell()
  }

  tell() {
    this.name()
    this.walk(WALK_MS)
    this.send("at", { piece: this.piece.name, sample: this.sample, field: this.field, u: this.u })
  }

  ask() {
    this.asked = { ...this.asked, count: this.asked.count + 1 }
    this.send("more", this.asked)
    if (this.index === this.header.pieces.length - 1) this.go(0) // the story begins again
  }

  key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const { altKey, ctrlKey, metaKey, shiftKey } = event
    if (!by || altKey || ctrlKey || metaKey || shiftKey || event.defaultPrevented) return
    if (event.composedPath()[0].matches?.(TYPED)) return
    event.preventDefault()
    this.go(this.index + by)
  }

  tap(event) {
    const area = this.canvas.getBoundingClientRect()
    const x = event.clientX - area.left, y = event.clientY - area.top
    let nearest = [NEAR, -1]
    for (const [px, py, i] of this.scene.hits()) {
      const away = Math.hypot(px / devicePixelRatio - x, py / devicePixelRatio - y)
      if (away < nearest[0]) nearest = [away, i]
    }
    if (nearest[1] >= 0) this.mark(nearest[1])
  }

  // ---- picture -------------------------------------------------------------------------------------------------

  /** From what is drawn now to what belongs here. */
  walk(ms) {
    this.from = this.state
    this.to = wanted(this.layers)
    this.begun = performance.now()
    this.ms = calm.matches ? 0 : ms
    this.words()
    cancelAnimationFrame(this.frame)
    this.tick(this.begun)
  }

  tick(now) {
    const t = this.ms ? Math.max(0, Math.min(1, (now - this.begun) / this.ms)) : 1
    this.state = between(this.from, this.to, t)
    this.draw()
    this.frame = t < 1 ? requestAnimationFrame((then) => this.tick(then)) : null
  }

  /** The page's colours, which change with its theme. */
  dress() {
    this.look = lookOf(this.root, this.header.colors, new Set())
    this.scene.renew()
    this.words()
    this.resize()
  }

  resize() {
    const width = Math.round(this.stage.clientWidth * devicePixelRatio)
    if (!width || !this.look) return
    const height = Math.round(width / this.scene.constructor.aspect)
    if (width !== this.canvas.width || height !== this.canvas.height) {
      Object.assign(this.canvas, { width, height })
      this.scene.renew()
    }
    this.draw()
  }

  draw() {
    if (!this.look) return
    const context = this.canvas.getContext("2d")
    context.clearRect(0, 0, this.canvas.width, this.canvas.height)
    this.scene.draw(context)
  }

  words() {
    if (!this.look) return
    const [bright] = this.layers
    this.scene.show(this.layers)
    const entries = this.scene.legend(bright)
    this.legend.replaceChildren(
      ...entries.map(([mark, color, words]) => {
        const sign = element("i", "", mark)
        sign.style.color = color
        return element("span", "", sign, words)
      }),
    )
  }

  close() {
    document.removeEventListener("keydown", this.onKey)
    cancelAnimationFrame(this.frame)
    this.observer.disconnect()
  }
}

export default place(Walkthrough, STYLE)
