// What the lines in the critic's picture are: those that it has at this moment.

const { search } = new URL(import.meta.url)
const [{ element, tell }, { pairsOf }, { lowered }] = await Promise.all(
  ["../component.js", "./heights.js", "./words.js"].map((file) => import(file + search)),
)

/** With a link to the glossary in it. */
function words(text) {
  const said = element("span")
  tell(said, text)
  return said
}

function item(name, said) {
  const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  sample.setAttribute("class", "sample")
  sample.innerHTML = `<path d="M1 7H31" class="${name}"/>`
  return element("span", "item", sample, said)
}

export function legend({ curves, plan }, f) {
  const slopes = f.slice(1).map((height, i) => Math.abs(height - f[i]))
  const states = new Set(pairsOf(plan, f).map((pair) => pair.state))
  return [
    item("link slack", "your f"),
    slopes.includes(100) && item("link taut", words("taut: [slope](#word-slope) exactly 1")),
    slopes.some((slope) => slope > 100) && item("link steep", words("too steep: [slope](#word-slope) above 1")),
    states.has("tight") && item("chord tight", "moved mass, tight"),
    states.has("loose") && item("chord loose", "moved mass, loose"),
    states.has("broken") && item("chord broken", "moved mass, f too steep"),
    ...curves.map(({ name, label }) => item(`curve ${name}`, lowered(label))),
  ].filter(Boolean)
}
