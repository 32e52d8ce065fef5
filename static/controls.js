// What hands meet in several components: a button, keys that stay where they are pressed, and calm.

const { element } = await import("./component.js" + new URL(import.meta.url).search)

/** The visitor's wish that nothing moves by itself: calm.matches. */
export const calm = matchMedia("(prefers-reduced-motion: reduce)")

export function button(label, action, className = "") {
  const node = element("button", className, label)
  node.type = "button"
  node.onclick = action
  return node
}

/** Keys pressed in `root` reach no hotkey of the app, such as R and C: all but Tab, or those that are its `own`. */
export function guardKeys(root, own = (event) => event.key !== "Tab") {
  root.addEventListener("keydown", (event) => own(event) && event.stopPropagation())
}
