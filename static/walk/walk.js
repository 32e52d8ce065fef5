// A pile of sand in the shape of P walks along a plan into Q and back, then along a dearer one. Either pile can be
// dragged sideways: grains, plans and costs are worked out here, and the server is asked for nothing.

const { search } = new URL(import.meta.url)
const [
  { element, place },
  { button, calm, guardKeys },
  { HALFWAY, LENGTH, moment },
  { Grip },
  { gripsAt },
  { Picture },
  { PLANS, cost, ends, grains },
  { Score, number },
  { STYLE },
] = await Promise.all(
  [
    "../component.js", "../controls.js", "./cycle.js", "./grip.js", "./layout.js", "./picture.js", "./plan.js",
    "./score.js", "./style.js",
  ].map((file) => import(file + search)),
)

const GRAINS = 2000
const NAMES = ["cheapest plan", "sides swapped"] // of PLANS
const ROUTES = Object.values(PLANS)
const ALIKE = 0.005 // costs that are written alike

class Walk {
  constructor() {
    this.ms = calm.matches ? HALFWAY : 0
    this.wish = null // what the button was pressed for: to walk, or not to
    this.score = new Score(NAMES, (plan) => this.choose(plan))
    this.pause = button("", () => this.toggle(), "pause")
    this.grips = ["P", "Q"].map((name, pile) => new Grip(name, pile ? "target" : "source", () => this.arrange()))
    this.picture = new Picture()
    this.stage = this.picture.root
    this.stage.append(...this.grips.map((grip) => grip.root))
    this.words = element("p")
    this.root = element("div", "walk", element("div", "head", this.score.root, this.pause), this.stage, this.words)
    guardKeys(this.root)
    this.stage.onpointerdown = (event) => this.press(event)
    this.stage.onpointermove = (event) => this.drag(event)
    this.stage.onlostpointercapture = () => this.release()
    this.sizes = new ResizeObserver(() => this.resize())
    this.sizes.observe(this.stage)
    this.sight = new IntersectionObserver((changes) => {
      this.seen = changes.at(-1).isIntersecting
      this.wake()
    })
    this.sight.observe(this.stage)
  }

  close() {
    this.seen = false
    this.sizes.disconnect()
    this.sight.disconnect()
  }

  /** data: `range` of x, and two `piles`, each with its `label`, its `bumps` around 0, and `at`, where it stands. */
  update(data) {
    if (JSON.stringify(data) !== JSON.stringify(this.data)) {
      this.data = data
      this.shapes = data.piles.map(({ bumps }) => grains(bumps, GRAINS))
      const [low, high] = data.range
      data.piles.forEach((pile, i) => {
        const [left, right] = ends(pile.bumps)
        this.grips[i].take(pile, [low - left, high - right])
      })
    }
    this.resize() // or else the theme has changed
  }

  resize() {
    if (this.data && this.picture.resize(this.data.range)) this.arrange()
  }

  /** The piles stand elsewhere: new plans, new costs. */
  arrange() {
    this.piles = this.shapes.map((shape, pile) => shape.map((x) => x + this.grips[pile].at))
    this.plans = ROUTES.map((route) => route(...this.piles))
    this.costs = this.plans.map((plan) => cost(this.piles[0], plan))
    this.score.take(this.costs)
    const told = `${NAMES.map((name, plan) => `${name} ${number(this.costs[plan])}`).join(", ")} units of x`
    for (const grip of this.grips) grip.tell(told)
    this.picture.canvases[0].setAttribute(
      "aria-label",
      `A pile of sand in the shape of P walks, every grain straight ahead, into the shape of Q and back. On average a ` +
        `grain walks so far: ${told}.`,
    )
    this.words.textContent = this.comparison()
    this.picture.take(...this.piles, this.plans)
    this.plan = null // to be followed anew
    this.draw()
    this.moveGrips()
  }

  comparison() {
    const more = this.costs[1] - this.costs[0]
    return more < ALIKE
      ? "Here both plans cost the same: every grain goes the same way, so none passes another head on."
      : `With its sides swapped, a grain walks ${number(more)} farther on average, because sand passes sand head on.`
  }

  moveGrips() {
    const { layout } = this.picture
    const at = gripsAt(
      this.grips.map((grip) => layout.x(grip.at)),
      this.grips.map((grip) => grip.root.offsetWidth),
      layout.width,
    )
    this.grips.forEach((grip, i) => (grip.root.style.transform = `translateX(${at[i]}px)`))
  }

  draw() {
    const { plan, t } = moment(this.ms, ROUTES.length)
    if (plan !== this.plan) this.picture.follow(this.plans[plan])
    this.plan = plan
    this.picture.drawOver(t)
    this.score.show(plan, t)
    this.pause.textContent = this.walks ? "❚❚" : "▶"
    this.pause.setAttribute("aria-label", this.walks ? "Stand still" : "Walk")
  }

  // ---- time ----------------------------------------------------------------------------------------------------

  get walks() {
    return this.wish ?? !calm.matches
  }

  /** Go on, if there is somebody to see it; a hidden tab gets no frames from the browser. */
  wake() {
    if (this.frame || !this.walks || !this.seen || !this.piles) return
    this.last = performance.now()
    this.frame = requestAnimationFrame((now) => this.tick(now))
  }

  tick(now) {
    const goes = this.walks && this.seen
    if (goes) this.ms += Math.max(0, Math.min(50, now - this.last))
    this.last = now
    this.draw()
    this.frame = goes ? requestAnimationFrame((then) => this.tick(then)) : null
  }

  toggle() {
    this.wish = !this.walks
    this.draw()
    this.wake()
  }

  /** Sand that walks begins anew along the plan that is chosen. */
  choose(plan) {
    this.ms = plan * LENGTH + (this.walks ? 0 : this.ms % LENGTH)
    this.draw()
  }

  // ---- hands ---------------------------------------------------------------------------------------------------

  /** The pile under a hand, by its grip or its sand. */
  under(event) {
    const grip = this.grips.findIndex(({ root }) => root.contains(event.target))
    if (grip >= 0) return grip
    const area = this.stage.getBoundingClientRect()
    return this.picture.at(event.clientX - area.left, event.clientY - area.top)
  }

  press(event) {
    const pile = this.under(event)
    if (event.button !== 0 || this.held || pile === null) return
    event.preventDefault() // no text selection; so the focus is set by hand
    const grip = this.grips[pile]
    grip.root.focus({ preventScroll: true }) // the arrow keys go on from here
    this.stage.setPointerCapture(event.pointerId)
    this.held = { grip, id: event.pointerId, x: event.clientX, at: grip.at }
    this.stage.classList.add("held")
  }

  drag(event) {
    if (!this.held) return this.stage.classList.toggle("over", this.under(event) !== null)
    const { grip, id, x, at } = this.held
    if (event.pointerId !== id) return
    grip.put(at + (event.clientX - x) / this.picture.layout.unit)
    this.arrange()
  }

  release() {
    this.held = null
    this.stage.classList.remove("held")
  }
}

export default place(Walk, STYLE)
