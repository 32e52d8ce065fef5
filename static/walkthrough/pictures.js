// The scene of pictures: the fake, the real one and x_hat between them, and where more or less ink would raise f. Below
// them f and the norm of its slope on the whole way from the fake, u = 0, to the real one, u = 1; then all samples.

const { search } = new URL(import.meta.url)
const [
  { element }, { MINUS, PLUS, ink, tiles, wishes }, { diamond }, { spring }, { scores }, { DIM },
] = await Promise.all(
  [
    "../component.js", "../stage/images.js", "../stage/marks.js", "./arrows.js", "./scores.js", "./tracks.js",
  ].map((file) => import(file + search)),
)

// Places [x, y] and sizes, as shares of the height of the picture. The generator's pictures have room to be larger.
const SMALL = 0.25, LARGE = 0.36
const PLACES = {
  fake: [0.02, 0.055, SMALL], x_hat: [0.5, 0.055, SMALL], real: [0.98, 0.055, SMALL], gradient: [0.5, 0.36, SMALL],
  generated: [0.02, 0.06, LARGE], push: [0.445, 0.06, LARGE], after: [0.87, 0.06, LARGE], moved: [0.445, 0.5, LARGE],
}
const WAY = [0.145, 1.105], CHART = [0.63, 0.78], ROW = [0.02, 0.89, 0.1] // u = 0 and 1; upper and lower end; thumbnails
const TEXT = 14, SIGN = 9 // pixels of the screen: of words, and of a pixel that has room for its sign
const STRONG = 0.35 // of the greatest: a pixel that gets one
const ROWS = ["move", "push", "generated", "gradient", "x_hat", "fake", "real"] // what the thumbnails show, if it is lit
const below = (number) => String(number).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit])
const short = (value) => Number(value.toPrecision(3)).toString().replace("-", "−")
const greatest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
const mix = (a, b, t) => a + (b - a) * t

export class Pictures {
  static aspect = 1.25

  constructor(walk) {
    this.walk = walk
    this.slider = Object.assign(element("input", "way"), { type: "range", min: 0, max: 1, step: 0.01 })
    this.slider.setAttribute("aria-label", "u, on the way from the fake picture, 0, to the real one, 1")
    this.slider.oninput = () => {
      const u = this.slider.valueAsNumber
      walk.u = Math.abs(u - this.step) < 0.006 ? null : u
      walk.draw()
    }
    this.slider.onchange = () => walk.tell()
    this.nodes = [this.slider]
  }

  renew() {
    this.atlases = {}
  }

  show([bright, dim]) {
    this.slider.hidden = ![...bright, ...dim].includes("lines")
    this.slider.value = this.u
  }

  /** That with which the step made x_hat of the marked sample. */
  get step() {
    const { walk: { sample, samples } } = this
    return samples.u?.array[sample] ?? 0.5
  }

  /** The one that is looked at. */
  get u() {
    return this.walk.u ?? this.step
  }

  get size() {
    const [, height, width] = this.walk.samples.real.shape.slice(-3)
    return { height, width, pixels: height * width }
  }

  one(name, i) {
    const { pixels } = this.size
    return this.values(name).subarray(i * pixels, (i + 1) * pixels)
  }

  values(name) {
    const { samples } = this.walk
    if (name === "after") return samples.generated.array.map((value, k) => value + samples.moves.array[k])
    if (name === "moved") return samples.moves.array
    return samples[name].array
  }

  /** What lies at u between the marked sample's fake and its real picture, pixel by pixel. */
  between(u) {
    const [fake, real] = ["fake", "real"].map((name) => this.one(name, this.walk.sample))
    return fake.map((value, k) => mix(value, real[k], u))
  }

  // ---- pictures ------------------------------------------------------------------------------------------------

  colour(name) {
    const { look } = this.walk
    const of = { real: "real", x_hat: "x_hat" }[name] ?? "fake"
    return ink(look, look.colors[of])
  }

  isWish(name) {
    return ["gradient", "push", "moved"].includes(name)
  }

  /** All pictures of this name, drawn once. Wishes of one name have one scale. */
  atlas(name) {
    const draw = () => {
      const values = this.values(name), most = greatest(values) || 1
      const shares = this.isWish(name) ? values.map((v) => 0.5 + v / most / 2) : values.map((v) => (v + 1) / 2)
      return this.tiles(name, shares)
    }
    return (this.atlases[name] ??= draw())
  }

  tiles(name, shares) {
    const { height, width } = this.size
    return tiles(shares.map((v) => Math.min(1, Math.max(0, v))), [height, width], this.isWish(name) ? wishes : this.colour(name))
  }

  picture(atlas, k, [x, y, side], smooth) {
    const { context, height: unit } = this
    const { height, width } = this.size
    context.imageSmoothingEnabled = smooth
    context.imageSmoothingQuality = "high"
    const at = [x, y, side, side].map((v) => v * unit)
    context.fillStyle = this.walk.look.page
    context.fillRect(...at)
    context.drawImage(atlas, 1, k * (height + 2) + 1, width, height, ...at)
    context.lineWidth = this.scale
    context.strokeStyle = this.walk.look.text
    const light = context.globalAlpha
    context.globalAlpha = 0.3 * light
    context.strokeRect(...at)
    context.globalAlpha = light
  }

  /** The picture of this name of the marked sample, in its place and under its words. */
  tile(name, words, of = this.atlas(name), k = this.walk.sample) {
    const [x, y, side] = PLACES[name]
    this.picture(of, k, PLACES[name], !this.isWish(name))
    if (this.isWish(name)) this.signs(name)
    this.write(words, [x + side / 2, y - 0.028], "center")
  }

  /** + and − on the pixels at which most is wanted. */
  signs(name) {
    const { context, height: unit, scale } = this
    const [left, upper, side] = PLACES[name]
    const { width } = this.size
    const cell = (side * unit) / width
    if (cell < SIGN * scale) return
    const values = this.one(name, this.walk.sample), most = greatest(this.values(name)) || 1
    context.fillStyle = this.walk.look.text
    context.font = `700 ${Math.min(cell, 18 * scale)}px ${this.walk.look.family}`
    context.textAlign = "center"
    context.textBaseline = "middle"
    values.forEach((value, k) => {
      if (Math.abs(value) < STRONG * most) return
      const x = left * unit + (k % width + 0.5) * cell, y = upper * unit + (Math.floor(k / width) + 0.5) * cell
      context.fillText(value > 0 ? "+" : "−", x, y)
    })
  }

  write(text, [x, y], align, bold = true) {
    const { context, height: unit, scale, walk: { look } } = this
    context.font = `${bold ? 700 : 400} ${TEXT * scale}px ${look.family}`
    context.textAlign = "left"
    context.textBaseline = "middle"
    const { width } = context.measureText(text)
    const left = x * unit - { left: 0, center: width / 2, right: width }[align]
    const at = [Math.max(2 * scale, Math.min(context.canvas.width - width - 2 * scale, left)), y * unit]
    context.lineJoin = "round"
    context.lineWidth = 4 * scale
    context.strokeStyle = look.page
    context.strokeText(text, ...at)
    context.fillStyle = look.text
    context.fillText(text, ...at)
  }

  // ---- layers --------------------------------------------------------------------------------------------------

  draw(context) {
    Object.assign(this, { context, height: context.canvas.height, scale: devicePixelRatio })
    const { state, sample } = this.walk
    this.k = below(sample + 1)
    for (const [name, draw] of Object.entries(DRAW)) {
      if (!state[name]) continue
      context.save()
      context.globalAlpha = state[name].light
      draw(this, state[name].grown, state)
      context.restore()
    }
    if (!state.scores) this.row()
  }

  line(points, color, width, dash = []) {
    const { context, scale, height: unit } = this
    context.setLineDash(dash.map((length) => length * scale))
    context.strokeStyle = color
    context.lineWidth = width * scale
    context.beginPath()
    for (const [x, y] of points) context.lineTo(x * unit, y * unit)
    context.stroke()
    context.setLineDash([])
  }

  x(u) {
    return mix(...WAY, u)
  }

  /** Values (k,) of the marked sample on its way. */
  onWay(name) {
    const { array, shape: [, k] } = this.walk.surfaces[name]
    return array.subarray(this.walk.sample * k, (this.walk.sample + 1) * k)
  }

  at(name, u) {
    const values = this.onWay(name), place = u * (values.length - 1), k = Math.min(Math.floor(place), values.length - 2)
    return mix(values[k], values[k + 1], place - k)
  }

  /** Where a value lies in the chart, between these two. */
  y(value, [low, high]) {
    const [upper, lower] = CHART
    return mix(lower, upper, (value - low) / (high - low || 1))
  }

  range(...names) {
    const values = names.flatMap((name) => [...this.onWay(name)])
    return [Math.min(...values), Math.max(...values)]
  }

  curve(name, range, color, grown, dash) {
    const { way } = this.walk.header, values = this.onWay(name)
    const shown = way.map((u, k) => [this.x(u), this.y(values[k], range)])
    this.line(shown.slice(0, Math.max(2, Math.ceil(grown * shown.length))), color, 2.5, dash)
  }

  mark([x, y]) {
    const { context, scale, height: unit, walk: { look } } = this
    context.beginPath()
    diamond(context, x * unit, y * unit, 6 * scale)
    context.fillStyle = look.colors.x_hat
    context.fill()
    context.strokeStyle = look.page
    context.lineWidth = scale
    context.stroke()
  }

  get norms() {
    const [low, high] = this.range("norms")
    return [Math.min(low, 0.9), Math.max(high, 1.1)]
  }

  // ---- all samples ---------------------------------------------------------------------------------------------

  thumb(i) {
    const [x, y, side] = ROW, n = this.walk.samples.real.shape[0]
    const place = Math.min(side, 1.21 / n)
    return [x + i * place, y, 0.9 * place]
  }

  middle(i) {
    const [x, y, side] = this.thumb(i)
    return [(x + side / 2) * this.height, (y + side / 2) * this.height]
  }

  row() {
    const { context, scale, height: unit, walk: { state, sample, samples, look } } = this
    const lit = ROWS.filter((name) => state[name])
    const name = lit.find((name) => state[name].light > DIM + 0.01) ?? lit.at(-1)
    if (!name) return
    const of = name === "move" ? "after" : name
    context.save()
    for (let i = 0; i < samples.real.shape[0]; i++) {
      const place = this.thumb(i)
      context.globalAlpha = state[name].light
      this.picture(this.atlas(of), i, place, !this.isWish(of))
      const judged = state.norm && name === "gradient"
      if (!judged && i !== sample) continue
      const flat = samples.norms.array[i] <= 1
      const [x, y, side] = place.map((v) => v * unit)
      context.setLineDash(judged && flat ? [3 * scale, 3 * scale] : [])
      context.strokeStyle = !judged ? look.text : flat ? look.colors.x_hat : look.colors.accent
      context.lineWidth = (i === sample ? 3 : 2) * scale
      context.strokeRect(x, y, side, side)
    }
    context.restore()
    const [x, y, side] = this.thumb(sample)
    this.line([[x, y + side + 0.011], [x + side, y + side + 0.011]], look.text, 3)
  }

  hits() {
    return Array.from({ length: this.walk.samples.real.shape[0] }, (_, i) => [...this.middle(i), i])
  }

  legend(bright) {
    const { header: { score }, look: { colors, text }, surfaces } = this.walk
    const has = (...names) => names.some((name) => bright.includes(name))
    const entries = []
    if (has("real")) entries.push(["■", colors.real, "real x"])
    if (has("fake", "generated")) entries.push(["■", colors.fake, "fake G(z)"])
    if (has("x_hat")) entries.push(["■", colors.x_hat, "x̂"])
    if (has("move")) entries.push(["＋", PLUS, "more ink"], ["−", MINUS, "less ink"])
    else if (has("gradient", "push"))
      entries.push(["＋", PLUS, `more ink raises ${score}`], ["−", MINUS, `less ink raises ${score}`])
    if (has("norm")) entries.push(["▣", colors.accent, "too steep"], ["⬚", colors.x_hat, "too flat"])
    if (has("penalty")) entries.push(["ʬ", text, "what is paid for"])
    if (has("change")) entries.push(["━", colors.critic, `change of ${score} on the way, at most ±${short(greatest(this.onWay("change")))}`])
    else if (bright.some((name) => name in surfaces)) entries.push(["━", colors.critic, `${score} on the way`])
    return entries
  }
}

const named = (name, array) => (all, state) => {
  const { score } = all.walk.header
  return state.scores ? `${score}(${name}) = ${short(all.walk.samples[array].array[all.walk.sample])}` : name
}

const value = (name) => (all, grown) => {
  const range = name === "change" ? [-1, 1].map((sign) => sign * greatest(all.onWay(name))) : all.range("before", "after")
  const { score } = all.walk.header, { look } = all.walk
  if (name === "change") all.line(WAY.map((x) => [x, all.y(0, range)]), look.text, 1, [2, 4])
  all.curve(name, range, look.colors.critic, grown)
  if (all.walk.state.norm) return // it stands there for the norm
  all.write(name === "change" ? `change of ${score}` : `${score}: ${range.map(short).join(" to ")}`, [0.02, CHART[0] - 0.03], "left")
  all.mark([all.x(all.u), all.y(all.at(name, all.u), range)])
  const said = name === "change" ? `${short(all.at(name, all.u))}` : `${score} = ${short(all.at(name, all.u))}`
  all.write(`u = ${all.u.toFixed(2)}: ${said}`, [1.23, CHART[0] - 0.03], "right", false)
}

const DRAW = {
  lines(all, grown) {
    const y = PLACES.fake[1] + SMALL / 2, { look } = all.walk
    all.line([[PLACES.fake[0] + SMALL, y], [mix(PLACES.fake[0] + SMALL, PLACES.real[0], grown), y]], look.text, 1.5)
  },
  real: (all, _, state) => all.tile("real", named(`x${all.k}`, "real_scores")(all, state)),
  fake: (all, _, state) => all.tile("fake", named(`G(z${all.k})`, "fake_scores")(all, state)),
  u(all) {
    all.write(`u${all.k} = ${all.u.toFixed(2)}`, [all.x(all.u), CHART[1] - 0.02], "center")
  },
  x_hat(all, grown, { scores: scored }) {
    const { u } = all
    const shares = all.between(u * grown).map((v) => (v + 1) / 2)
    const taken = `x̂${all.k}${scored ? "" : ` at u = ${u.toFixed(2)}`}`
    const words = all.walk.u === null ? taken : `u = ${u.toFixed(2)}; the step: ${all.step.toFixed(2)}`
    all.tile("x_hat", words, all.tiles("x_hat", shares), 0)
  },
  before: value("before"),
  after: value("after"),
  change: value("change"),
  /** grad f is known where the step took it. */
  gradient(all) {
    const { u, header: { score } } = all.walk
    if (u !== null) all.context.globalAlpha *= DIM
    all.tile("gradient", `∇${score}(x̂${all.k})${u === null ? "" : " at the step’s u"}`)
  },
  /** A norm of 1. */
  rings(all) {
    all.line(WAY.map((x) => [x, all.y(1, all.norms)]), all.walk.look.text, 1.5, [5, 4])
    all.write("1", [WAY[0] - 0.02, all.y(1, all.norms)], "right", false)
  },
  norm(all, grown, { penalty }) {
    const { look, u, sample, samples, header: { score, penalty: paid, n } } = all.walk
    const norm = u === null ? samples.norms.array[sample] : all.at("norms", u)
    all.curve("norms", all.norms, look.colors.accent, grown)
    all.write(`norm ‖∇${score}‖ on the way`, [0.02, CHART[0] - 0.03], "left")
    all.mark([all.x(all.u), all.y(norm, all.norms)])
    const facts = [`norm ${norm.toFixed(3)}`, norm > 1 ? "▲ too steep" : "▽ too flat"]
    if (penalty && u === null) facts.push(`pays ${short(samples.penalties.array[sample])}`, `mean of ${n}: ${short(paid)}`)
    facts.forEach((fact, k) => all.write(fact, [0.77, 0.39 + 0.062 * k], "left", k % 2 === 0))
  },
  /** A spring from 1 to the norm. */
  penalty(all, grown) {
    const { look, u, sample, samples } = all.walk
    if (u !== null || !samples.penalties.array[sample]) return
    const x = all.x(all.u), ends = [1, mix(1, samples.norms.array[sample], grown)]
    const [from, to] = ends.map((norm) => [x, all.y(norm, all.norms)].map((v) => v * all.height))
    all.context.strokeStyle = look.text
    all.context.lineWidth = 2 * all.scale
    spring(all.context, from, to, 4 * all.scale)
  },
  generated: (all, _, { move }) => all.tile("generated", move ? `before` : `G(z${all.k})`),
  push: (all) => all.tile("push", `∇${all.walk.header.score}: ink that is wanted`),
  move(all, grown) {
    const { sample } = all.walk
    const [before, after] = ["generated", "after"].map((name) => all.one(name, sample))
    const shares = before.map((v, k) => (mix(v, after[k], grown) + 1) / 2)
    all.tile("after", "after", all.tiles("after", shares), 0)
    all.tile("moved", `what has changed, at most ${short(greatest(all.one("moved", sample)))}`)
  },
  scores(all, grown) {
    const { batch, samples, look, header, sample } = all.walk
    const { context, height: size, scale } = all
    const n = samples.real.shape[0], at = (_, i) => all.middle(i)
    scores({ context, size, width: context.canvas.width, scale, batch, samples, look, header, n, sample, at }, grown)
  },
}
