// A run on pictures: a square of generated ones, each in its place throughout the run, or of real ones where those are
// switched off; and where the critic would have more ink or less.

const { search } = new URL(import.meta.url)
const [{ shares }, { ramp, rgb }] = await Promise.all(
  ["./film.js", "./look.js"].map((file) => import(file + search)),
)

export const glides = ["fake", "ink"]

const GAP = 0.06 // of a picture's place
export const PLUS = "#009e73", MINUS = "#cc79a7" // ink that the critic wants, and ink that it wants gone

export function legend({ run: { judge, score }, look: { colors, shows } }) {
  const square = (color) => `<i style="color:${color}">■</i>`
  const seen = shows("generated") ? `${square(colors.fake)}generated` : `${square(colors.real)}these are real`
  return [
    { layer: "generated", html: seen, title: "Real ones in their place, to compare" },
    { layer: "arrows", html: `<i style="color:${PLUS}">＋</i><i style="color:${MINUS}">−</i>ink wanted`,
      title: `The ${judge}’s slope ∇${score} at each picture: green where more ink scores higher, pink where less does` },
    { layer: "pixels", html: "<i>▦</i>as pixels" },
  ]
}

export function under() {}

export function over(context, { run, points, look }) {
  const { width: size } = context.canvas
  const [height, width] = run.sides
  const real = !look.shows("generated")
  const values = real ? shares(run.fixed.real) : points.fake
  const pixels = height * width
  const across = Math.ceil(Math.sqrt(values.length / pixels))
  const place = size / across
  const atlas = tiles(values, run.sides, ink(look, real ? look.colors.real : look.colors.fake))
  context.clearRect(0, 0, size, size)
  context.imageSmoothingEnabled = !look.shows("pixels")
  context.imageSmoothingQuality = "high"
  const draw = (pictures) => {
    for (let k = 0; k * pixels < values.length; k++) {
      const x = (k % across) * place, y = Math.floor(k / across) * place
      const side = place * (1 - GAP)
      context.drawImage(pictures, 1, k * (height + 2) + 1, width, height, x, y, side, side)
    }
  }
  draw(atlas)
  if (look.shows("arrows") && !real) draw(tiles(points.ink, run.sides, wishes))
}

/** All pictures below each other, of values from 0 to 1; `color(value)` is a pixel. Around each there is one more pixel,
 * the color of its edge: what is enlarged smoothly looks beyond it. */
export function tiles(values, [height, width], color) {
  const count = values.length / (height * width)
  const canvas = new OffscreenCanvas(width + 2, count * (height + 2))
  const image = new ImageData(canvas.width, canvas.height)
  const out = new Uint32Array(image.data.buffer)
  const within = (v, length) => Math.min(Math.max(v - 1, 0), length - 1)
  let at = 0
  for (let k = 0; k < count; k++)
    for (let y = 0; y < height + 2; y++) {
      const row = (k * height + within(y, height)) * width
      for (let x = 0; x < width + 2; x++) out[at++] = color(values[row + within(x, width)])
    }
  canvas.getContext("2d").putImageData(image, 0, 0)
  return canvas
}

/** From the page's colour, where there is no ink, to a colour as strong as the text. */
export function ink(look, color) {
  const [page, full] = [look.page, color].map(rgb)
  const colors = ramp(page, page.map((v, i) => (v + full[i]) / 2), full)
  return (value) => colors[Math.round(value * 255)]
}

const [plus, minus] = [PLUS, MINUS].map((color) => rgb(color).reduceRight((whole, part) => (whole << 8) | part, 0))

/** A wish from 0, less ink, by way of 1/2, nothing, to 1, more. */
export function wishes(value) {
  const strength = Math.round(Math.min(1, 3 * Math.abs(value - 0.5)) * 230)
  return ((strength << 24) | (value > 0.5 ? plus : minus)) >>> 0
}
