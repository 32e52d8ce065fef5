// Numbers of a run that may go on: each with its name, and with what it can be compared; below them a sentence.

const { element, place, tell } = await import("./component.js" + new URL(import.meta.url).search)

const STYLE = `
.numbers { color: var(--st-text-color); font-family: var(--st-font); font-size: 16px; line-height: 1.6; }
dl { display: flex; flex-wrap: wrap; gap: 16px; margin: 0; }
dl > div { flex: 1 1 fit-content; }
dt { font-size: 14px; }
dd { margin: 0; }
.value { font-size: 36px; line-height: 52px; font-variant-numeric: tabular-nums; }
.note { display: inline-block; padding: 2px 8px; border-radius: 12px; font-size: 14px; line-height: 19px; }
.note { background: var(--st-secondary-background-color); }
p { margin: 16px 0 0; }
p:empty { display: none; }
`

class Numbers {
  constructor() {
    this.list = element("dl")
    this.sentence = element("p")
    this.root = element("div", "numbers", this.list, this.sentence)
  }

  update({ key, ...shown }) {
    this.key = key
    this.renew(shown)
  }

  /** readings: [name, value, note] of each; sentence: plain words, of which **some** are bold; without one it stays. */
  renew({ readings, sentence = this.shown }) {
    while (this.list.children.length > readings.length) this.list.lastChild.remove()
    while (this.list.children.length < readings.length)
      this.list.append(element("div", "", element("dt"), element("dd", "value"), element("dd", "note")))
    readings.forEach((texts, i) => texts.forEach((text, j) => tell(this.list.children[i].children[j], text)))
    const words = sentence.split("**").map((part, i) => (i % 2 ? element("strong", "", part) : part))
    if (sentence !== this.shown) this.sentence.replaceChildren(...words)
    this.shown = sentence
  }

  close() {}
}

export default place(Numbers, STYLE)
