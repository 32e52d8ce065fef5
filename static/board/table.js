// The table gamma(x, y): how many boxes are carried from place x to place y.

const { search } = new URL(import.meta.url)
const [{ element }, { count }] = await Promise.all(["../component.js", "./plan.js"].map((file) => import(file + search)))

const heading = (scope, className, text) => Object.assign(element("th", className, text), { scope })
const sum = (have, need) => element("td", have === need ? "sum full" : "sum", `${have}/${need}`)

export class Table {
  root = element("div", "gamma")
  values = {} // by cell, to mark those that change

  /** Draw the plan `placed`; the cell where the `held` box is going is marked. */
  draw({ boxes, slots, p }, placed, held) {
    const [xs, ys] = [[...new Set(boxes)], [...new Set(slots)]]
    const before = this.values
    this.values = {}
    const cell = (x, y) => {
      const value = placed.filter((slot, box) => slot !== null && boxes[box] === x && slots[slot] === y).length
      const node = element("td", value ? "some" : "none", String(value))
      node.style.setProperty("--share", value / Math.min(count(boxes, x), count(slots, y)))
      node.title = `γ(${x}, ${y}) = ${value}: ${value} × |${y} − ${x}|^${p}`
      this.values[[x, y]] = value
      if ([x, y] in before && before[[x, y]] !== value) node.classList.add("changed")
      if (held && boxes[held.box] === x && held.slot !== null && slots[held.slot] === y) node.classList.add("aim")
      return node
    }
    const rows = xs.map((x) => {
      const have = boxes.filter((place, box) => place === x && placed[box] !== null).length
      return element("tr", "", heading("row", "source", x), ...ys.map((y) => cell(x, y)), sum(have, count(boxes, x)))
    })
    const filled = (y) => placed.filter((slot) => slot !== null && slots[slot] === y).length
    const columns = ys.map((y) => sum(filled(y), count(slots, y)))
    const names = ys.map((y) => heading("col", "target", y))
    const all = sum(placed.length - count(placed, null), placed.length)
    this.root.replaceChildren(
      element(
        "table", "",
        element("caption", "", "γ(x, y): boxes carried from place x to place y"),
        element("tr", "", element("th", "corner", "x ↓  y →"), ...names, heading("col", "", "sum")),
        ...rows,
        element("tr", "", heading("row", "", "sum"), ...columns, all),
      ),
    )
  }
}
