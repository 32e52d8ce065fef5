// What hands meet in several components: buttons, a line that says what happened, keys that stay where they are pressed.

const { element } = await import("./component.js" + new URL(import.meta.url).search)

/** The visitor's wish that nothing moves by itself: calm.matches. */
export const calm = matchMedia("(prefers-reduced-motion: reduce)")

/** Who touches has no keys: touch.matches. */
export const touch = matchMedia("(pointer: coarse)")

export function button(label, action, className = "") {
  const node = element("button", className, label)
  node.type = "button"
  node.onclick = action
  return node
}

/** A line that screen readers read out whenever its text changes. */
export function status(tag) {
  const node = element(tag, "status")
  node.setAttribute("aria-live", "polite")
  return node
}

/** Keys pressed in `root` reach no hotkey of the app, such as R and C: all but Tab, or those that are its `own`. */
export function guardKeys(root, own = (event) => event.key !== "Tab") {
  root.addEventListener("keydown", (event) => own(event) && event.stopPropagation())
}

/** Buttons in a row below a component, whose style sheet says what --ink and --line are. */
export const BAR = `
.bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.bar button { font: 500 15px var(--st-font); color: var(--ink); background: var(--st-background-color); cursor: pointer;
  border: 1px solid var(--line); border-radius: var(--st-base-radius, 8px); padding: 0 14px; min-height: 40px; }
.bar button:hover:enabled, .bar button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color);
  outline: none; }
.bar button:disabled { opacity: .4; cursor: default; }
`
