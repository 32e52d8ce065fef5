// A pile's handle: its name above it, a slider for the keyboard. It knows how far the pile can go.

const { element } = await import("../component.js" + new URL(import.meta.url).search)

const STEP = 0.25 // units of x, for an arrow key
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -4, PageUp: 4, Home: -1e9, End: 1e9 }

const clamp = (value, low, high) => Math.min(Math.max(value, low), high)

export class Grip {
  /** `moved()` is called after a key has moved the pile. */
  constructor(name, className, moved) {
    this.words = element("span")
    this.root = element("div", `grip ${className}`, element("b", "", `↔ ${name}`), this.words)
    this.root.tabIndex = 0
    this.root.setAttribute("role", "slider")
    this.root.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in STEPS)) return
      event.preventDefault()
      this.put(this.at + STEP * STEPS[event.key])
      moved()
    }
  }

  /** A pile that stands at `at` and stays between `low` and `high`. */
  take({ label, at }, [low, high]) {
    this.limits = [low, high]
    this.words.textContent = ` ${label}`
    this.root.setAttribute("aria-label", `${this.root.firstChild.textContent.slice(2)}, ${label}: place on x`)
    this.root.setAttribute("aria-valuemin", low.toFixed(2))
    this.root.setAttribute("aria-valuemax", high.toFixed(2))
    this.put(at)
  }

  put(at) {
    this.at = clamp(at, ...this.limits)
    this.root.setAttribute("aria-valuenow", this.at.toFixed(2))
  }

  tell(costs) {
    this.root.setAttribute("aria-valuetext", `${this.at.toFixed(2)}. ${costs}`)
  }
}
