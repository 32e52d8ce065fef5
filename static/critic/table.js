// The pairs of places between which an optimal plan moves mass, and how loose f is there.

const { search } = new URL(import.meta.url)
const [{ element }, { pairsOf }, { number, number4, percent }] = await Promise.all(
  ["../component.js", "./heights.js", "./words.js"].map((file) => import(file + search)),
)

const SAYS = { tight: "tight ✓", loose: "loose", broken: "✗ f too steep" }
const row = (tag, ...cells) => element("tr", "", ...cells.map((cell) => element(tag, "", cell)))

export function table(plan, f) {
  const pairs = pairsOf(plan, f)
  if (!pairs.length) return element("table", "", element("caption", "", "P = Q: no mass moves, and no pair is loose."))
  const rows = pairs.map(({ from, to, mass, way, drop, slack, state }) => {
    const words = `${number(slack)} ${SAYS[state]}`
    const line = row("td", `${from} → ${to}`, percent(mass), String(way), number(drop), words, number4(mass * slack))
    line.className = state
    return line
  })
  const gap = pairs.reduce((sum, { mass, slack }) => sum + mass * slack, 0)
  const foot = element("tr", "sum", element("td", "", "sum of γ · slack = W₁ − value"), element("td", "", number4(gap)))
  foot.firstChild.colSpan = 5
  const caption = element("caption", "", "Where an optimal plan γ moves mass, and how loose your f is there")
  const head = row("th", "x → y", "γ", "|x − y|", "f(x) − f(y)", "slack", "γ · slack")
  return element("table", "", caption, head, ...rows, foot)
}
