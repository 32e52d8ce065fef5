// What is written in the picture: the names of the marked sample's marks, and what each sample pays; the legend.

const { search } = new URL(import.meta.url)
const [{ placed }, { top }, { DIM }] = await Promise.all(
  ["./labels.js", "./scores.js", "./tracks.js"].map((file) => import(file + search)),
)

const GAP = 13, TEXT = 14, BOX = 17 // pixels of the screen
const below = (number) => String(number).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit])
const isLit = (layers) => (name) => layers[name]?.light > DIM + 0.01
const short = (value) => Number(value.toPrecision(3)).toString().replace("-", "−")

/** Labels {text, of, at, way, must, light} of what is bright, what matters most first. */
function labels(all, layers) {
  const { sample: i, samples, header: { score, times } } = all
  const k = below(i + 1)
  const list = []
  const say = (layer, text, at, way = [0, 0], of = i) =>
    list.push({ text, of, at, way, must: of === i, light: (layers[layer].light - DIM) / (1 - DIM) })
  const atTip = (layer, text, [from, to], of = i) => say(layer, text, to, [to[0] - from[0], to[1] - from[1]], of)
  const lit = isLit(layers)
  const named = (name, of) => (lit("scores") ? `${score}(${name}) = ${short(samples[of].array[i])}` : name)
  if (lit("penalty")) atTip("penalty", `pays ${short(samples.penalties.array[i])}`, all.paid(i))
  else if (lit("norm")) atTip("norm", `norm ${short(samples.norms.array[i])}`, all.slope(i))
  else if (lit("gradient")) atTip("gradient", `∇${score}`, all.slope(i))
  if (lit("u")) say("u", `u${k} = ${samples.u.array[i].toFixed(2)}`, all.at("x_hat", i))
  else if (lit("x_hat")) say("x_hat", `x̂${k}`, all.at("x_hat", i))
  if (lit("real")) say("real", named(`x${k}`, "real_scores"), all.at("real", i))
  if (lit("fake")) say("fake", named(`G(z${k})`, "fake_scores"), all.at("fake", i))
  if (lit("move")) {
    say("move", times > 1 ? `moved, drawn ${times.toLocaleString("en")} × as far` : "moved", all.at("move", i))
  } else if (lit("push")) atTip("push", `push ${short(samples.pushes.array[i])}`, all.pushed(i))
  if (lit("generated") && !lit("move")) say("generated", `G(z${k})`, all.at("generated", i))
  if (lit("penalty")) {
    const { array } = samples.penalties
    const dearest = [...array.keys()].filter((j) => j !== i).sort((a, b) => array[b] - array[a])
    for (const j of dearest) atTip("penalty", short(array[j]), all.paid(j), j)
  }
  return list
}

/** Points [x, y, of] that words leave free: along the arrows that are bright, and where the marked sample is. */
function marks(all, layers) {
  const lit = isLit(layers)
  const arrows = [lit("gradient") && (lit("penalty") ? "paid" : "slope"), lit("push") && "pushed"].filter(Boolean)
  const along = ([[x, y], [toX, toY]]) => [0, 0.25, 0.5, 0.75, 1].map((t) => [x + (toX - x) * t, y + (toY - y) * t])
  const points = (i) => arrows.flatMap((name) => along(all[name](i))).map((point) => [...point, i])
  const every = Array.from({ length: all.n }, (_, i) => points(i)).flat()
  const names = ["real", "fake", "x_hat", "generated", "move"].filter(lit)
  const own = names.map((name) => [...all.at(name, all.sample), all.sample])
  return [...every, ...own]
}

export function write(all, layers) {
  const { context, scale, size, look } = all
  const font = (must) => `${must ? 700 : 400} ${TEXT * scale}px ${look.family}`
  const measured = labels(all, layers).map((label) => {
    context.font = font(label.must)
    const width = context.measureText(label.text).width + 4 * scale
    return { ...label, x: label.at[0], y: label.at[1], gap: GAP * scale, width }
  })
  const low = layers.scores ? top(all) : size
  context.textAlign = "center"
  context.textBaseline = "middle"
  context.lineJoin = "round"
  for (const { text, must, light, box } of placed(measured, marks(all, layers), [size, low], BOX * scale)) {
    context.font = font(must)
    context.globalAlpha = light
    context.lineWidth = 4 * scale
    context.strokeStyle = look.page
    context.fillStyle = look.text
    const at = [box.x + box.width / 2, box.y + box.height / 2]
    context.strokeText(text, ...at)
    context.fillText(text, ...at)
  }
  context.textBaseline = "alphabetic"
  context.globalAlpha = 1
}

/** Entries [mark, colour, words] of what is bright; `apart` is how far apart the lines of f are, if they are bright. */
export function legend({ header: { heights, score }, look: { colors, text } }, bright, apart) {
  const has = (name) => bright.includes(name)
  const entries = []
  if (has("real")) entries.push(["●", colors.real, "real x"])
  if (has("move")) entries.push(["△", colors.fake, "before"], ["▲", colors.fake, "after"])
  else if (has("fake") || has("generated")) entries.push(["▲", colors.fake, "fake G(z)"])
  if (has("x_hat")) entries.push(["◆", colors.x_hat, "x̂"])
  if (has("gradient") && !has("norm")) entries.push(["➚", colors.accent, `∇${score}(x̂)`])
  if (has("norm")) entries.push(["━", colors.accent, "too steep"], ["╍", colors.x_hat, "too flat"])
  if (has("rings")) entries.push([heights ? "◌" : "ǀ", text, "norm 1"])
  if (has("penalty")) entries.push(["ʬ", text, "what is paid for"])
  if (has("push")) entries.push(["➚", colors.accent, "push"])
  if (has("change"))
    entries.push(["■", colors.critic, `${score} rose`], ["■", colors.accent, `${score} fell`])
  else if (apart) entries.push(["■", colors.critic, `${score} is high`])
  if (apart && heights) entries.push(["", text, `a line every ${apart}`])
  else if (apart) entries.push(["━", colors.critic, "its curve, on a scale of its own"])
  return entries
}
