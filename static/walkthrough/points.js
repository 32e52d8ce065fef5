// The scene of points: f over the square or along the line, and on it all that happens to the first samples.

const { search } = new URL(import.meta.url)
const [{ axes }, { apart, fields }, { Layers }, { legend, write }] = await Promise.all(
  ["../stage/plane.js", "./fields.js", "./layers.js", "./words.js"].map((file) => import(file + search)),
)

const MARKS = ["real", "fake", "x_hat", "generated", "move"]

export class Points {
  static aspect = 1
  nodes = []

  constructor(walk) {
    this.walk = walk
  }

  renew() {
    this.images = null
  }

  show() {}

  draw(context) {
    const { walk } = this
    const { header, surfaces, look, state } = walk
    const { width: size } = context.canvas
    this.images ??= fields(surfaces, size, look)
    for (const [name, image] of Object.entries(this.images)) {
      context.globalAlpha = state[name]?.light ?? 0
      context.drawImage(image, 0, 0)
    }
    context.globalAlpha = 1
    axes(context, header, look)
    this.drawn = new Layers({ ...walk, context, size })
    this.drawn.draw(state)
    write(this.drawn, state)
  }

  hits() {
    const { walk: { samples, state }, drawn } = this
    const shown = MARKS.filter((name) => state[name])
    return shown.flatMap((name) =>
      Array.from({ length: samples.real.shape[0] }, (_, i) => [...drawn.at(name, i, state[name].grown), i]),
    )
  }

  legend(bright) {
    const { surfaces } = this.walk
    const surface = bright.find((name) => name in surfaces)
    return legend(this.walk, bright, surface && apart(surfaces, surface))
  }
}
