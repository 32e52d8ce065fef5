// The picture on two canvases: the lower one, with the outlines of P and Q, the ground and the plan's arcs, is drawn when
// a pile or the plan changes; the upper one, with the sand, at every frame.

const { search } = new URL(import.meta.url)
const [{ element }, { between, heightAt, highest, noise, profile, stack }, { farthest }, { layoutOf }] = await Promise.all(
  ["../component.js", "./path.js", "./plan.js", "./layout.js"].map((file) => import(file + search)),
)

const ARCS = 17 // grains whose way is drawn
const SHADES = ["black 14%", "black 0%", "white 22%"] // of the sand: no grain is quite like its neighbour
const TICK = 2 // units of x

export class Picture {
  constructor() {
    this.canvases = [element("canvas"), element("canvas")]
    this.root = element("div", "picture", ...this.canvases)
    ;[this.under, this.over] = this.canvases.map((canvas) => canvas.getContext("2d"))
    this.canvases[0].setAttribute("role", "img")
    this.canvases[1].setAttribute("aria-hidden", "true")
  }

  /** Take the room that there is, and the page's colours; false while there is none. */
  resize(range) {
    const { clientWidth: width, clientHeight: height } = this.root
    if (!width) return false
    this.range = range
    this.size = [width, height]
    for (const canvas of this.canvases) {
      canvas.width = Math.round(width * devicePixelRatio)
      canvas.height = Math.round(height * devicePixelRatio)
      canvas.getContext("2d").setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    }
    const css = getComputedStyle(this.root)
    const color = (name) => css.getPropertyValue(name).trim()
    this.colors = { ink: color("--st-text-color"), paper: color("--st-background-color") }
    this.piles = [color("--source"), color("--target")]
    this.tones = SHADES.flatMap((shade) => this.piles.map((pile) => `color-mix(in srgb, ${pile}, ${shade})`))
    this.font = `14px ${css.fontFamily}`
    return true
  }

  /** Two piles of grains, the first of which goes to the second by one of these `plans`. */
  take(from, to, plans) {
    this.from = from
    this.outlines = [from, to].map((pile) => profile(pile, this.range))
    this.longest = Math.max(...plans.map((plan) => farthest(from, plan)))
    const piles = Math.max(...this.outlines.flatMap((outline) => [...outline]))
    const sand = Math.max(...plans.map((plan) => highest(from, plan, this.range)))
    this.layout = layoutOf(...this.size, this.range, piles, sand)
  }

  /** The plan that the sand walks along. */
  follow(plan) {
    this.plan = plan
    this.drawUnder()
  }

  /** The pile under a point of the picture, or null; of two the lower one, which the other looks out behind. */
  at(x, y) {
    const { layout, range } = this
    const heights = this.outlines.map((outline) => heightAt(outline, range, layout.place(x)))
    const under = [0, 1].filter((pile) => y <= layout.ground && y >= layout.y(heights[pile]))
    return under.sort((a, b) => heights[a] - heights[b])[0] ?? null
  }

  drawUnder() {
    const { under: context, size: [width, height], outlines, piles } = this
    context.clearRect(0, 0, width, height)
    outlines.forEach((outline, pile) => this.drawOutline(outline, piles[pile], pile ? [7, 5] : []))
    this.drawArcs()
    this.drawGround()
  }

  drawOutline(outline, color, dash) {
    const { under: context, layout: { x, y, ground, width }, range: [low, high] } = this
    const path = new Path2D()
    path.moveTo(0, ground)
    outline.forEach((height, i) => path.lineTo(x(low + ((i + 0.5) * (high - low)) / outline.length), y(height)))
    path.lineTo(width, ground)
    context.fillStyle = context.strokeStyle = color
    context.globalAlpha = 0.14
    context.fill(path)
    context.globalAlpha = 1
    context.lineWidth = 2
    context.setLineDash(dash)
    context.stroke(path)
    context.setLineDash([])
  }

  /** Below the ground the way of some grains, from blue to orange: where no two cross, nothing is carried in vain. */
  drawArcs() {
    const { under: context, from, plan, piles, longest, layout: { x, ground, depth } } = this
    context.lineWidth = 1.75
    context.globalAlpha = 0.75
    for (let k = 0; k < ARCS; k++) {
      const grain = Math.floor(((k + 0.5) / ARCS) * from.length)
      const [a, b] = [x(from[grain]), x(plan[grain])]
      const color = context.createLinearGradient(a, 0, b, 0)
      piles.forEach((pile, end) => color.addColorStop(end, pile))
      context.strokeStyle = color
      context.beginPath()
      context.moveTo(a, ground)
      const low = ground + (4 / 3) * depth * (Math.abs(plan[grain] - from[grain]) / longest) // the arc reaches 3/4 of it
      context.bezierCurveTo(a, low, b, low, b, ground)
      context.stroke()
    }
    context.globalAlpha = 1
  }

  drawGround() {
    const { under: context, layout: { x, ground, width }, range: [low, high], colors, font } = this
    context.fillStyle = colors.ink
    context.fillRect(0, ground - 1, width, 2)
    context.font = font
    context.lineWidth = 4
    context.lineJoin = "round"
    context.strokeStyle = colors.paper
    const write = (words, at) => {
      context.strokeText(words, at, ground + 18)
      context.fillText(words, at, ground + 18)
    }
    context.textAlign = "center"
    for (let place = TICK * Math.ceil((low + 0.5) / TICK); place <= high - 1; place += TICK) {
      context.fillRect(x(place) - 0.75, ground, 1.5, 5)
      write(String(place).replace("-", "−"), x(place))
    }
    context.textAlign = "right"
    write("x", width - 4)
  }

  /** The sand after the share t of its way: so many of its grains have turned from blue to orange. */
  drawOver(t) {
    const { over: context, size: [width, height], layout, range, from, plan } = this
    const xs = between(from, plan, t)
    const ys = stack(xs, range)
    const r = layout.radius(xs.length)
    context.clearRect(0, 0, width, height)
    for (let i = 0; i < xs.length; i++) {
      context.fillStyle = this.tones[2 * (i % SHADES.length) + (noise(-i) < t)]
      context.beginPath() // one by one, circles are drawn twice as fast as in one path
      context.arc(layout.x(xs[i]), layout.y(ys[i]) - r, r, 0, 7)
      context.fill()
    }
  }
}

