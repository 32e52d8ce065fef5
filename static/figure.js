// A Plotly chart that lives as long as its place on the page: every update is a Plotly.react on the same node.

const { search } = new URL(import.meta.url)
const [{ element, place }, { Over }] = await Promise.all(["./component.js", "./words/over.js"].map((file) => import(file + search)))
const TOUCH = matchMedia("(pointer: coarse), (max-width: 640px)") // there a drag scrolls the page, it does not zoom
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
    fixedrange: TOUCH.matches, hoverformat: ".4~g", title: { standoff: 8, font: { size: 14 } },
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

class Chart {
  static waits = 1500 // a chart built anew would lose its zoom, and flicker

  constructor() {
    this.node = element("div")
    this.node.setAttribute("role", "img")
    this.note = element("p")
    this.note.style.cssText = "position: absolute; inset: 0; margin: auto 1rem; height: fit-content; pointer-events: none"
    this.root = element("div", "", this.node, this.note)
    this.root.style.position = "relative"
    this.over = new Over(this.root)
    // Also fires when a chart that was hidden (a closed tab or expander) is shown for the first time.
    this.observer = new ResizeObserver(() => {
      const width = this.node.offsetWidth
      if (width === 0 || width === this.width) return
      this.drawn = undefined
      this.draw()
    })
    this.observer.observe(this.root)
  }

  update(data) {
    this.data = data
    this.key = data.key
    this.drawn = undefined // the theme may have changed although the data have not
    this.root.style.height = this.node.style.height = `${data.height}px`
    this.node.setAttribute("aria-label", data.alt)
    this.draw()
  }

  /** Parts of the layout that change, and the new {x, y} of traces: arrays called "0 x", "0 y" and so on, or "-1 x". */
  renew(parts, arrays) {
    const { data, layout } = this.data.figure
    const traces = data.map((trace, i) => {
      const of = (axis) => arrays[`${i} ${axis}`] ?? arrays[`${i - data.length} ${axis}`]
      return { ...trace, ...Object.fromEntries(["x", "y"].filter(of).map((axis) => [axis, of(axis).array])) }
    })
    const merged = Object.entries(parts).map(([name, part]) =>
      [name, name.includes("axis") ? { ...layout[name], ...part } : part])
    this.data = { ...this.data, figure: { data: traces, layout: { ...layout, ...Object.fromEntries(merged) } } }
    this.draw()
  }

  close() {
    this.observer.disconnect()
    this.data = null
    window.Plotly?.purge(this.node)
  }

  async draw() {
    if (this.drawing) return // the loop below takes up whatever is newest when it comes round
    this.drawing = true
    try {
      const Plotly = await load(this.data.library)
      while (this.data && this.data !== this.drawn && this.node.offsetWidth > 0) {
        const data = (this.drawn = this.data)
        const figure = structuredClone(data.figure) // else Plotly writes its zoom into the data
        const size = { width: (this.width = this.node.offsetWidth), height: data.height }
        const layout = { ...figure.layout, ...size, template: template(this.root) }
        if (TOUCH.matches) layout.dragmode = false
        this.note.textContent = ""
        await Plotly.react(this.node, figure.data, layout, { displayModeBar: false })
        this.over.place(this.node.querySelectorAll(".legendtext, .xtitle, .ytitle"), data.words)
      }
    } catch (error) {
      if (!this.data) return // it was taken off the page in the middle of a drawing
      console.error("figure:", error)
      this.drawn = undefined
      this.note.textContent = `This chart could not be drawn; reload the page to try again. ${this.data.alt}`
    } finally {
      this.drawing = false
    }
  }
}

export default place(Chart)
