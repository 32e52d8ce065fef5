// The layers of the picture, in the order in which they are drawn. Each draws what of it has grown by now.

const { search } = new URL(import.meta.url)
const [{ diamond, dot, triangle }, { arrow, spring }, { scores }] = await Promise.all(
  ["../stage/marks.js", "./arrows.js", "./scores.js"].map((file) => import(file + search)),
)

const MARK = 5, CHOSEN = 8, HEAD = 10 // pixels of the screen

const along = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]

export class Layers {
  /** `scene`: {context, size, header, samples, batch, sample, look}; arrays as in plots/slow_motion/message.py. */
  constructor(scene) {
    Object.assign(this, scene)
    this.scale = devicePixelRatio
    this.width = this.size
    this.n = this.samples.real.shape[0]
  }

  /** Pixels of a point of the plane. */
  pixel([x, y]) {
    const { extent } = this.header
    return [((x / extent + 1) / 2) * this.size, ((1 - y / extent) / 2) * this.size]
  }

  point(name, i, of = this.samples) {
    const { array } = of[name]
    return [array[2 * i], array[2 * i + 1]]
  }

  /** `times` the arrow `name` of sample i, from its point `at`: both ends, in pixels. */
  ends(at, name, times, i) {
    const [from, way] = [this.point(at, i), this.point(name, i)]
    return [from, [from[0] + times * way[0], from[1] + times * way[1]]].map((point) => this.pixel(point))
  }

  /** The arrow of the slope at sample i, and that of the push on it: both ends. */
  slope(i, grown = 1) {
    return this.ends("x_hat", "gradient", grown * this.header.arrow, i)
  }

  /** Where the arrow at sample i would end with norm 1; a flat place has no direction, and it stays there. */
  ring(i) {
    const [middle, tip] = this.slope(i)
    return along(middle, tip, 1 / Math.max(this.samples.norms.array[i], 1e-9))
  }

  /** From x_hat to the outer end of what is paid for. */
  paid(i) {
    const { norms, penalties } = this.samples
    const [middle, tip] = this.slope(i)
    return [middle, norms.array[i] < 1 && penalties.array[i] > 0 ? this.ring(i) : tip]
  }

  pushed(i, grown = 1) {
    return this.ends("generated", "push", grown * this.header.push, i)
  }

  /** Where the mark of sample i is, in pixels; `grown` is the share of its way that is done. */
  at(layer, i, grown = 1) {
    if (layer === "x_hat") return this.pixel(along(this.point("fake", i), this.point("x_hat", i), grown))
    if (layer === "move") return this.ends("generated", "moves", grown * this.header.times, i)[1]
    return this.pixel(this.point(layer, i))
  }

  draw(layers) {
    for (const [name, draw] of Object.entries(DRAW)) {
      if (!layers[name]) continue
      const { context } = this
      context.save()
      context.globalAlpha = layers[name].light
      context.lineWidth = 1.5 * this.scale
      draw(this, layers[name].grown, layers)
      context.restore()
    }
  }

  /** A mark for each sample, the chosen one last and larger, with an edge in the colour of the page. */
  marks(layer, mark, color, grown, open = false) {
    const { context, scale, look } = this
    const order = Array.from({ length: this.n }, (_, i) => i).filter((i) => i !== this.sample)
    for (const i of [...order, this.sample]) {
      context.beginPath()
      mark(context, ...this.at(layer, i, grown), (i === this.sample ? CHOSEN : MARK) * grown * scale)
      context.closePath()
      context.fillStyle = open ? look.page : color
      context.strokeStyle = open ? color : look.page
      context.fill()
      context.lineWidth = (open ? 1.5 : 1) * scale
      context.stroke()
      if (i !== this.sample || open) continue
      context.beginPath()
      context.arc(...this.at(layer, i, grown), (CHOSEN + 4) * grown * scale, 0, 7)
      context.strokeStyle = look.text
      context.lineWidth = 1.5 * scale
      context.stroke()
    }
  }

  each(draw) {
    for (let i = 0; i < this.n; i++) {
      this.context.lineWidth = (i === this.sample ? 3 : 2) * this.scale
      draw(i)
    }
  }

  ink(color, dash = []) {
    this.context.strokeStyle = this.context.fillStyle = color
    this.context.setLineDash(dash.map((length) => length * this.scale))
  }
}

const DRAW = {
  batch(all) {
    for (const [name, mark] of [["real", dot], ["fake", triangle]]) {
      all.ink(all.look.colors[name])
      all.context.beginPath()
      for (let i = 0; i < all.batch[name].shape[0]; i++)
        mark(all.context, ...all.pixel(all.point(name, i, all.batch)), 2.5 * all.scale)
      all.context.fill()
    }
  },
  lines(all, grown) {
    all.ink(all.look.text)
    all.each((i) => {
      all.context.lineWidth = (i === all.sample ? 2 : 1) * all.scale
      const fake = all.point("fake", i)
      all.context.beginPath()
      all.context.moveTo(...all.pixel(fake))
      all.context.lineTo(...all.pixel(along(fake, all.point("real", i), grown)))
      all.context.stroke()
    })
  },
  /** Where an arrow of norm 1 ends: on a circle, on the line at one of two places. */
  rings(all, grown) {
    const { context, scale, size, header: { extent, arrow: unit, heights } } = all
    const radius = (unit / (2 * extent)) * size * grown
    all.ink(all.look.text, heights ? [2, 4] : [])
    all.each((i) => {
      const [x, y] = all.at("x_hat", i)
      context.lineWidth = (i === all.sample ? 1.8 : 1) * scale
      context.beginPath()
      if (heights) context.arc(x, y, radius, 0, 7)
      else
        for (const end of [x - radius, x + radius]) {
          context.moveTo(end, y - 7 * scale)
          context.lineTo(end, y + 7 * scale)
        }
      context.stroke()
    })
  },
  real: (all, grown) => all.marks("real", dot, all.look.colors.real, grown),
  fake: (all, grown) => all.marks("fake", triangle, all.look.colors.fake, grown),
  u(all, grown) {
    const { context, scale } = all
    all.ink(all.look.text)
    all.each((i) => {
      const [from, to] = [all.pixel(all.point("fake", i)), all.pixel(all.point("real", i))]
      const [x, y] = all.at("x_hat", i)
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
      const half = (grown * 6 * scale) / length
      const [dx, dy] = [-(to[1] - from[1]) * half, (to[0] - from[0]) * half]
      context.beginPath()
      context.moveTo(x - dx, y - dy)
      context.lineTo(x + dx, y + dy)
      context.stroke()
    })
  },
  gradient(all, grown, { norm }) {
    const { accent, x_hat: amber } = all.look.colors
    all.each((i) => {
      const flat = norm && all.samples.norms.array[i] <= 1
      all.ink(flat ? amber : accent, flat ? [5, 4] : [])
      arrow(all.context, ...all.slope(i, grown), HEAD * all.scale)
    })
  },
  /** A spring from where an arrow of norm 1 would end to where this one does; what is too long becomes one. */
  penalty(all, grown) {
    const { context, scale, look, samples: { norms: { array: norms }, penalties: { array: penalties } } } = all
    all.each((i) => {
      if (!penalties[i]) return // a penalty that minds only the steep ones
      const ring = all.ring(i)
      const end = along(ring, all.slope(i)[1], grown)
      const head = (HEAD * scale) / Math.hypot(end[0] - ring[0], end[1] - ring[1]) // as a share of the spring
      const long = norms[i] > 1 && head < 1
      if (long) {
        context.beginPath()
        context.moveTo(...ring)
        context.lineTo(...end)
        context.lineWidth = 8 * scale
        context.strokeStyle = look.page
        context.stroke()
      }
      all.ink(long ? look.colors.accent : look.text)
      context.lineWidth = (i === all.sample ? 2.5 : 1.8) * scale
      spring(context, ring, end, 4 * scale)
      if (long) arrow(context, along(end, ring, head), end, HEAD * scale)
    })
  },
  x_hat: (all, grown) => all.marks("x_hat", diamond, all.look.colors.x_hat, grown),
  generated: (all, grown, { move }) => all.marks("generated", triangle, all.look.colors.fake, grown, Boolean(move)),
  push(all, grown) {
    all.ink(all.look.colors.accent)
    all.each((i) => arrow(all.context, ...all.pushed(i, grown), HEAD * all.scale))
  },
  move(all, grown) {
    all.ink(all.look.colors.fake)
    all.each((i) => {
      all.context.beginPath()
      all.context.moveTo(...all.at("generated", i))
      all.context.lineTo(...all.at("move", i, grown))
      all.context.stroke()
    })
    all.marks("move", triangle, all.look.colors.fake, grown)
  },
  scores,
}
