// What all components share. A module imports it under its own ?v=, so that no browser mixes the files of two versions:
// const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

export const element = (tag, className = "", ...children) => {
  const node = document.createElement(tag)
  node.className = className
  node.append(...children)
  return node
}

const told = new WeakMap() // what nodes have been told, as it was given

/** This text in the node, unless it stands there; [a word](#word-name) in it opens an entry of the glossary. */
export function tell(node, text) {
  if (told.get(node) === text) return
  told.set(node, text)
  const parts = text.split(/\[([^\]]*)\]\((#word-[\w-]+)\)/)
  node.replaceChildren(parts.shift())
  while (parts.length) {
    const [shown, href, rest] = parts.splice(0, 3)
    node.append(Object.assign(element("a", "", shown), { href }), rest)
  }
}

const WORDS = `
a[href^="#word-"] { color: inherit; text-decoration: underline dotted 1.5px; text-underline-offset: 3px; cursor: help; }
a[href^="#word-"]:is(:hover, :focus-visible) { text-decoration-style: solid; }
`
const pieces = new Map() // what is on the page and has a key, by that key

/** The piece of the page that has this key, if there is one. */
export const piece = (key) => pieces.get(key)

/** The first piece of the page of which `wanted(piece)` holds. */
export const find = (wanted) => [...pieces.values()].find(wanted)

const LEAVES_MS = 3000 // that the way to another page may take, at most

let leaves = { at: -Infinity, from: "" } // when a link was followed, and on which page

/** Another page is on its way from now on. */
export const leave = (from = "") => (leaves = { at: performance.now(), from })

addEventListener("click", ({ target }) => target.closest?.("a[href]") && leave(location.pathname), { capture: true })

/** The page is connected, nothing of it runs, and no other one is on its way: what is asked of a page that was left may
 * be drawn where it has no place any more. */
export function idle() {
  const there = leaves.from && leaves.from !== location.pathname
  if (!there && performance.now() - leaves.at < LEAVES_MS) return false
  const { testScriptState, testConnectionState } = document.querySelector("[data-testid=stApp]")?.dataset ?? {}
  return testScriptState === "notRunning" && testConnectionState === "CONNECTED"
}

/** Both hold the same numbers: a piece is given its message once more when only the theme or the page around it changed. */
export const same = (one, other) => one?.length === other.length && one.every((value, i) => value === other[i])

const leaders = new Set() // what other pieces follow

/** From now on `follow(key)` is called for each piece that Python has drawn; returns how that ends. */
export function lead(follow) {
  leaders.add(follow)
  return () => leaders.delete(follow)
}

/** Bring what is new to the piece of the page that has this key; without one nothing happens. */
export function renew(key, ...news) {
  pieces.get(key)?.renew(...news)
}

/**
 * A component's default export: one `Kind` for each place on the page, for as long as it is there.
 *
 * A Kind builds its node `root` when it is made, shows what a message brings in `update(data)`, ends what is under way in
 * `close()`, and tells Python by `this.send(name, value)`. One that gives itself a `key` can be renewed under it. On a busy computer Streamlit now and then takes an element
 * off the page in the middle of a run and puts it back at once: with `Kind.waits`, in milliseconds, it is kept for that.
 */
export function place(Kind, css = "") {
  const shown = new WeakMap()
  const waiting = new Map()

  const arrive = (key) => {
    const view = waiting.get(key) ?? new Kind()
    view.box ??= element("div", "", element("style", "", WORDS + css), view.root)
    clearTimeout(view.leaving)
    waiting.delete(key)
    return view
  }

  const leave = (key, view) => {
    view.box.remove()
    waiting.set(key, view)
    view.leaving = setTimeout(() => {
      if (waiting.get(key) === view) waiting.delete(key)
      view.close()
    }, Kind.waits)
  }

  return ({ data, key, parentElement, setStateValue }) => {
    if (!shown.has(parentElement)) {
      const view = arrive(key)
      parentElement.append(view.box)
      shown.set(parentElement, view)
    }
    const view = shown.get(parentElement)
    view.send = setStateValue
    view.update(data)
    if (typeof view.key === "string") {
      pieces.set(view.key, view)
      for (const follow of leaders) follow(view.key)
    }
    return () => {
      shown.delete(parentElement)
      if (pieces.get(view.key) === view) pieces.delete(view.key)
      if (Kind.waits) leave(key, view)
      else {
        view.close()
        view.box.remove()
      }
    }
  }
}
