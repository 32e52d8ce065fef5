// The axis of the scores, along the lower edge: every sample's mark walks from its place to its score, and the means of
// the whole batch stand there, with the gap between them.

const { search } = new URL(import.meta.url)
const [{ dot, triangle }, { roundStep }] = await Promise.all(
  ["../stage/marks.js", "../stage/scales.js"].map((file) => import(file + search)),
)

const TALL = 76, EDGE = 16, AXIS = 40 // pixels of the screen: of the strip, beside the axis, below its upper edge
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Where the strip begins, in pixels from above: words above it leave it free. */
export const top = ({ size, scale }) => size - TALL * scale

/** `all` is a Layers (layers.js), or has what is read of it here; `size` is the height of the picture. */
export function scores(all, grown) {
  const { context, size, width, scale, batch, samples, look, header: { score, gap } } = all
  const both = [batch.real_scores.array, batch.fake_scores.array]
  const low = Math.min(...both.flatMap((scores) => Array.from(scores)))
  const high = Math.max(...both.flatMap((scores) => Array.from(scores)))
  const at = (value) => EDGE * scale + ((value - low) / (high - low || 1)) * (width - 2 * EDGE * scale)
  const y = top(all) + AXIS * scale
  context.globalAlpha *= grown
  context.fillStyle = look.page
  context.fillRect(0, top(all), width, TALL * scale)
  context.fillStyle = context.strokeStyle = look.text
  context.lineWidth = scale
  context.font = `${12 * scale}px ${look.family}`
  context.textAlign = "center"
  context.beginPath()
  context.moveTo(0, y)
  context.lineTo(width, y)
  const step = roundStep(high - low, 5)
  for (let tick = Math.ceil(low / step); tick * step <= high; tick++) {
    const x = at(tick * step)
    context.moveTo(x, y - 3 * scale)
    context.lineTo(x, y + 3 * scale)
    context.fillText(`${Number((tick * step).toPrecision(3))}`.replace("-", "−"), x, size - 6 * scale)
  }
  context.stroke()
  const means = both.map((scores) => at(mean(scores)))
  const marks = [dot, triangle], colors = [look.colors.real, look.colors.fake], names = ["real", "fake"]
  marks.forEach((mark, k) => {
    const way = k ? 1 : -1 // real scores above the axis, those of fakes below
    context.fillStyle = colors[k]
    for (let i = 0; i < all.n; i++) {
      const [fromX, fromY] = all.at(names[k], i)
      const x = fromX + (at(samples[`${names[k]}_scores`].array[i]) - fromX) * grown
      context.beginPath()
      mark(context, x, fromY + (y + way * 7 * scale - fromY) * grown, (i === all.sample ? 6 : 3.5) * scale)
      context.fill()
    }
    context.fillRect(means[k] - 1.5 * scale, y - 14 * scale, 3 * scale, 28 * scale)
  })
  context.fillStyle = look.text
  context.textAlign = "left"
  const words = gap === null ? `${score}, with both means` : `${score}; the gap of the means is ${gap}`
  context.fillText(words, 8 * scale, top(all) + 14 * scale)
  if (gap === null) return
  const height = y - 18 * scale
  context.beginPath()
  for (const x of means) {
    context.moveTo(x, height - 3 * scale)
    context.lineTo(x, height + 3 * scale)
  }
  context.moveTo(means[0], height)
  context.lineTo(means[1], height)
  context.lineWidth = 2 * scale
  context.stroke()
}
