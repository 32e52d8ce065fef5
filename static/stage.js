// The stage: generated points gliding, 60 frames a second, over the real points and the critic's value surface.
// A message brings one run, or two beside each other, and is live (one frame a run, glided to) or a film (all frames,
// with a transport bar that scrubs without asking the server). Time is counted in ticks: iterations, or millionths of
// a second, or what else the header says. Each picture has two
// canvases: the lower one is drawn once a frame of the run, the upper one, with all points that move, at every frame of
// the screen. A run on the line is drawn by line.js, in the same two canvases.

const { search } = new URL(import.meta.url)
const { element, place } = await import("./component.js" + search)
const line = await import("./line.js" + search)

const GLIDE_MS = 450
const EASE_MS = 60 // how fast the picture follows a finger
const FILM_MS = 110 // a frame of a film at speed 1
const REST_MS = 1800 // at the end of a film, before it starts again
const TELL_MS = 200 // of standing still, before the server is told which frame is looked at
const LEVELS = 10 // contour lines, at most
const SPEEDS = [0.5, 1, 2, 4]
const ARROWS = 13 // along each side
const calm = matchMedia("(prefers-reduced-motion: reduce)")

const STYLE = `
  .frame { container-type: inline-size; color: var(--st-text-color); font: 14px var(--st-font, sans-serif); }
  .layout { display: grid; gap: 0 16px; }
  .layout.two { grid-template-columns: 1fr 1fr; }
  .two .bar { grid-column: 1 / -1; order: 2; }
  .two .events { order: 3; }
  .two .picture { align-self: end; }
  @container (max-width: 600px) {
    .layout.two { grid-template-columns: 1fr; }
    .two .bar { order: 0; }
  }
  h4 { margin: 0; font-size: 15px; font-weight: 600; min-height: 22px; overflow-wrap: anywhere; }
  h4:empty { display: none; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 4px; min-height: 32px; align-items: center; margin-left: -6px; }
  .legend button { border: 0; min-width: 0; height: 32px; padding: 0 6px; text-align: left; }
  .legend button[aria-pressed=false] { opacity: 0.65; border: 1px dashed var(--st-border-color); }
  .legend i { font-style: normal; font-weight: 700; margin-right: 4px; }
  .stage { position: relative; aspect-ratio: 1; border: 1px solid var(--st-border-color); overflow: hidden;
    border-radius: var(--st-base-radius, 8px); }
  canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .bar { grid-column: 1 / -1; margin-top: 4px; }
  .line { position: relative; }
  .line input { display: block; width: 100%; margin: 0; height: 36px; accent-color: var(--st-primary-color);
    touch-action: none; }
  .ticks { position: absolute; left: 8px; right: 8px; bottom: -3px; height: 9px; pointer-events: none; }
  .ticks b { position: absolute; bottom: 0; width: 10px; margin-left: -5px; height: 9px; pointer-events: auto;
    cursor: pointer; }
  .ticks b::after { content: ""; position: absolute; left: 4px; width: 2px; top: 0; bottom: 0; opacity: 0.6;
    background: var(--st-text-color); }
  .keys { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 4px; }
  .live .keys > :not(.step) { visibility: hidden; }
  .step { margin-left: auto; }
  button, select { min-width: 44px; height: 40px; border: 1px solid var(--st-border-color); background: none;
    cursor: pointer; border-radius: var(--st-base-radius, 8px); color: inherit; font: inherit; }
  select { background: var(--st-background-color); padding: 0 4px; }
  button:disabled { cursor: default; }
  .loop[aria-pressed=true] { border-color: var(--st-primary-color); color: var(--st-primary-color); font-weight: 700; }
  button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--st-primary-color);
    outline-offset: 2px; }
  .step { font-variant-numeric: tabular-nums; white-space: nowrap; }
  .events { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; align-items: center;
    font-size: 13px; }
  .events:empty { display: none; }
  .events button { height: 32px; padding: 0 10px; border-radius: 16px; font-size: 13px; opacity: 0.85; }
  .events button[aria-current=true] { border-color: var(--st-primary-color); opacity: 1;
    box-shadow: inset 0 0 0 1px var(--st-primary-color); }
  @media (pointer: coarse) {
    .line input, .keys button, .keys select, .events button, .legend button { height: 44px; }
    .events button { border-radius: 22px; }
  }
  @media (max-width: 640px) {
    .events { flex-wrap: nowrap; overflow-x: auto; padding: 2px 2px 8px; }
    .events button { flex: none; }
  }
`

const LAYERS = ["real", "generated", "surface", "arrows", "interpolates", "potential"]

function unpack(bytes) {
  const copy = bytes.slice()
  const length = new DataView(copy.buffer).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)))
  const numbers = new Uint16Array(copy.buffer, 4 + length)
  let at = 0
  const take = (count) => numbers.subarray(at, (at += count))
  for (const run of header.runs) {
    const d = run.axes.length
    const fields = d === 1 ? 2 * run.grid : run.grid ** 2 // two curves, or one surface
    run.points = take(d * run.real)
    run.frames = run.times.map((time, i) => ({
      time, range: run.ranges[i], points: take(d * (run.fake + run.moving)), surface: take(fields),
      ends: take(d * run.interpolates), u: take(run.interpolates), norms: take(run.interpolates),
    }))
  }
  return header
}

/** A round step (1, 2 or 5 times a power of ten) that cuts a range into at most LEVELS parts. */
function roundStep(range) {
  const raw = range / LEVELS
  const power = 10 ** Math.floor(Math.log10(raw))
  return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw)
}

const mix = (a, b, t) => a.map((v, i) => v + (b[i] - v) * t)

function rgb(color) { // any CSS colour as [r, g, b]
  const context = new OffscreenCanvas(1, 1).getContext("2d")
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]
}

/** Index of the last of rising `times` that is at most `at`; 0 before the first. */
function before(times, at) {
  let low = 0, high = times.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (times[middle] <= at) low = middle
    else high = middle - 1
  }
  return low
}

function nearest(times, at) {
  const i = before(times, at)
  return i + 1 < times.length && times[i + 1] - at < at - times[i] ? i + 1 : i
}

/** One run: its points, its surface, its legend. */
class Picture {
  constructor(owner) {
    this.owner = owner
    this.box = document.createElement("div")
    this.box.className = "picture"
    this.box.innerHTML = `<h4></h4><div class="legend" role="group" aria-label="What is drawn"></div>
      <div class="stage" role="img"><canvas></canvas><canvas></canvas></div>`
    ;[this.title, this.legend, this.stage] = this.box.children
    this.canvases = [...this.stage.children]
    ;[this.under, this.over] = this.canvases.map((canvas) => canvas.getContext("2d"))
    this.heat = document.createElement("canvas")
    this.entries = LAYERS.map((layer) => {
      const button = document.createElement("button")
      if (layer === "arrows") button.title = "Uphill on the surface; slope 1 is half as long as the arrows are apart, 2 and more as long"
      button.type = "button"
      button.onclick = () => owner.toggle(layer)
      this.legend.append(button)
      return button
    })
  }

  /** Take up a run; `ms`: how long the points glide from where they are to where they belong. */
  take(run, ms) {
    const old = this.run
    const same = old?.extent === run.extent && old.axes.length === run.axes.length && old.fake === run.fake && old.moving === run.moving &&
      old.points.length === run.points.length && old.points.every((v, i) => v === run.points[i])
    this.run = run
    this.title.textContent = run.name
    this.stage.setAttribute("aria-label", run.alt)
    this.from = same && ms && !calm.matches ? this.points?.slice() : null
    this.begun = performance.now()
    this.ms = ms
    this.frame = null
  }

  get onLine() {
    return this.run.axes.length === 1
  }

  get gliding() {
    return this.from != null
  }

  /** Draw the moment `at`, between two frames if it lies there. */
  draw(at, now) {
    const { frames, times } = this.run
    const i = before(times, at)
    const a = frames[i], b = frames[Math.min(i + 1, frames.length - 1)]
    const near = frames[nearest(times, at)]
    const t = calm.matches ? (near === b ? 1 : 0) : Math.max(0, Math.min(1, (at - a.time) / (b.time - a.time || 1)))
    const share = this.from ? Math.min(1, (now - this.begun) / this.ms) : 1
    if (this.points?.length !== a.points.length) this.points = new Float32Array(a.points.length)
    for (let k = 0; k < a.points.length; k++) {
      const goal = (a.points[k] + (b.points[k] - a.points[k]) * t) / 65535
      this.points[k] = share < 1 ? this.from[k] + (goal - this.from[k]) * share : goal
    }
    if (share === 1) this.from = null
    if (near !== this.frame) {
      this.frame = near
      this.drawUnder()
    }
    this.drawOver()
  }

  resize() {
    const size = Math.round(this.stage.clientWidth * devicePixelRatio)
    if (!size || !this.run) return
    if (size !== this.canvases[0].width) for (const canvas of this.canvases) canvas.width = canvas.height = size
    if (!this.frame) return
    this.drawUnder()
    this.drawOver()
  }

  drawUnder() {
    const size = this.canvases[0].width
    const { owner, frame, run: { grid, points } } = this
    if (!owner.ramp || !frame || !size) return
    const { under: context } = this
    const scale = devicePixelRatio
    if (this.onLine) {
      line.drawUnder(this)
      this.drawLegend()
      return
    }
    const [low, high] = (this.range = frame.range[0])
    if (this.surface?.length !== grid ** 2) this.surface = new Float32Array(grid ** 2)
    for (let k = 0; k < grid ** 2; k++) this.surface[k] = low + (frame.surface[k] / 65535) * (high - low)
    context.clearRect(0, 0, size, size)
    if (owner.shows("surface")) {
      this.drawHeat(size)
      this.line = this.drawContours(size, scale)
    }
    this.drawAxes(size, scale)
    this.drawReal(context, points, 65535)
    if (owner.shows("arrows")) this.drawArrows(size, scale)
    this.drawLegend()
  }

  drawLegend() {
    const { colors, layers } = this.owner.header
    const { judge, score } = this.run
    const key = [this.line, layers, colors.real, [...this.owner.hidden], judge, score, this.onLine].join()
    if (key === this.legendKey) return
    this.legendKey = key
    const texts = this.onLine ? line.legend(this) : [
      `<i style="color:${colors.real}">●</i>real`,
      `<i style="color:${colors.fake}">▲</i>generated`,
      `<i style="color:${colors.critic}">■</i>${judge}’s value ${score}: green is high${this.owner.shows("surface") ? `, a line every ${this.line}` : ""}`,
      `<i>➚</i>slope ∇${score}`,
      `<i>◆</i>x̂ on its line${this.owner.shows("interpolates") ? `, filled where ‖∇${score}‖ > 1` : ""}`,
      "",
    ]
    this.entries.forEach((button, i) => {
      const shown = this.owner.shows(LAYERS[i])
      button.hidden = !texts[i]
      button.innerHTML = (shown ? "" : "+ ") + texts[i]
      button.setAttribute("aria-pressed", shown)
    })
  }

  /** Points as shares of the square, in units of 1 / whole. */
  drawReal(context, points, whole) {
    if (!this.owner.shows("real")) return
    const { width: size } = context.canvas
    context.fillStyle = this.owner.header.colors.real
    context.globalAlpha = 0.8
    context.beginPath()
    for (let i = 0; i < points.length; i += 2) {
      const x = (points[i] / whole) * size, y = (1 - points[i + 1] / whole) * size
      context.moveTo(x, y)
      context.arc(x, y, 2.6 * devicePixelRatio, 0, 7)
    }
    context.fill()
    context.globalAlpha = 1
  }

  drawOver() {
    if (!this.points) return
    if (this.onLine) return line.drawOver(this)
    const { over: context, run: { fake } } = this
    const points = this.points.subarray(0, 2 * fake)
    const size = this.canvases[1].width
    const r = 3.2 * devicePixelRatio
    context.clearRect(0, 0, size, size)
    this.drawReal(context, this.points.subarray(2 * fake), 1)
    if (this.owner.shows("interpolates")) this.drawInterpolates(context, points)
    if (!this.owner.shows("generated")) return
    context.fillStyle = this.owner.header.colors.fake
    context.beginPath()
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i] * size, y = (1 - points[i + 1]) * size
      context.moveTo(x, y - r)
      context.lineTo(x + 0.87 * r, y + 0.6 * r)
      context.lineTo(x - 0.87 * r, y + 0.6 * r)
    }
    context.fill()
  }

  /** x_hat = u x + (1 - u) fake, each on the line from its generated point to a real one. */
  drawInterpolates(context, fake) {
    const { ends, u, norms } = this.frame
    const size = context.canvas.width, r = 3.5 * devicePixelRatio
    const marks = [new Path2D(), new Path2D()] // flatter than 1, steeper
    context.strokeStyle = context.fillStyle = this.owner.text
    context.lineWidth = devicePixelRatio
    context.globalAlpha = 0.35
    context.beginPath()
    u.forEach((share, i) => {
      const [x, y] = [0, 1].map((k) => [fake[2 * i + k], ends[2 * i + k] / 65535].map((v) => (k ? 1 - v : v) * size))
      context.moveTo(x[0], y[0])
      context.lineTo(x[1], y[1])
      const [px, py] = [x, y].map(([a, b]) => a + (b - a) * (share / 65535))
      const mark = marks[Number(norms[i] > 65535 / 2)]
      mark.moveTo(px, py - r)
      mark.lineTo(px + r, py)
      mark.lineTo(px, py + r)
      mark.lineTo(px - r, py)
      mark.closePath()
    })
    context.stroke()
    context.globalAlpha = 0.9
    context.fill(marks[1])
    for (const mark of marks) context.stroke(mark)
    context.globalAlpha = 1
  }

  drawHeat(size) {
    const { grid } = this.run
    const { ramp } = this.owner
    const [low, high] = this.range
    this.heat.width = this.heat.height = grid
    const context = this.heat.getContext("2d")
    const image = context.createImageData(grid, grid)
    const pixels = new Uint32Array(image.data.buffer)
    for (let row = 0; row < grid; row++)
      for (let column = 0; column < grid; column++) {
        const share = high > low ? (this.surface[row * grid + column] - low) / (high - low) : 0
        pixels[(grid - 1 - row) * grid + column] = ramp[Math.round(255 * share)]
      }
    context.putImageData(image, 0, 0)
    // Values sit at the pixels' centres, and the outer centres on the border of the square.
    const cell = size / (grid - 1)
    this.under.imageSmoothingEnabled = true
    this.under.drawImage(this.heat, -cell / 2, -cell / 2, size + cell, size + cell)
  }

  /** Marching squares; returns the step between two lines in units of f. */
  drawContours(size, scale) {
    const { under: context, run: { grid }, surface, range: [low, high] } = this
    const step = high > low ? roundStep(high - low) : 1
    const cell = size / (grid - 1)
    context.strokeStyle = this.owner.text
    context.globalAlpha = this.owner.dark ? 0.3 : 0.25
    context.lineWidth = scale
    context.beginPath()
    for (let row = 0; row < grid - 1; row++)
      for (let column = 0; column < grid - 1; column++) {
        const at = row * grid + column
        const a = surface[at], b = surface[at + 1], c = surface[at + grid + 1], d = surface[at + grid]
        const least = Math.min(a, b, c, d), most = Math.max(a, b, c, d)
        for (let level = Math.ceil(least / step) * step; level < most; level += step) {
          const cuts = []
          const x = column * cell, y = size - row * cell
          if (a < level !== b < level) cuts.push(x + ((level - a) / (b - a)) * cell, y)
          if (b < level !== c < level) cuts.push(x + cell, y - ((level - b) / (c - b)) * cell)
          if (c < level !== d < level) cuts.push(x + (1 - (level - c) / (d - c)) * cell, y - cell)
          if (d < level !== a < level) cuts.push(x, y - (1 - (level - d) / (a - d)) * cell)
          for (let i = 0; i + 3 < cuts.length; i += 4) {
            context.moveTo(cuts[i], cuts[i + 1])
            context.lineTo(cuts[i + 2], cuts[i + 3])
          }
        }
      }
    context.stroke()
    context.globalAlpha = 1
    return Number(step.toPrecision(1))
  }

  /** Central differences of the surface: uphill for the critic; slope 1 is half as long as arrows are apart. */
  drawArrows(size, scale) {
    const { under: context, run: { grid, extent }, surface } = this
    const cell = size / (grid - 1), width = (2 * extent) / (grid - 1) // of a cell, in pixels and in units of x
    const apart = (grid - 1) / ARROWS
    context.strokeStyle = context.fillStyle = this.owner.text
    context.globalAlpha = 0.75
    context.lineWidth = 1.4 * scale
    for (let i = 0; i < ARROWS; i++)
      for (let j = 0; j < ARROWS; j++) {
        const column = Math.round((i + 0.5) * apart), row = Math.round((j + 0.5) * apart)
        const at = row * grid + column
        const dx = (surface[at + 1] - surface[at - 1]) / (2 * width)
        const dy = (surface[at + grid] - surface[at - grid]) / (2 * width)
        const norm = Math.hypot(dx, dy)
        const length = Math.min(norm / 2, 1) * apart * cell // two slopes of 1 would touch the next arrow: cut there
        if (length < 2 * scale) continue
        const [ux, uy] = [dx / norm, -dy / norm]
        const x = column * cell - (ux * length) / 2, y = size - row * cell - (uy * length) / 2
        const [ex, ey] = [x + ux * length, y + uy * length]
        const head = Math.min(4 * scale, length / 2)
        context.beginPath()
        context.moveTo(x, y)
        context.lineTo(ex - ux * head, ey - uy * head)
        context.stroke()
        context.beginPath()
        context.moveTo(ex, ey)
        context.lineTo(ex - head * (ux + 0.6 * uy), ey - head * (uy - 0.6 * ux))
        context.lineTo(ex - head * (ux - 0.6 * uy), ey - head * (uy + 0.6 * ux))
        context.fill()
      }
    context.globalAlpha = 1
  }

  drawAxes(size, scale) {
    const { under: context, run: { extent, axes } } = this
    const step = extent > 3 ? Math.ceil(extent / 3) : 1
    context.fillStyle = this.owner.text
    context.font = `${12 * scale}px ${getComputedStyle(this.box).fontFamily}`
    context.globalAlpha = 0.75
    for (let v = -Math.floor(extent / step) * step; v <= extent; v += step) {
      const at = ((v / extent + 1) / 2) * size
      const whole = Math.abs(v) < extent - 0.2 // at the very edge a label would be cut
      context.textAlign = "center"
      if (whole) context.fillText(`${v}`, at, size - 6 * scale)
      context.fillRect(at - scale / 2, size - 4 * scale, scale, 4 * scale)
      context.textAlign = "left"
      if (whole) context.fillText(`${v}`, 6 * scale, size - at + 4 * scale)
      context.fillRect(0, size - at - scale / 2, 4 * scale, scale)
    }
    context.textAlign = "right"
    context.fillText(axes[0], size - 8 * scale, size - 22 * scale)
    context.textAlign = "left"
    context.fillText(axes[1], 8 * scale, 16 * scale)
    context.globalAlpha = 1
  }
}

/** The pictures and their common time: one transport bar drives them all. */
class Stage {
  constructor() {
    const box = (this.root = element("div", "frame"))
    box.innerHTML = `<div class="layout"><div class="bar" role="group" aria-label="Film of the run">
      <div class="line"><input type="range" min="0" step="any" aria-label="Moment of the recording"><div class="ticks"></div></div>
      <div class="keys"><button type="button" aria-label="One frame back">◂❙</button><button type="button"></button>
      <button type="button" aria-label="One frame on">❙▸</button>
      <select aria-label="Speed">${SPEEDS.map((s) => `<option value="${s}">${s === 0.5 ? "½" : s}×</option>`).join("")}</select>
      <button type="button" class="loop" aria-label="Begin again at the end" title="Begin again at the end">↻</button>
      <span class="step"></span></div></div><div class="events" role="group" aria-label="What happened"></div></div>`
    for (const name of ["layout", "bar", "ticks", "step", "events"]) this[name] = box.querySelector("." + name)
    ;[this.back, this.button, this.on, this.loopButton] = box.querySelectorAll(".keys button")
    this.input = box.querySelector("input")
    this.select = box.querySelector("select")
    this.pictures = []
    this.hidden = new Set()
    this.position = this.target = 0
    this.speed = 1
    this.select.value = "1"
    this.setLoop(true)
    this.button.onclick = () => this.setPlaying(!this.playing)
    this.back.onclick = () => this.nudge(-1)
    this.on.onclick = () => this.nudge(1)
    this.loopButton.onclick = () => this.setLoop(!this.loop)
    this.select.onchange = () => (this.speed = Number(this.select.value))
    this.input.oninput = () => {
      this.held = true
      this.setPlaying(false)
      this.go(this.input.valueAsNumber)
    }
    this.input.onchange = this.input.onpointerup = this.input.onpointercancel = () => {
      if (!this.held) return
      this.held = false
      this.go(this.snap(this.input.valueAsNumber))
      this.tell()
    }
    this.bar.onkeydown = (event) => this.key(event)
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.layout)
  }

  shows(layer) {
    return !this.hidden.has(layer)
  }

  toggle(layer) {
    this.hidden.has(layer) ? this.hidden.delete(layer) : this.hidden.add(layer)
    for (const picture of this.pictures) picture.resize()
    this.send("layers", LAYERS.filter((name) => this.shows(name)))
  }

  update(data) {
    if (this.message && this.message.length === data.length && this.message.every((v, i) => v === data[i])) {
      this.resize() // only the theme changed
      return
    }
    this.message = data.slice()
    const header = unpack(data)
    const old = this.header
    this.header = header
    const { runs, live } = header
    if (!old) this.hidden = new Set(LAYERS.filter((layer) => !header.layers.includes(layer)))
    while (this.pictures.length > runs.length) this.pictures.pop().box.remove()
    while (this.pictures.length < runs.length) {
      const picture = new Picture(this)
      this.pictures.push(picture)
      if (this.pictures.length === 1) this.layout.prepend(picture.box)
      else this.bar.after(picture.box)
    }
    this.pictures.forEach((picture, i) => picture.take(runs[i], old ? GLIDE_MS : 0))
    this.times = [...new Set(runs.flatMap((run) => run.times))].sort((a, b) => a - b)
    this.begin = this.times[0] // a run that goes on from a checkpoint does not begin at 0
    this.end = this.times.at(-1)
    this.span = this.end - this.begin || 1
    this.pace = this.span / (FILM_MS * Math.max(1, this.times.length - 1)) // ticks a millisecond
    this.layout.classList.toggle("two", runs.length > 1)
    this.bar.classList.toggle("live", live)
    this.layout.style.maxWidth = `${runs.length * header.height + 16 * (runs.length - 1)}px`
    this.input.disabled = live
    this.input.min = this.begin
    this.input.max = this.begin + this.span
    this.drawEvents()
    if (live || header.film !== old?.film || old.live) {
      const newest = live || (header.start === null && !header.play)
      this.position = this.target = newest ? this.end : (header.start ?? this.begin)
      this.setPlaying(!live && header.play && header.start === null && !calm.matches, false)
      this.told = undefined
    } else this.position = this.target = Math.min(this.position, this.end)
    this.resize()
    this.show(performance.now())
    this.wake()
  }

  drawEvents() {
    const { events, live, unit } = this.header
    const key = JSON.stringify([events, live, unit, this.begin, this.end])
    if (key === this.eventsKey) return
    this.eventsKey = key
    this.near = undefined
    this.ticks.replaceChildren()
    this.events.replaceChildren(...(events.length ? [Object.assign(document.createElement("span"), { textContent: unit ? "At" : "Iteration" })] : []))
    for (const [whose, time, kind, text] of events) {
      const letter = whose ? `${whose} ` : ""
      const words = `${letter}${this.said(time)}: ${text}`
      const jump = () => this.jump(time)
      const pill = document.createElement("button")
      pill.type = "button"
      pill.innerHTML = `${letter}<b></b> `
      pill.querySelector("b").textContent = this.amount(time)
      pill.append(text)
      pill.title = words
      pill.setAttribute("aria-label", words)
      pill.dataset.time = time
      pill.dataset.kind = kind
      pill.disabled = live
      pill.onclick = jump
      this.events.append(pill)
      if (!live) {
        const tick = document.createElement("b")
        tick.title = words
        tick.style.left = `${(100 * (time - this.begin)) / this.span}%`
        tick.onclick = jump
        this.ticks.append(tick)
      }
    }
  }

  amount(time) {
    const { unit, scale } = this.header
    const apart = this.span / this.times.length / scale // two frames, on average
    const digits = unit ? Math.max(1, Math.min(9, 1 + Math.round(-Math.log10(apart)))) : 0
    const number = (time / scale).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    return unit ? `${number} ${unit}` : number
  }

  said(time) {
    return `${this.header.unit ? "" : "iteration "}${this.amount(time)}`
  }

  /** To the first frame in which an event of `time` has happened. */
  jump(time) {
    this.setPlaying(false)
    this.go(this.times.find((t) => t >= time) ?? this.end)
    this.tell()
  }

  key(event) {
    if (this.header.live) return
    const { key, target } = event
    if (target === this.select || event.ctrlKey || event.metaKey || event.altKey) return
    const acts = { ArrowLeft: () => this.nudge(-1), ArrowRight: () => this.nudge(1), Home: () => this.jump(this.begin),
      End: () => this.jump(this.end) }
    if (target === this.input) acts[" "] = () => this.setPlaying(!this.playing)
    if (key === " " || key in acts) event.stopPropagation() // no hotkey of the page
    if (!(key in acts)) return
    event.preventDefault()
    acts[key]()
  }

  snap(at) {
    return this.times[nearest(this.times, at)]
  }

  nudge(by) {
    const at = nearest(this.times, this.playing ? this.position : this.target)
    this.setPlaying(false)
    this.go(this.times[Math.max(0, Math.min(this.times.length - 1, at + by))])
    this.tell()
  }

  setLoop(loop) {
    this.loop = loop
    this.loopButton.setAttribute("aria-pressed", loop)
  }

  setPlaying(playing, tell = true) {
    if (this.playing && !playing) this.target = this.snap(this.position)
    if (playing && this.position >= this.end) this.position = this.target = this.begin
    const changed = this.playing !== playing
    this.playing = playing
    this.rested = 0
    this.button.textContent = playing ? "❚❚" : "▶"
    this.button.setAttribute("aria-label", playing ? "Pause the recording" : "Play the recording")
    if (changed && tell) this.tell()
    this.wake()
  }

  go(at) {
    this.target = at
    if (calm.matches) this.position = at
    this.wake()
  }

  /** Tell the server, once nothing moves any more, which moment is looked at; null: the film plays. */
  tell() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (this.held || this.header.live) return
      const at = this.playing ? null : this.target
      if (at === this.told) return
      this.told = at
      this.send("shown", { film: this.header.film, at })
    }, TELL_MS)
  }

  wake() {
    if (this.animation || !this.header) return
    this.last = performance.now()
    this.animation = requestAnimationFrame((now) => this.tick(now))
  }

  tick(now) {
    const ms = Math.max(0, Math.min(100, now - this.last))
    this.last = now
    this.animation = null
    if (this.playing) {
      if (this.position < this.end) this.position = Math.min(this.end, this.position + ms * this.pace * this.speed)
      else if (!this.loop) this.setPlaying(false)
      else if ((this.rested += ms) > REST_MS) {
        this.position = this.begin
        this.rested = 0
      }
      this.target = this.position
    } else {
      const gap = this.target - this.position
      this.position = Math.abs(gap) < this.span / 2000 ? this.target : this.position + gap * (1 - Math.exp(-ms / EASE_MS))
    }
    this.show(now)
    const moving = this.playing || this.position !== this.target || this.pictures.some((picture) => picture.gliding)
    if (moving && !this.animation) this.animation = requestAnimationFrame((then) => this.tick(then))
  }

  show(now) {
    const near = this.snap(this.position)
    const key = `${this.position} ${this.header.film} ${this.pictures.some((picture) => picture.gliding || !picture.frame)}`
    if (key.endsWith("true") || key !== this.drawn) for (const picture of this.pictures) picture.draw(this.position, now)
    this.drawn = key
    if (!this.held) this.input.value = this.position
    if (near === this.near) return
    this.near = near
    this.step.textContent = this.said(near)
    this.input.setAttribute("aria-valuetext", `${this.said(near)} of ${this.amount(this.end)}`)
    for (const pill of this.events.querySelectorAll("button")) {
      const at = this.times.find((t) => t >= Number(pill.dataset.time)) ?? this.end
      pill.setAttribute("aria-current", at === near)
    }
  }

  /** Also takes up the page's colours, which change with its theme. */
  resize() {
    if (!this.header) return
    const css = getComputedStyle(this.root)
    this.text = css.getPropertyValue("--st-text-color").trim() || "black"
    const paper = rgb(css.getPropertyValue("--st-background-color").trim() || "white")
    this.dark = paper[0] + paper[1] + paper[2] < 382
    const low = mix(paper, rgb(this.dark ? "#33415c" : "#8fa3c4"), 0.55)
    const high = mix(paper, rgb(this.header.colors.critic), 0.75)
    this.ramp = Uint32Array.from({ length: 256 }, (_, i) => {
      const [r, g, b] = i < 128 ? mix(low, paper, i / 127.5) : mix(paper, high, i / 127.5 - 1)
      return 0xff000000 | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)
    })
    for (const picture of this.pictures) picture.resize()
  }

  close() {
    clearTimeout(this.timer)
    cancelAnimationFrame(this.animation)
    this.observer.disconnect()
  }
}

export default place(Stage, STYLE)
