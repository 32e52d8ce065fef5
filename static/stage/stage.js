// The stage: one run, or two beside each other, either live (one frame a run, glided to) or as films that a transport bar
// scrubs without asking the server. It knows when to draw; what, the renderers of the runs' spaces know (renderers.js).

const { search } = new URL(import.meta.url)
const [
  { element, lead, place, renew, same },
  { calm },
  { films },
  { clockOf, nearest, snap },
  { lookOf },
  { START, lookedAt, pace, transport },
  { Bar },
  { Events },
  { Picture },
  { STYLE },
] = await Promise.all(
  [
    "../component.js", "../controls.js", "./film.js", "./clock.js", "./look.js", "./transport.js",
    "./bar.js", "./events.js", "./picture.js", "./style.js",
  ].map((file) => import(file + search)),
)

const GLIDE_MS = 450
const LEAD_MS = 200 // between two looks of charts and numbers while the film plays
const TELL_MS = 200 // of standing still, before the server is told which frame is looked at
const STRAY_MS = 1000 // of playing, beside the moment where a film should be, which is looked at
const LATER_MS = 3000 // after what was told of it: on a slow computer it is always late
const MOVES = new Set(["toggle", "release", "jump", "nudge", "led"]) // events after which it is told

let count = 0 // that have begun on this page

class Stage {
  static waits = 2000 // a film that plays goes on

  constructor() {
    this.state = START
    this.pictures = []
    this.bar = new Bar((event) => this.act(event))
    this.events = new Events(this.bar.ticks, (event) => this.act(event))
    this.layout = element("div", "layout", this.bar.root, this.events.root)
    this.root = element("div", "frame", this.layout)
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.layout)
    this.unlead = lead((key) => this.state.playing && this.bring((name) => name === key))
  }

  update(data) {
    if (same(this.message, data)) {
      this.resize() // only the theme changed
      return
    }
    this.message = data.slice()
    const old = this.header
    const header = (this.header = films(data))
    const { runs, live } = header
    this.key = header.key
    this.layers ??= new Set(header.layers)
    this.setPictures(runs.length)
    this.pictures.forEach((picture, i) => picture.take(runs[i], old ? GLIDE_MS : 0))
    const clock = clockOf(runs, header.unit, header.scale)
    this.bar.take(clock, live)
    this.events.take(header.events, clock, live)
    this.near = this.drawn = undefined
    this.layout.classList.toggle("two", runs.length > 1)
    const side = `min(${header.height}px, max(300px, 100dvh - 27rem))` // with its bar on the first screen
    this.layout.style.maxWidth = `calc(${runs.length} * ${side} + ${16 * (runs.length - 1)}px)`
    const isSame = !live && header.film === old?.film && !old.live && header.revision === old.revision
    const event = isSame ? { type: "frames", clock } : { type: "film", clock, ...this.beginning(clock) }
    this.state = transport(this.state, event)
    if (!isSame) [this.told, this.begun] = [undefined, count++]
    this.resize()
    this.show(performance.now())
    this.wake()
  }

  /** Another message, which came to the page by another way. */
  renew(_, { message }) {
    this.update(message.array)
  }

  /** Where a film stands at first, and whether it plays. */
  beginning({ begin, end }) {
    const { live, start, play } = this.header
    const newest = live || (start === null && !play)
    return { at: newest ? end : (start ?? begin), playing: !live && play && start === null && !calm.matches }
  }

  /** What a lecturer's tab tells of its film, so that others play it alike; null for a live run. */
  get film() {
    if (!this.header || this.header.live) return null
    const { clock, playing, position, target, speed, loop } = this.state
    return { key: this.key, name: this.header.film, at: playing ? position : snap(clock, target), playing, speed, loop }
  }

  /** The film is not where it should be by what was told of it `ms` milliseconds ago. */
  strays(told, ms) {
    const { playing, speed, loop } = this.state
    if (playing !== told.playing || speed !== told.speed || loop !== told.loop) return true
    if (playing && ms < LATER_MS) return false
    const at = transport(this.state, { type: "led", ...told, ms }).target
    return Math.abs(this.film.at - at) > (playing ? STRAY_MS * pace(this.state) : 0)
  }

  /** Play as was told `ms` milliseconds ago; false for another film. */
  follow(told, ms) {
    if (this.film?.name !== told.name) return false
    this.act({ type: "led", ...told, playing: told.playing && !calm.matches, ms })
    this.bar.select.value = told.speed
    return true
  }

  setPictures(n) {
    while (this.pictures.length > n) this.pictures.pop().box.remove()
    while (this.pictures.length < n) {
      const picture = new Picture((layer) => this.toggle(layer))
      if (this.pictures.length) this.bar.root.after(picture.box)
      else this.layout.prepend(picture.box)
      this.pictures.push(picture)
    }
  }

  toggle(layer) {
    this.layers.has(layer) ? this.layers.delete(layer) : this.layers.add(layer)
    this.resize()
    this.send("layers", [...this.layers])
  }

  act(event) {
    const { playing } = this.state
    this.state = transport(this.state, event)
    this.bar.show(this.state)
    if (MOVES.has(event.type) || playing !== this.state.playing) this.tell()
    this.wake()
  }

  /** Tell the server, once nothing moves any more, which moment is looked at; null: the film plays. */
  tell() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      const at = lookedAt(this.state)
      if (this.state.held || this.header.live || at === this.told) return
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
    const { playing } = this.state
    this.state = transport(this.state, { type: "tick", ms, calm: calm.matches })
    if (playing !== this.state.playing) this.tell()
    this.show(now)
    const { position, target } = this.state
    const moving = this.state.playing || position !== target || this.pictures.some((picture) => picture.gliding)
    if (moving) this.animation = requestAnimationFrame((then) => this.tick(then))
  }

  show(now) {
    const { position, clock } = this.state
    const gliding = this.pictures.some((picture) => picture.gliding)
    if (gliding || position !== this.drawn) for (const picture of this.pictures) picture.draw(position, now)
    this.drawn = position
    this.bar.show(this.state)
    const near = snap(clock, position)
    if (near === this.near) return
    this.near = near
    this.bar.name(near)
    this.events.mark(near)
    this.lead(near)
  }

  /** What stands beside the film shows the moment that it has come to. */
  lead(time) {
    if (!this.header.beside || this.header.live) return
    const now = performance.now()
    clearTimeout(this.following)
    if (now - this.led < LEAD_MS && this.state.playing) {
      this.following = setTimeout(() => this.lead(time), LEAD_MS)
      return
    }
    this.led = now
    this.bring()
  }

  /** Those pieces beside the film that are `wanted`, by their keys, show the frame that it has come to. */
  bring(wanted = () => true) {
    const { beside = [], key, live, runs } = this.header
    if (live) return
    beside.forEach((frames, i) => {
      for (const [name, news] of Object.entries(frames[nearest(runs[i].times, this.near)])) {
        const whole = key.replace(/stage$/, name)
        if (wanted(whole)) renew(whole, ...news)
      }
    })
  }

  /** Also takes up the page's colours, which change with its theme. */
  resize() {
    if (!this.header) return
    const look = lookOf(this.root, this.header.colors, this.layers)
    for (const picture of this.pictures) picture.resize(look)
  }

  close() {
    clearTimeout(this.timer)
    clearTimeout(this.following)
    cancelAnimationFrame(this.animation)
    this.unlead()
    this.observer.disconnect()
  }
}

export default place(Stage, STYLE)
