// One hand on a node: it is dragged, or moved with the arrow keys, and tells once it has been let go.

const TELL_MS = 250 // after the last key

export class Hand {
  /**
   * `start()` gives what a drag begins from, and `drag(from, right, down)` is called with it and with the pixels since
   * then; `step(n)` with n steps of the keys; `draw()` with the next frame of the screen, once for all that came before
   * it; `tell()` when the hand has let go.
   */
  constructor(node, { start, drag, step, draw, tell }) {
    Object.assign(this, { draw, tell })
    node.onpointerdown = (event) => {
      node.setPointerCapture(event.pointerId)
      this.pressed = { x: event.clientX, y: event.clientY, from: start() }
      event.preventDefault()
      node.focus({ preventScroll: true })
    }
    node.onpointermove = ({ clientX, clientY }) => {
      if (this.pressed) drag(this.pressed.from, clientX - this.pressed.x, clientY - this.pressed.y)
    }
    node.onpointerup = node.onpointercancel = () => {
      if (!this.pressed) return
      this.pressed = null
      tell()
    }
    node.onkeydown = (event) => {
      const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
      if (!steps) return
      event.preventDefault()
      step(steps)
      this.soon()
    }
  }

  /** Something is under way that the server has not heard: an older answer of it must not undo it. */
  get busy() {
    return Boolean(this.pressed || this.timer || this.told)
  }

  /** Send where the hand is and when, as the same place again is news too; not what the server knows: it said `known`. */
  news(place, known, send) {
    if (place === (this.told?.[0] ?? known)) return
    this.told = [place, Date.now()]
    send(this.told)
  }

  /** The server has heard what was sent at this moment. */
  heard(moment) {
    if (moment >= this.told?.[1]) this.told = null
  }

  /** Something has moved. */
  moved() {
    this.next ??= requestAnimationFrame(() => {
      this.next = null
      this.draw()
    })
  }

  /** Tell when nothing has moved for a moment. */
  soon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = null
      this.tell()
    }, TELL_MS)
  }

  close() {
    clearTimeout(this.timer)
    cancelAnimationFrame(this.next)
  }
}
