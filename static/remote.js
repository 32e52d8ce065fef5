// A presenter's remote control, which has three keys: on, back, and one that blanks the screen of other programs.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const WAYS = { PageDown: "on", PageUp: "back" }
const OF_GUIDE = { on: /^(Next|Finish)$/, back: /^Back$/ }
const PLAYS = [/^(Play|Pause) /, /^(Play|Pause|Start|Continue)/] // a film first, then a run

/** All visible buttons of the page, those inside of components too, in their order. */
function* buttons(root = document) {
  for (const node of root.querySelectorAll("*")) {
    if (node.shadowRoot) yield* buttons(node.shadowRoot)
    else if (node.tagName === "BUTTON" && node.offsetParent && !node.disabled) yield node
  }
}

const name = (node) => node.ariaLabel || node.innerText.trim()
const find = (pattern) => [...buttons()].find((node) => pattern.test(name(node)))

class Remote {
  root = element("span")

  constructor() {
    this.onkey = (event) => this.press(event)
    document.addEventListener("keydown", this.onkey, { capture: true })
  }

  /** Selectors of the links that lead `back` and `on`. */
  update(links) {
    this.links = links
  }

  close() {
    document.removeEventListener("keydown", this.onkey, { capture: true })
  }

  /** On and back lead through an open guide first, then through the lessons. */
  press(event) {
    if (event.composedPath()[0].matches?.("input, textarea")) return
    const way = WAYS[event.key]
    if (way) {
      const guide = [...buttons()].find((node) => node.closest(".card:popover-open") && OF_GUIDE[way].test(name(node)))
      const to = guide ?? document.querySelector(this.links[way])
      to?.click()
    } else if (event.key === ".") (find(PLAYS[0]) ?? find(PLAYS[1]))?.click()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

export default place(Remote)
