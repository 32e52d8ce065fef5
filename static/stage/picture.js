// One run on the stage: its name, its legend, and its square, drawn by the renderer of its kind of space. Of two canvases
// the lower one is drawn once a frame of the run, the upper one, with all that glides, at every frame of the screen.

const { search } = new URL(import.meta.url)
const [{ element, same }, { button, calm }, { before, nearest }, { RENDERERS }] = await Promise.all(
  ["../component.js", "../controls.js", "./clock.js", "./renderers.js"].map((file) => import(file + search)),
)

export class Picture {
  /** `toggle(layer)` is called when the legend's entry of a layer is pressed. */
  constructor(toggle) {
    this.toggle = toggle
    this.title = element("h4")
    this.legend = element("div", "legend")
    this.legend.setAttribute("role", "group")
    this.legend.setAttribute("aria-label", "What is drawn")
    this.canvases = [element("canvas"), element("canvas")]
    this.note = element("p", "note")
    this.stage = element("div", "stage", ...this.canvases, this.note)
    this.stage.setAttribute("role", "img")
    this.box = element("div", "picture", this.title, this.legend, this.stage)
    ;[this.under, this.over] = this.canvases.map((canvas) => canvas.getContext("2d"))
    this.entries = new Map() // buttons of the legend by layer
  }

  /** Take up a run; `ms`: how long what glides takes from where it is to where it belongs. */
  take(run, ms) {
    const glides = ms && !calm.matches && this.points && alike(this.run, run)
    this.run = run
    this.renderer = RENDERERS[run.kind]
    this.names = this.renderer.glides.filter((name) => name in run.frames[0])
    this.title.textContent = run.name
    this.note.textContent = run.note
    this.stage.setAttribute("aria-label", `${run.note} ${run.alt}`.trim())
    this.from = glides ? Object.fromEntries(this.names.map((name) => [name, this.points[name].slice()])) : null
    this.start = performance.now()
    this.ms = ms
    this.frame = null
  }

  get gliding() {
    return this.from !== null
  }

  get scene() {
    return { run: this.run, frame: this.frame, points: this.points, look: this.look }
  }

  /** Draw the moment `at`, between two frames if it lies there. */
  draw(at, now) {
    const { frames, times } = this.run
    const i = before(times, at)
    const a = frames[i], b = frames[Math.min(i + 1, frames.length - 1)]
    const near = frames[nearest(times, at)]
    const t = calm.matches ? Number(near === b) : Math.max(0, Math.min(1, (at - a.time) / (b.time - a.time || 1)))
    this.glide(a, b, t, this.from ? Math.min(1, (now - this.start) / this.ms) : 1)
    if (near !== this.frame) {
      this.frame = near
      this.drawUnder()
    }
    this.drawOver()
  }

  /** What glides is the share `t` of its way from frame `a` to `b`, and this picture `done` of its way there. */
  glide(a, b, t, done) {
    const between = (name) => {
      const { array, whole } = a[name], next = b[name].array
      const old = this.points?.[name]
      const points = old?.length === array.length ? old : new Float32Array(array.length)
      for (let k = 0; k < array.length; k++) {
        const goal = (array[k] + (next[k] - array[k]) * t) / whole
        points[k] = done < 1 ? this.from[name][k] + (goal - this.from[name][k]) * done : goal
      }
      return [name, points]
    }
    this.points = Object.fromEntries(this.names.map(between))
    if (done === 1) this.from = null
  }

  /** Take the room that there is, and a look (look.js). */
  resize(look) {
    this.look = look
    const size = Math.round(this.stage.clientWidth * devicePixelRatio)
    if (!size) return
    if (size !== this.canvases[0].width) for (const canvas of this.canvases) canvas.width = canvas.height = size
    if (!this.frame) return
    this.drawUnder()
    this.drawOver()
  }

  drawUnder() {
    if (!this.look) return
    this.renderer.under(this.under, this.scene)
    this.drawLegend()
  }

  drawOver() {
    if (this.look) this.renderer.over(this.over, this.scene)
  }

  drawLegend() {
    const entries = this.renderer.legend(this.scene).map((entry) => ({ ...entry, shown: this.look.shows(entry.layer) }))
    const key = JSON.stringify(entries)
    if (key === this.legendKey) return
    this.legendKey = key
    const nodes = entries.map(({ layer, html, title = "", shown }) => {
      if (!this.entries.has(layer)) this.entries.set(layer, button("", () => this.toggle(layer)))
      const node = this.entries.get(layer)
      node.innerHTML = (shown ? "" : "+ ") + html
      node.title = title
      node.setAttribute("aria-pressed", shown)
      return node
    })
    const { children } = this.legend
    const same = nodes.length === children.length && nodes.every((node, i) => node === children[i])
    if (!same) this.legend.replaceChildren(...nodes) // else the focus stays
  }
}

/** Whether what glides in two runs is the same: runs of one kind on the same fixed blocks. */
function alike(a, b) {
  const sizes = (run) => RENDERERS[run.kind].glides.map((name) => run.frames[0][name]?.array.length)
  return a.kind === b.kind && String(sizes(a)) === String(sizes(b)) &&
    Object.entries(b.fixed).every(([name, { array }]) => same(a.fixed[name]?.array, array))
}
