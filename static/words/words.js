// Words that explain themselves: a link to #word-<name>, anywhere on the page, opens its entry of the glossary when it is
// hovered, tapped or focused.

const { search } = new URL(import.meta.url)
const [{ element, place }, { STYLE }] = await Promise.all(["../component.js", "./style.js"].map((file) => import(file + search)))
const GLOSSARY = await (await fetch(new URL("./glossary.json" + search, import.meta.url))).json()

const MARK = "#word-"
const HOVER_MS = 120 // so that a pointer which only passes by opens nothing
const GAP = 6 // pixels between a word and its card

class Words {
  constructor() {
    this.card = element("div", "card")
    this.card.popover = "manual"
    this.card.setAttribute("role", "tooltip")
    this.root = element("div", "", this.card)
    const on = { pointerover: "over", pointerout: "out", focusin: "focus", focusout: "out", click: "click", keydown: "key", scroll: "place" }
    this.heard = Object.entries(on).map(([event, name]) => [event, (happened) => this[name](happened)])
    for (const [event, hear] of this.heard) document.addEventListener(event, hear, { capture: true })
  }

  /** The page that is open, and the titles of the lessons by their pages. */
  update({ page, lessons }) {
    this.page = page
    this.lessons = lessons
  }

  over(event) {
    if (event.composedPath().includes(this.card)) return clearTimeout(this.later)
    const word = wordOf(event)
    if (word && event.pointerType === "mouse") this.soon(() => this.show(word))
  }

  out(event) {
    const to = event.relatedTarget
    if (this.word && (wordOf(event) || event.composedPath().includes(this.card)) && !this.card.contains(to)) this.soon(() => this.hide())
    else if (wordOf(event)) clearTimeout(this.later)
  }

  focus(event) {
    const word = wordOf(event)
    if (!word) return
    word.setAttribute("aria-description", GLOSSARY[nameOf(word)]?.says ?? "")
    if (word.matches(":focus-visible")) this.show(word)
  }

  click(event) {
    const word = wordOf(event)
    if (word) {
      event.preventDefault() // it is no address
      event.stopPropagation()
      this.word === word && !word.matches(":hover") ? this.hide() : this.show(word)
    } else if (!event.composedPath().includes(this.card)) this.hide()
  }

  key(event) {
    if (event.key === "Escape" && this.word) this.hide()
  }

  soon(what) {
    clearTimeout(this.later)
    this.later = setTimeout(what, HOVER_MS)
  }

  show(word) {
    clearTimeout(this.later)
    const entry = GLOSSARY[nameOf(word)]
    if (!entry) return
    this.word = word
    const parts = [element("strong", "", entry.term), element("p", "", entry.says), element("code", "", entry.formula)]
    if (entry.taught !== this.page) parts.push(element("p", "taught", `More of it in “${this.lessons[entry.taught]}”.`))
    this.card.replaceChildren(...parts)
    this.card.showPopover()
    this.place()
  }

  /** The card at its word, which may have been scrolled. */
  place() {
    if (!this.word) return
    const { left, top, bottom } = this.word.getBoundingClientRect(), { offsetWidth: width, offsetHeight: height } = this.card
    const fits = bottom + GAP + height <= innerHeight || top < height + GAP
    this.card.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
    this.card.style.top = `${fits ? bottom + GAP : top - GAP - height}px`
  }

  hide() {
    clearTimeout(this.later)
    this.word = null
    if (this.card.matches(":popover-open")) this.card.hidePopover()
  }

  close() {
    clearTimeout(this.later)
    for (const [event, hear] of this.heard) document.removeEventListener(event, hear, { capture: true })
  }
}

/** The word that an event is about, also inside a component. */
function wordOf(event) {
  return event.composedPath().find((node) => node.getAttribute?.("href")?.includes(MARK))
}

const nameOf = (word) => word.getAttribute("href").split(MARK)[1]

export default place(Words, STYLE)
