// A Plotly chart that lives as long as its place on the page: every update is a Plotly.react on the same node.

const TOUCH = matchMedia("(pointer: coarse), (max-width: 640px)") // there a drag scrolls the page, it does not zoom
const charts = new WeakMap()
let library // a promise of Plotly, shared by all charts of the page

function load(url) {
  library ??= window.Plotly ? Promise.resolve(window.Plotly) : new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = new URL(url, document.baseURI).href
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("no Plotly in " + script.src)))
    script.onerror = () => reject(new Error("could not load " + script.src))
    document.head.append(script)
  })
  library.catch(() => (library = undefined)) // the next update tries again
  return library
}

/** The page's colours and font as a Plotly template: what a figure sets itself wins over it. */
function template(root) {
  const css = getComputedStyle(root)
  const value = (name, fallback) => css.getPropertyValue(name).trim() || fallback
  const text = value("--st-text-color", css.color)
  const family = value("--st-font", css.fontFamily)
  const border = value("--st-border-color", "rgba(128,128,128,0.3)")
  const page = value("--st-background-color", "white")
  const axis = {
    gridcolor: border, linecolor: border, tickcolor: border, zeroline: false, showline: false, ticks: "", exponentformat: "power",
    fixedrange: TOUCH.matches, hoverformat: ".4~g", title: { standoff: 8 },
  }
  return {
    layout: {
      font: { family, size: 14, color: text },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      colorway: value("--st-chart-categorical-colors", "").split(",").filter(Boolean),
      xaxis: axis,
      yaxis: axis,
      legend: { bgcolor: "rgba(0,0,0,0)", itemclick: TOUCH.matches ? false : "toggle" },
      hoverlabel: { bgcolor: page, bordercolor: border, font: { family, color: text } },
      annotationdefaults: { font: { color: text }, showarrow: false },
    },
  }
}

async function draw(chart) {
  if (chart.drawing) return // the loop below takes up whatever is newest when it comes round
  chart.drawing = true
  try {
    const Plotly = await load(chart.data.library)
    while (chart.data && chart.data !== chart.drawn && chart.node.offsetWidth > 0) {
      const data = (chart.drawn = chart.data)
      const figure = structuredClone(data.figure) // else Plotly writes its zoom into the data
      const size = { width: (chart.width = chart.node.offsetWidth), height: data.height }
      const layout = { ...figure.layout, ...size, template: template(chart.root) }
      if (TOUCH.matches) layout.dragmode = false
      chart.note.textContent = ""
      await Plotly.react(chart.node, figure.data, layout, { displayModeBar: false })
    }
  } catch (error) {
    if (!chart.data) return // it was taken off the page in the middle of a drawing
    console.error("figure:", error)
    chart.drawn = undefined
    chart.note.textContent = `This chart could not be drawn; reload the page to try again. ${chart.data.alt}`
  } finally {
    chart.drawing = false
  }
}

function mount(root) {
  const frame = document.createElement("div")
  const node = document.createElement("div")
  const note = document.createElement("p")
  frame.style.position = "relative"
  note.style.cssText = "position: absolute; inset: 0; margin: auto 1rem; height: fit-content; pointer-events: none"
  frame.append(node, note)
  root.append(frame)
  const chart = { root, frame, node, note, width: 0 }
  node.setAttribute("role", "img")
  // Also fires when a chart that was hidden (a closed tab or expander) is shown for the first time.
  chart.observer = new ResizeObserver(() => {
    const width = node.offsetWidth
    if (!chart.data || width === 0 || width === chart.width) return
    chart.drawn = undefined
    draw(chart)
  })
  chart.observer.observe(frame)
  return chart
}

export default function ({ data, parentElement }) {
  let chart = charts.get(parentElement)
  if (!chart) charts.set(parentElement, (chart = mount(parentElement)))
  chart.data = data
  chart.drawn = undefined // the theme may have changed although the data have not
  chart.frame.style.height = chart.node.style.height = `${data.height}px`
  chart.node.setAttribute("aria-label", data.alt)
  draw(chart)
  return () => {
    chart.observer.disconnect()
    chart.data = null
    charts.delete(parentElement)
    window.Plotly?.purge(chart.node)
    chart.frame.remove()
  }
}
