// The stage: generated points gliding, 60 frames a second, over the real points and the critic's value surface.
// One frame in the message is glided to; several are a film with play, pause and a slider. There are two canvases: the
// lower one is drawn once a frame of the run, the upper one, with the points that move, at every frame of the screen.

const GLIDE_MS = 450
const FILM_MS = 110 // a frame of a film
const REST_MS = 1800 // at the end of a film, before it starts again
const LEVELS = 10 // contour lines, at most
const calm = matchMedia("(prefers-reduced-motion: reduce)")
const stages = new WeakMap()

const STYLE = `
  .frame { margin: 0 auto; color: var(--st-text-color); font: 14px var(--st-font, sans-serif); }
  .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; min-height: 22px; align-items: center; }
  .legend i { font-style: normal; font-weight: 700; margin-right: 4px; }
  .stage { position: relative; aspect-ratio: 1; border: 1px solid var(--st-border-color); overflow: hidden;
    border-radius: var(--st-base-radius, 8px); }
  canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .film { display: flex; gap: 8px; align-items: center; min-height: 44px; }
  .film[hidden] { display: none; }
  button { min-width: 44px; height: 36px; border: 1px solid var(--st-border-color); background: none; cursor: pointer;
    border-radius: var(--st-base-radius, 8px); color: inherit; font: inherit; }
  button:focus-visible, input:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
  input { flex: 1; accent-color: var(--st-primary-color); min-width: 60px; height: 36px; }
  .step { font-variant-numeric: tabular-nums; white-space: nowrap; }
`

function unpack(bytes) {
  const copy = bytes.slice()
  const length = new DataView(copy.buffer).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)))
  const numbers = new Uint16Array(copy.buffer, 4 + length)
  let at = 0
  const take = (count) => numbers.subarray(at, (at += count))
  const shares = (part, low = 0, high = 1) => Float32Array.from(part, (v) => low + (v / 65535) * (high - low))
  header.real = shares(take(2 * header.real))
  header.frames = header.steps.map((step, i) => ({
    step,
    fake: shares(take(2 * header.fake)),
    surface: shares(take(header.grid ** 2), ...header.ranges[i]),
  }))
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

class Stage {
  constructor(root) {
    const box = document.createElement("div")
    box.innerHTML = `<style>${STYLE}</style><div class="frame"><div class="legend"></div>
      <div class="stage" role="img"><canvas></canvas><canvas></canvas></div><div class="film" hidden><button type="button"></button>
      <input type="range" min="0" aria-label="Iteration of the recording"><span class="step"></span></div></div>`
    root.append(box)
    for (const name of ["frame", "legend", "stage", "step"]) this[name] = box.querySelector("." + name)
    for (const name of ["button", "input"]) this[name] = box.querySelector(name)
    this.controls = box.querySelector(".film")
    this.canvases = [...box.querySelectorAll("canvas")]
    ;[this.under, this.over] = this.canvases.map((canvas) => canvas.getContext("2d"))
    this.host = root.host ?? root
    this.heat = document.createElement("canvas")
    this.button.onclick = () => this.setPlaying(!this.playing)
    this.input.oninput = () => {
      this.setPlaying(false)
      this.glide(this.film[this.input.valueAsNumber], 0)
    }
    this.input.onkeydown = (event) => event.stopPropagation() // R and C are the app's hotkeys
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.stage)
  }

  update(data) {
    if (this.message && this.message.length === data.length && this.message.every((v, i) => v === data[i])) {
      this.resize() // only the theme changed
      return
    }
    this.message = data.slice()
    const header = unpack(data)
    const live = header.frames.length === 1
    const same = this.header?.extent === header.extent && this.header?.real.every((v, i) => v === header.real[i])
    this.header = header
    this.film = header.frames
    this.frame.style.maxWidth = `${header.height}px`
    this.stage.setAttribute("aria-label", header.alt)
    this.controls.hidden = live
    clearTimeout(this.timer)
    if (live) {
      this.playing = false
      this.glide(header.frames[0], same ? GLIDE_MS : 0)
    } else {
      this.input.max = header.frames.length - 1
      this.input.value = 0
      this.glide(header.frames[0], 0)
      this.setPlaying(!calm.matches)
    }
  }

  setPlaying(playing) {
    this.playing = playing
    this.button.textContent = playing ? "❚❚" : "▶"
    this.button.setAttribute("aria-label", playing ? "Pause the recording" : "Play the recording")
    clearTimeout(this.timer)
    if (playing) this.timer = setTimeout(() => this.next(), FILM_MS)
  }

  next() {
    const last = this.film.length - 1
    const at = this.input.valueAsNumber >= last ? 0 : this.input.valueAsNumber + 1
    this.input.value = at
    this.glide(this.film[at], at === 0 ? 0 : FILM_MS)
    this.timer = setTimeout(() => this.next(), at === last ? REST_MS : FILM_MS)
  }

  /** Move from what is shown to `frame` in `ms` milliseconds. */
  glide(frame, ms) {
    const from = this.points ?? frame.fake
    this.step.textContent = `iteration ${frame.step}`
    this.surface = frame.surface
    this.drawUnder()
    const start = performance.now()
    const still = calm.matches || ms === 0 || from.length !== frame.fake.length
    const move = (now) => {
      const t = still ? 1 : Math.min(1, (now - start) / ms)
      this.points = t === 1 ? frame.fake : frame.fake.map((v, i) => from[i] + (v - from[i]) * t)
      this.drawOver()
      this.animation = t < 1 ? requestAnimationFrame(move) : null
    }
    cancelAnimationFrame(this.animation)
    still ? move(start) : (this.animation = requestAnimationFrame(move))
  }

  /** Also takes up the page's colours, which change with its theme. */
  resize() {
    const size = Math.round(this.stage.clientWidth * devicePixelRatio)
    if (!size || !this.header) return
    if (size !== this.canvases[0].width) for (const canvas of this.canvases) canvas.width = canvas.height = size
    const css = getComputedStyle(this.host)
    this.text = css.getPropertyValue("--st-text-color").trim() || "black"
    const paper = rgb(css.getPropertyValue("--st-background-color").trim() || "white")
    this.dark = paper[0] + paper[1] + paper[2] < 382
    this.low = mix(paper, rgb(this.dark ? "#33415c" : "#8fa3c4"), 0.55)
    this.middle = paper
    this.high = mix(paper, rgb(this.header.colors.critic), 0.75)
    this.drawUnder()
    this.drawOver()
  }

  drawUnder() {
    const size = this.canvases[0].width
    if (!this.low || !this.surface) return
    const { header: { real, colors }, under: context } = this
    const scale = devicePixelRatio
    this.drawHeat(size)
    const step = this.drawContours(size, scale)
    this.drawAxes(size, scale)
    context.fillStyle = colors.real
    context.globalAlpha = 0.8
    context.beginPath()
    for (let i = 0; i < real.length; i += 2) {
      const x = real[i] * size, y = (1 - real[i + 1]) * size
      context.moveTo(x, y)
      context.arc(x, y, 2.6 * scale, 0, 7)
    }
    context.fill()
    context.globalAlpha = 1
    if (step !== this.legendStep) {
      this.legendStep = step
      this.legend.innerHTML = `<span><i style="color:${colors.real}">●</i>real</span>
        <span><i style="color:${colors.fake}">▲</i>generated</span>
        <span><i style="color:${colors.critic}">■</i>critic’s value f: green is high, a line every ${step}</span>`
    }
  }

  drawOver() {
    if (!this.points) return
    const { points, over: context } = this
    const size = this.canvases[1].width
    const r = 3.2 * devicePixelRatio
    context.clearRect(0, 0, size, size)
    context.fillStyle = this.header.colors.fake
    context.beginPath()
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i] * size, y = (1 - points[i + 1]) * size
      context.moveTo(x, y - r)
      context.lineTo(x + 0.87 * r, y + 0.6 * r)
      context.lineTo(x - 0.87 * r, y + 0.6 * r)
    }
    context.fill()
  }

  drawHeat(size) {
    const { grid } = this.header
    const { surface } = this
    let low = Infinity, high = -Infinity
    for (const v of surface) { low = Math.min(low, v); high = Math.max(high, v) }
    this.range = [low, high]
    this.heat.width = this.heat.height = grid
    const context = this.heat.getContext("2d")
    const image = context.createImageData(grid, grid)
    for (let row = 0; row < grid; row++)
      for (let column = 0; column < grid; column++) {
        const share = (surface[row * grid + column] - low) / (high - low || 1)
        const color = share < 0.5 ? mix(this.low, this.middle, 2 * share) : mix(this.middle, this.high, 2 * share - 1)
        image.data.set([...color, 255], 4 * ((grid - 1 - row) * grid + column))
      }
    context.putImageData(image, 0, 0)
    // Values sit at the pixels' centres, and the outer centres on the border of the square.
    const cell = size / (grid - 1)
    this.under.imageSmoothingEnabled = true
    this.under.drawImage(this.heat, -cell / 2, -cell / 2, size + cell, size + cell)
  }

  /** Marching squares; returns the step between two lines in units of f. */
  drawContours(size, scale) {
    const { under: context, header: { grid }, surface, range: [low, high] } = this
    const step = high > low ? roundStep(high - low) : 1
    const cell = size / (grid - 1)
    context.strokeStyle = this.text
    context.globalAlpha = this.dark ? 0.3 : 0.25
    context.lineWidth = scale
    context.beginPath()
    for (let row = 0; row < grid - 1; row++)
      for (let column = 0; column < grid - 1; column++) {
        const at = row * grid + column
        const a = surface[at], b = surface[at + 1], c = surface[at + grid + 1], d = surface[at + grid]
        const least = Math.min(a, b, c, d), most = Math.max(a, b, c, d)
        for (let level = Math.ceil(least / step) * step; level < most; level += step) {
          const cuts = []
          const cut = (u, v, x0, y0, x1, y1) => {
            if (u < level !== v < level) {
              const t = (level - u) / (v - u)
              cuts.push((column + x0 + (x1 - x0) * t) * cell, size - (row + y0 + (y1 - y0) * t) * cell)
            }
          }
          cut(a, b, 0, 0, 1, 0)
          cut(b, c, 1, 0, 1, 1)
          cut(c, d, 1, 1, 0, 1)
          cut(d, a, 0, 1, 0, 0)
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

  drawAxes(size, scale) {
    const { under: context, header: { extent, axes } } = this
    const step = extent > 3 ? Math.ceil(extent / 3) : 1
    context.fillStyle = this.text
    context.font = `${12 * scale}px ${getComputedStyle(this.frame).fontFamily}`
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

  close() {
    clearTimeout(this.timer)
    cancelAnimationFrame(this.animation)
    this.observer.disconnect()
    this.frame.parentElement.remove()
  }
}

export default function ({ data, parentElement }) {
  let stage = stages.get(parentElement)
  if (!stage) stages.set(parentElement, (stage = new Stage(parentElement)))
  stage.update(data)
  return () => {
    stage.close()
    stages.delete(parentElement)
  }
}
