// Two runs in a table: the settings in which they differ, and what each has come to, which follows them.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const STYLE = `
table { width: 100%; border-collapse: collapse; color: var(--st-text-color); font: 14px/1.4 var(--st-font); }
th, td { padding: 4px 0 4px 8px; text-align: right; vertical-align: top; font-variant-numeric: tabular-nums;
  overflow-wrap: break-word; }
th { font-weight: 400; }
th:first-child { padding-left: 0; text-align: left; }
thead th, .title th { font-weight: 600; }
.title th { padding-top: 10px; }
tr { border-bottom: 1px solid var(--st-border-color); }
`

class Versus {
  constructor() {
    this.root = element("table")
  }

  /** heads: what stands above the columns; groups: [title, [[name, ...texts]]] of each part of the table. */
  update({ key, heads, groups }) {
    this.key = key
    this.rows = new Map()
    const head = element("tr", "", element("td"), ...heads.map((text) => cell(text, "col")))
    const parts = groups.map(([title, rows]) => {
      const name = cell(title, "rowgroup")
      name.colSpan = 1 + heads.length
      return element("tbody", "", element("tr", "title", name), ...rows.map((row) => this.row(row)))
    })
    this.root.replaceChildren(element("thead", "", head), ...parts)
  }

  row([name, ...texts]) {
    const cells = texts.map((text) => element("td", "", text))
    this.rows.set(name, cells)
    return element("tr", "", cell(name, "row"), ...cells)
  }

  /** What the runs have come to, by their columns: [name, text] of rows; those that are not in the table are left out. */
  renew({ columns }) {
    for (const [i, texts] of Object.entries(columns))
      for (const [name, text] of texts) {
        const node = this.rows.get(name)?.[i]
        if (node && node.textContent !== text) node.textContent = text
      }
  }

  close() {}
}

function cell(text, scope) {
  return Object.assign(element("th", "", text), { scope })
}

export default place(Versus, STYLE)
