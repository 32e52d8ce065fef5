// Draws nothing: sees that no press of a button is lost. Of two that Streamlit has not taken up yet it makes one, so each is
// held back until the server has taken the one before.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const LATE_MS = 10_000 // after which one that was not taken is not waited for any more

class Presses {
  static waits = 2000 // what is held back outlives a node that is put back

  root = element("span")
  held = 0

  constructor() {
    this.heard = { click: (event) => this.click(event), keydown: (event) => this.keydown(event) }
    for (const [name, hear] of Object.entries(this.heard)) addEventListener(name, hear, { capture: true })
  }

  update({ of, shortcut, taken }) {
    Object.assign(this, { of, shortcut })
    if (taken === this.taken) return
    this.taken = taken
    this.given = false
    this.next()
  }

  get buttons() {
    return [...document.querySelectorAll(`.st-key-${this.of} button:enabled`)] // one with a tooltip, and one without
  }

  click(event) {
    if (!this.gives && this.buttons.some((button) => button.contains(event.target))) this.press(event)
  }

  keydown(event) {
    const [target] = event.composedPath(), bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
    const typed = target.closest?.("input, textarea, select, [contenteditable], [role=slider]")
    if (bare && !typed && !event.repeat && event.key.toUpperCase() === this.shortcut && this.buttons.length) this.press(event)
  }

  /** Let it through, or hold it back. */
  press(event) {
    if (this.given) {
      event.stopImmediatePropagation()
      event.preventDefault()
      this.held += 1
    } else this.give()
  }

  give() {
    this.given = true
    clearTimeout(this.late)
    this.late = setTimeout(() => ((this.given = false), this.next()), LATE_MS)
  }

  next() {
    const [button] = this.buttons
    if (!button) this.held = 0
    if (!this.held) return
    this.held -= 1
    this.give()
    this.gives = true
    button.click()
    this.gives = false
  }

  close() {
    clearTimeout(this.late)
    for (const [name, hear] of Object.entries(this.heard)) removeEventListener(name, hear, { capture: true })
  }
}

export default place(Presses)
