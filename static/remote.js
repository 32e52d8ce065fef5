// A presenter's remote control, which has three keys: on, back, and one that blanks the screen of other programs.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const WAYS = { PageDown: 1, PageUp: -1 }
const PLAYS = /^(play|pause|start|continue)/i

/** All visible buttons of the page, those inside of components too, in their order. */
function* buttons(root = document) {
  for (const node of root.querySelectorAll("*")) {
    if (node.shadowRoot) yield* buttons(node.shadowRoot)
    else if (node.tagName === "BUTTON" && node.offsetParent && !node.disabled) yield node
  }
}

const named = (pattern) => [...buttons()].find((node) => pattern.test(node.ariaLabel || node.textContent.trim()))

class Remote {
  root = element("span")

  constructor() {
    this.onkey = (event) => this.press(event)
    document.addEventListener("keydown", this.onkey, { capture: true })
  }

  update() {}

  close() {
    document.removeEventListener("keydown", this.onkey, { capture: true })
  }

  /** On and back lead through an open guide first, then through the lessons. */
  press(event) {
    if (event.composedPath()[0].matches?.("input, textarea")) return
    const way = WAYS[event.key]
    if (way) {
      const guide = [...buttons()].find((node) => node.closest(".card:popover-open") && node.textContent.trim() === (way > 0 ? "Next" : "Back"))
      guide ? guide.click() : this.send("way", [way, performance.now()]) // the time: it may be pressed again
    } else if (event.key === ".") named(PLAYS)?.click()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

export default place(Remote)
