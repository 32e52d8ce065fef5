// Links that lie over words of the glossary in a picture, whose own texts are drawn and cannot take the focus.

const { element } = await import("../component.js" + new URL(import.meta.url).search)

export class Over {
  /** `root` holds the picture, and its place is the one that positions count from. */
  constructor(root) {
    this.layer = element("div")
    this.layer.style.cssText = "position: absolute; inset: 0; pointer-events: none"
    root.append(this.layer)
    this.links = new Map() // by the names of their entries: one that has the focus must stay
  }

  /** A link over the first place where each of the `words`, entries' names by what is written, stands in these nodes. */
  place(nodes, words) {
    const texts = [...nodes].flatMap(writings), free = texts.map(({ data }) => data)
    const { left, top } = this.layer.getBoundingClientRect()
    const gone = new Set(this.links.keys())
    for (const [shown, name] of Object.entries(words).sort(([one], [other]) => other.length - one.length)) {
      const i = free.findIndex((text) => text.includes(shown))
      if (i < 0) continue
      const text = texts[i], at = free[i].indexOf(shown)
      free[i] = free[i].replace(shown, " ".repeat(shown.length)) // a shorter word lies beside it, not in it
      gone.delete(name)
      const range = document.createRange()
      range.setStart(text, at)
      range.setEnd(text, at + shown.length)
      const box = range.getBoundingClientRect(), edge = box.height > box.width && shown.length > 2 ? "right" : "bottom"
      const link = this.links.get(name) ?? element("a")
      link.href = "#word-" + name
      link.setAttribute("aria-label", shown)
      link.style.cssText = `position: absolute; pointer-events: auto; left: ${box.left - left}px; top: ${box.top - top}px; ` +
        `width: ${box.width}px; height: ${box.height}px; border-${edge}: 1.5px dotted`
      if (!this.links.has(name)) this.layer.append(link)
      this.links.set(name, link)
    }
    for (const name of gone) {
      this.links.get(name).remove()
      this.links.delete(name)
    }
  }
}

/** The pieces of text in a node, in their order. */
function writings(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  return texts
}
