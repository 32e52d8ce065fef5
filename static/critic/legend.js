// What the lines in the critic's picture are: those that it has at this moment.

const { search } = new URL(import.meta.url)
const [{ element, tell }, { pairsOf }, { lowered }] = await Promise.all(
  ["../component.js", "./heights.js", "./words.js"].map((file) => import(file + search)),
)

function item(name, text) {
  const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  sample.setAttribute("class", "sample")
  sample.innerHTML = `<path d="M1 7H31" class="${name}"/>`
  const said = element("span")
  tell(said, text)
  return element("span", "item", sample, said)
}

export function legend({ curves, plan }, f) {
  const slopes = f.slice(1).map((height, i) => Math.abs(height - f[i]))
  const states = new Set(pairsOf(plan, f).map((pair) => pair.state))
  return [
    item("link slack", "your f"),
    slopes.includes(100) && item("link taut", "taut: [slope](#word-slope) exactly 1"),
    slopes.some((slope) => slope > 100) && item("link steep", "too steep: [slope](#word-slope) above 1"),
    states.has("tight") && item("chord tight", "moved mass, tight"),
    states.has("loose") && item("chord loose", "moved mass, loose"),
    states.has("broken") && item("chord broken", "moved mass, f too steep"),
    ...curves.map(({ name, label }) => item(`curve ${name}`, lowered(label))),
  ].filter(Boolean)
}
