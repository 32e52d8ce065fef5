// The critic's picture as SVG, back to front: the field with its grid, the bars of P and Q, other critics and the moves
// of mass, and f itself.

const { search } = new URL(import.meta.url)
const [{ level, pairsOf }, { number, percent }] = await Promise.all(
  ["./heights.js", "./words.js"].map((file) => import(file + search)),
)

const STEPS = [100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000] // between two lines of the grid
const OFFSETS = [0, -24, 24, -44, 44] // of a label from its line, and where along it: from the best to the worst
const SPOTS = OFFSETS.flatMap((off) => [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((t) => [t, off]))

/** The picture of f for an area (area.js); `fresh` invites a hand to it. */
export const picture = (data, f, area, fresh) =>
  field(data, f, area) + bars(data, area) + guides(data, f, area) + links(f, area) + (fresh ? invitation(f, area) : "") +
  pills(data, f, area)

const line = (x1, x2, y1, y2, name) => `<line x1="${x1}" x2="${x2}" y1="${y1}" y2="${y2}" class="${name}"/>`
const text = (x, y, name, words) => `<text x="${x}" y="${y}" class="${name}">${words}</text>`
const rect = (x, y, width, height, name) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" class="${name}"/>`
const path = ({ x, y }, points) =>
  points.map(([place, height], i) => `${i ? "L" : "M"}${x(place).toFixed(1)} ${y(height).toFixed(1)}`).join("")

function field({ free }, f, { left, right, top, bottom, axis, bar, half, pitch, x, y }) {
  const step = STEPS.find((step) => half / step <= 6.5) ?? STEPS.at(-1)
  const [width, height] = [right - left + 40, bottom - top + 16]
  let drawing = `<clipPath id="area"><rect x="${left - 20}" y="${top - 8}" width="${width}" height="${height}"/></clipPath>`
  for (let height = -Math.floor(half / step) * step; height <= half; height += step) {
    drawing += line(left - 8, right + 8, y(height), y(height), height ? "grid" : "grid zero")
    if (height % (2 * step) === 0 || half / step < 4) drawing += text(left - 12, y(height) + 4, "tick", number(height / 100))
  }
  drawing += text(left - 10, top - 6, "title", "f(x), steps")
  f.forEach((height, place) => (drawing += line(x(place), x(place), top, axis - bar, "grid")))
  for (const [from, to] of free ?? []) {
    const width = pitch * (to - from)
    drawing += rect(x(from), top, width, bottom - top, "free")
    drawing += text(x(from) + width / 2, bottom - 6, "word", width > 190 ? "free: no mass passes here" : "free")
  }
  return drawing
}

function bars({ p, q }, { left, right, axis, bar, wide: width, tall, x }) {
  const scale = bar / Math.max(...p, ...q)
  const one = (share, place, name, up) => {
    if (!share) return ""
    const height = Math.max(scale * share, 1.5)
    const top = up ? axis - height : axis + 22
    const label = text(x(place), up ? top - 4 : top + height + 13, `share ${name}`, percent(share))
    return rect(x(place) - width / 2, top, width, height, name) + label
  }
  const axes = [axis, axis + 22].map((y) => line(left - width / 2 - 3, right + width / 2 + 3, y, y, "axis")).join("")
  const columns = p.map(
    (share, place) =>
      text(x(place), axis + 16, "place", place) + one(share, place, "source", true) + one(q[place], place, "target", false),
  )
  const title = text((left + right) / 2, tall - 4, "title below", "place x, steps")
  return axes + columns.join("") + title + text(0, axis - 6, "side source", "P↑") + text(0, axis + 36, "side target", "Q↓")
}

function guides({ p, q, curves, plan }, f, area) {
  const clipped = (points, name) => `<path d="${path(area, points)}" class="${name}" clip-path="url(#area)"/>`
  const others = curves.map((curve) => clipped(level({ p, q }, f, curve.x, curve.f), `curve ${curve.name}`))
  const chords = pairsOf(plan, f).map(({ from, to, state }) => clipped([[from, f[from]], [to, f[to]]], `chord ${state}`))
  return [...others, ...chords].join("")
}

function links(f, area) {
  const one = (height, i) => {
    const slope = Math.abs(height - f[i])
    const state = slope > 100 ? "steep" : slope === 100 ? "taut" : "slack"
    return `<path d="${path(area, [[i, f[i]], [i + 1, height]])}" class="link ${state}"/>`
  }
  return f.slice(1).map(one).join("")
}

const invitation = (f, { x, y }) => text(x(Math.floor(f.length / 2)), y(0) - 26, "invite", "↕ drag me")

/** How much mass each pair moves, written on its line where nothing else is. */
function pills({ plan }, f, { x, y }) {
  let drawing = ""
  const taken = f.map((height, place) => [x(place), y(height), 33]) // and how near a label may come
  for (const { from, to, mass, state } of pairsOf(plan, f)) {
    const along = (t, a, b) => a + t * (b - a)
    const spot = ([t, off]) => [x(along(t, from, to)), off + y(along(t, f[from], f[to]))]
    const isFree = ([px, py]) => taken.every(([a, b, near]) => Math.abs(a - px) > near || Math.abs(b - py) > 20)
    const free = SPOTS.map(spot).find(isFree)
    if (!free) continue // the table has it too
    taken.push([...free, 44])
    const [px, py] = free
    drawing +=
      `<rect x="${px - 21}" y="${py - 9}" width="42" height="18" rx="9" class="pill ${state}"/>` +
      text(px, py + 4.5, "pilltext", percent(mass))
  }
  return drawing
}
