// What each plan costs, side by side, with a bar as long as its cost that fills up while the sand walks along it.

const { search } = new URL(import.meta.url)
const [{ element }, { button }] = await Promise.all(
  ["../component.js", "../controls.js"].map((file) => import(file + search)),
)

export const number = (value) => value.toFixed(2)

export class Score {
  /** One tile for each of the `names` of plans; `choose(plan)` is called, by number, when one is pressed. */
  constructor(names, choose) {
    this.tiles = names.map((name, plan) => {
      const tile = button("", () => choose(plan), "tile")
      tile.cost = element("b")
      tile.fill = element("span", "fill")
      tile.track = element("span", "track", tile.fill)
      tile.soFar = element("span", "so-far")
      tile.soFar.setAttribute("aria-hidden", "true") // it changes at every frame
      tile.append(
        element("span", "label", name), element("span", "cost", tile.cost, " units of x"), tile.track, tile.soFar,
      )
      return tile
    })
    this.root = element("div", "score", ...this.tiles)
    this.root.setAttribute("role", "group")
    this.root.setAttribute("aria-label", "Plans: how far a grain walks on average")
  }

  take(costs) {
    this.costs = costs
    const most = Math.max(...costs)
    this.tiles.forEach((tile, plan) => {
      tile.cost.textContent = number(costs[plan])
      tile.track.style.width = `${(100 * costs[plan]) / most}%`
    })
  }

  /** The sand has gone the share t of its way along this plan. */
  show(plan, t) {
    this.tiles.forEach((tile, other) => {
      const on = other === plan
      tile.setAttribute("aria-pressed", on)
      tile.fill.style.transform = `scaleX(${on ? t : 0})`
      tile.soFar.textContent = on ? `${number(t * this.costs[plan])} so far` : ""
    })
  }
}
