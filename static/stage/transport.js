// What a film does when keys and hands tell it to: the state of the transport bar, (state, event) -> state.
//
// `position` is the tick that is drawn and `target` where it is going: while a film plays they are the same, else the
// position follows the target. A film is `held` while a finger is on its bar.

const { nearest, reached, snap } = await import("./clock.js" + new URL(import.meta.url).search)

const EASE_MS = 60 // how fast the picture follows a finger
const FILM_MS = 110 // a frame of a film at speed 1
const REST_MS = 1800 // at the end of a film, before it starts again
export const SPEEDS = [0.5, 1, 2, 4]

export const START = { clock: null, position: 0, target: 0, playing: false, held: false, loop: true, speed: 1, rested: 0 }

/** The tick that is looked at, null while the film plays. */
export const lookedAt = (state) => (state.playing ? null : state.target)

const EVENTS = {
  /** Another film, or the newest frame of a live run: it stands at tick `at`, or plays from there. */
  film: (state, { clock, at, playing }) => ({ ...state, clock, position: at, target: at, playing, rested: 0 }),
  /** The same film with other frames. */
  frames(state, { clock }) {
    const at = Math.min(state.position, clock.end)
    return { ...state, clock, position: at, target: at }
  },
  toggle: (state) => (state.playing ? pause(state) : play(state)),
  scrub: (state, { at }) => ({ ...pause(state), held: true, target: at }),
  release: (state, { at }) => (state.held ? { ...state, held: false, target: snap(state.clock, at) } : state),
  /** To the first frame in which an event at tick `at` has happened. */
  jump: (state, { at }) => ({ ...pause(state), target: reached(state.clock, at) }),
  /** So many frames on or back. */
  nudge(state, { by }) {
    const { times } = state.clock
    const at = nearest(times, state.playing ? state.position : state.target)
    return { ...pause(state), target: times[Math.max(0, Math.min(times.length - 1, at + by))] }
  },
  /** As a film that was at tick `at` so many milliseconds ago, and has played or stood since. */
  led(state, { at, playing, speed, loop, ms }) {
    const now = { ...state, playing, speed, loop, held: false, rested: 0, position: at, target: at }
    return playing ? after(now, ms) : { ...now, position: state.position, target: snap(state.clock, at) }
  },
  speed: (state, { speed }) => ({ ...state, speed }),
  loop: (state) => ({ ...state, loop: !state.loop }),
  /** So many milliseconds have gone by; a `calm` film is where it goes at once. */
  tick: (state, event) => (state.playing ? forward(state, event) : follow(state, event)),
}

export const transport = (state, event) => EVENTS[event.type](state, event)

function play(state) {
  const from = state.position >= state.clock.end ? state.clock.begin : state.position
  return { ...state, position: from, target: from, playing: true, rested: 0 }
}

function pause(state) {
  return { ...state, playing: false, rested: 0, target: state.playing ? snap(state.clock, state.position) : state.target }
}

/** How fast a film plays, in ticks a millisecond. */
export const pace = ({ clock: { span, times }, speed }) => (speed * span) / (FILM_MS * Math.max(1, times.length - 1))

/** A film that has played for so many milliseconds, however many rounds of it they are. */
function after(state, ms) {
  const { clock: { begin, end }, position, loop } = state
  const whole = (end - begin) / pace(state) // milliseconds
  let at = (Math.min(Math.max(position, begin), end) - begin) / pace(state) + ms
  if (loop) at %= whole + REST_MS
  const there = Math.min(end, begin + at * pace(state))
  const now = { ...state, position: there, target: there, rested: Math.max(0, at - whole) }
  return loop || at < whole ? now : pause(now)
}

function forward(state, { ms }) {
  const { clock: { begin, end }, position, loop } = state
  const to = (at, rested) => ({ ...state, position: at, target: at, rested })
  if (position < end) return to(Math.min(end, position + ms * pace(state)), 0)
  if (!loop) return pause(state)
  const rested = state.rested + ms
  return rested > REST_MS ? to(begin, 0) : to(end, rested)
}

function follow(state, { ms, calm }) {
  const gap = state.target - state.position
  const there = calm || Math.abs(gap) < state.clock.span / 2000
  return { ...state, position: there ? state.target : state.position + gap * (1 - Math.exp(-ms / EASE_MS)) }
}
