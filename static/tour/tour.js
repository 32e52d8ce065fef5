// A guide through one page: a ring around the very control, a card that says what to do with it, and on when it was used.

const { search } = new URL(import.meta.url)
const files = ["../component.js", "../controls.js", "./style.js"]
const [{ element, place }, { button, guardKeys }, { STYLE }] = await Promise.all(files.map((file) => import(file + search)))

const USED_MS = 900 // to see what the hand has done, before the guide goes on
const GAP = 10 // pixels between the ring and the card
const USES = ["pointerup", "change", "keyup"]
const NO_USE = ["Tab", "Shift", "Escape", "Control", "Alt", "Meta"] // keys that only lead past a control

class Tour {
  static waits = 2000 // so that a guide which was left does not come back with what the page was told before

  constructor() {
    this.start = button("Guide", () => (this.at === null ? this.go(0) : this.go(null)), "start")
    this.ring = element("div", "ring")
    this.says = element("p")
    this.says.setAttribute("aria-live", "polite")
    this.count = element("span", "count")
    this.back = button("Back", () => this.go(this.at - 1))
    this.next = button("Next", () => this.go(this.at + 1 < this.steps.length ? this.at + 1 : null), "next")
    const leave = button("×", () => this.go(null), "leave")
    leave.setAttribute("aria-label", "Leave the guide")
    this.card = element("div", "card", leave, this.says, element("div", "row", this.count, this.back, this.next))
    this.card.setAttribute("role", "dialog")
    this.card.setAttribute("aria-label", "Guide")
    this.ring.popover = this.card.popover = "manual"
    this.root = element("div", "tour", this.start, this.ring, this.card)
    this.card.onkeydown = ({ key }) => void (key === "Escape" && this.go(null)) // no false: it would keep keys back
    guardKeys(this.card)
    this.at = null
    this.held = false // the focus is in the card
    this.used = (event) => this.use(event)
    for (const event of USES) document.addEventListener(event, this.used, { capture: true })
  }

  /** `steps`, each with the selector of what it points `at` and what it `says`; `at`, the step of the link or null. */
  update({ page, steps, at }) {
    this.steps = steps
    if (page !== this.page) this.go(at !== null && at < steps.length ? at : null, false)
    this.page = page
    if (this.returns && document.activeElement === document.body) this.start.focus({ preventScroll: true })
  }

  /** To this step, null to leave. */
  go(at, tell = true) {
    clearTimeout(this.later)
    const before = this.at
    this.at = at
    this.start.setAttribute("aria-pressed", String(at !== null))
    if (tell && at !== before) this.send("step", at)
    if (at === null) {
      this.held = false
      for (const part of [this.ring, this.card]) if (part.matches(":popover-open")) part.hidePopover()
      if (before === null || !this.card.contains(this.root.getRootNode().activeElement)) return
      this.start.focus()
      this.returns = true // also when Streamlit takes the button off the page now, and puts it back
      setTimeout(() => (this.returns = false), Tour.waits)
      return
    }
    this.says.textContent = this.steps[at].says
    this.count.textContent = `${at + 1} of ${this.steps.length}`
    this.back.disabled = at === 0
    this.next.textContent = at + 1 < this.steps.length ? "Next" : "Finish"
    this.target = null
    this.held ||= before === null
    this.open()
    this.frame ??= requestAnimationFrame(() => this.follow())
  }

  /** Show ring and card, also when Streamlit has taken them off the page and put them back; with the focus, if it was there. */
  open() {
    if (!this.card.isConnected) return
    const shut = [this.ring, this.card].filter((part) => !part.matches(":popover-open"))
    for (const part of shut) part.showPopover()
    if (shut.length && this.held) this.next.focus({ preventScroll: true })
    this.held = this.card.contains(this.root.getRootNode().activeElement)
  }

  /** Ring and card stay at the target, wherever it goes. */
  follow() {
    this.frame = null
    if (this.at === null) return
    this.open()
    const target = find(this.steps[this.at].at)
    if (target && target !== this.target) reveal(target)
    this.target = target
    const { left, top, width, height } = target?.getBoundingClientRect() ?? { left: 0, top: 0, width: 0, height: 0 }
    Object.assign(this.ring.style, { left: `${left - 4}px`, top: `${top - 4}px`, width: `${width + 8}px`, height: `${height + 8}px` })
    this.ring.hidden = !target
    const { offsetWidth: wide, offsetHeight: tall } = this.card
    const below = top + height + GAP, above = top - GAP - tall
    const y = below + tall <= innerHeight - 8 ? below : above >= 64 ? above : innerHeight - tall - 8
    this.card.style.left = `${Math.max(8, Math.min(left, innerWidth - wide - 8))}px`
    this.card.style.top = `${Math.max(8, y)}px`
    this.frame = requestAnimationFrame(() => this.follow())
  }

  /** A hand has used something: if it was what this step points at, the next one comes. */
  use(event) {
    if (this.at === null || !this.target || !event.composedPath().includes(this.target)) return
    if (event.type === "keyup" && NO_USE.includes(event.key)) return
    clearTimeout(this.later)
    if (this.at + 1 < this.steps.length) this.later = setTimeout(() => this.go(this.at + 1), USED_MS)
  }

  close() {
    clearTimeout(this.later)
    cancelAnimationFrame(this.frame)
    for (const event of USES) document.removeEventListener(event, this.used, { capture: true })
  }
}

/** The first node that is drawn and has this selector, also inside components; the first selector of a list that has one. */
function find(selector) {
  for (const one of selector.split(" | ")) {
    const [first, ...inner] = one.split(" >> ")
    for (const node of document.querySelectorAll(first)) {
      const found = inner.reduce((from, part) => from && within(from, part), node)
      if (found?.getClientRects().length) return found
    }
  }
  return null
}

/** Below a node, through the shadow roots of components. */
function within(node, selector) {
  for (const root of [node, ...[...node.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot).filter(Boolean)]) {
    const found = [...root.querySelectorAll(selector)].find((one) => one.getClientRects().length)
    if (found) return found
  }
  return null
}

/** Into view, if it is not there, with room for the card. */
function reveal(target) {
  const { top, bottom } = target.getBoundingClientRect()
  if (top < 64 || bottom > innerHeight) target.scrollIntoView({ block: bottom - top > innerHeight - 220 ? "start" : "center" })
}

export default place(Tour, STYLE)
