// The stage: real points, generated points and the critic's value surface on one canvas, 60 frames a second.
// One frame in the message is glided to; several are a film with play, pause and a slider.

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
  canvas { display: block; width: 100%; aspect-ratio: 1; border-radius: var(--st-base-radius, 8px);
    border: 1px solid var(--st-border-color); }
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
      <canvas role="img"></canvas><div class="film" hidden><button type="button"></button>
      <input type="range" min="0" aria-label="Iteration of the recording"><span class="step"></span></div></div>`
    root.append(box)
    for (const name of ["frame", "legend", "step"]) this[name] = box.querySelector("." + name)
    for (const name of ["canvas", "button", "input"]) this[name] = box.querySelector(name)
    this.controls = box.querySelector(".film")
    this.host = root.host ?? root
    this.context = this.canvas.getContext("2d")
    this.heat = document.createElement("canvas")
    this.button.onclick = () => this.setPlaying(!this.playing)
    this.input.oninput = () => {
      this.setPlaying(false)
      this.glide(this.film[this.input.valueAsNumber], 0)
    }
    this.input.onkeydown = (event) => event.stopPropagation() // R and C are the app's hotkeys
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.canvas)
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
    this.canvas.setAttribute("aria-label", header.alt)
    this.controls.hidden = live
    clearTimeout(this.timer)
    if (live) {
      this.playing = false
      this.glide(header.frames[0], same && this.shown ? GLIDE_MS : 0)
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
    const from = this.shown ?? frame
    this.step.textContent = `iteration ${frame.step}`
    const start = performance.now()
    const still = calm.matches || ms === 0 || from.fake.length !== frame.fake.length
    const move = (now) => {
      const t = still ? 1 : Math.min(1, (now - start) / ms)
      const lerp = (a, b) => (t === 1 ? b : b.map((v, i) => a[i] + (v - a[i]) * t))
      this.shown = { step: frame.step, fake: lerp(from.fake, frame.fake), surface: lerp(from.surface, frame.surface) }
      this.draw()
      this.animation = t < 1 ? requestAnimationFrame(move) : null
    }
    cancelAnimationFrame(this.animation)
    still ? move(start) : (this.animation = requestAnimationFrame(move))
  }

  resize() {
    const size = Math.round(this.canvas.clientWidth * devicePixelRatio)
    if (!size) return
    if (size !== this.canvas.width) this.canvas.width = this.canvas.height = size
    const css = getComputedStyle(this.host)
    const { colors } = this.header
    this.page = css.getPropertyValue("--st-background-color").trim() || "white"
    this.text = css.getPropertyValue("--st-text-color").trim() || "black"
    const paper = rgb(this.page)
    this.dark = paper[0] + paper[1] + paper[2] < 382
    this.low = mix(paper, rgb(this.dark ? "#33415c" : "#8fa3c4"), 0.55)
    this.high = mix(paper, rgb(colors.critic), 0.75)
    this.middle = paper
    if (this.shown) this.draw()
  }

  draw() {
    if (!this.canvas.width || !this.low) return this.resize()
    const { context, header, shown } = this
    const size = this.canvas.width
    const scale = devicePixelRatio
    this.drawHeat(size)
    const step = this.drawContours(size, scale)
    this.drawAxes(size, scale)
    context.fillStyle = header.colors.real
    context.globalAlpha = 0.8
    for (let i = 0; i < header.real.length; i += 2) {
      context.beginPath()
      context.arc(header.real[i] * size, (1 - header.real[i + 1]) * size, 2.6 * scale, 0, 7)
      context.fill()
    }
    context.globalAlpha = 0.85
    context.fillStyle = header.colors.fake
    context.beginPath()
    const r = 3.2 * scale
    for (let i = 0; i < shown.fake.length; i += 2) {
      const x = shown.fake[i] * size, y = (1 - shown.fake[i + 1]) * size
      context.moveTo(x, y - r)
      context.lineTo(x + 0.87 * r, y + 0.6 * r)
      context.lineTo(x - 0.87 * r, y + 0.6 * r)
      context.closePath()
    }
    context.fill()
    context.globalAlpha = 1
    const legend = `${step}`
    if (legend !== this.legendStep) {
      this.legendStep = legend
      this.legend.innerHTML = `<span><i style="color:${header.colors.real}">●</i>real</span>
        <span><i style="color:${header.colors.fake}">▲</i>generated</span>
        <span><i style="color:${header.colors.critic}">■</i>critic’s value f: green is high, a line every ${step}</span>`
    }
  }

  drawHeat(size) {
    const { grid } = this.header
    const { surface } = this.shown
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
    this.context.imageSmoothingEnabled = true
    this.context.drawImage(this.heat, -cell / 2, -cell / 2, size + cell, size + cell)
  }

  /** Marching squares; returns the step between two lines in units of f. */
  drawContours(size, scale) {
    const { context, header: { grid }, shown: { surface }, range: [low, high] } = this
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
    const { context, header: { extent, axes } } = this
    const step = extent > 3 ? Math.ceil(extent / 3) : 1
    context.fillStyle = this.text
    context.font = `${12 * scale}px ${getComputedStyle(this.frame).fontFamily}`
    context.globalAlpha = 0.75
    for (let v = -Math.floor(extent / step) * step; v <= extent; v += step) {
      const at = ((v / extent + 1) / 2) * size
      context.textAlign = "center"
      context.fillText(`${v}`, at, size - 6 * scale)
      context.fillRect(at - scale / 2, size - 4 * scale, scale, 4 * scale)
      context.textAlign = "left"
      if (Math.abs(v) < extent - 0.2) context.fillText(`${v}`, 6 * scale, size - at + 4 * scale)
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
