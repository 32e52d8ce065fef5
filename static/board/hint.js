// The first box shows the way to a slot until somebody touches the board.

const { search } = new URL(import.meta.url)
const [{ element }, { calm }] = await Promise.all(["../component.js", "../controls.js"].map((file) => import(file + search)))

const TIMING = { duration: 4200, iterations: 20, easing: "ease-in-out" }

export class Hint {
  words = element("span", "", "drag me")
  root = element("div", "hint", element("div", "box", "1"), this.words)

  /** Begin anew in this layout. */
  show({ home: [from], seat: [to], between, width }) {
    this.stop()
    const at = ({ x, y }) => `translate(${x}px, ${y}px)`
    this.root.style.transform = at(from)
    if (calm.matches) return
    const [below, above] = [from, to].map(({ x }) => at({ x, y: between }))
    this.root.animate(
      [
        { transform: at(from), opacity: 0 },
        { transform: at(from), opacity: 0.9, offset: 0.08 },
        { transform: below, opacity: 0.9, offset: 0.2 },
        { transform: below, opacity: 0.9, offset: 0.35 },
        { transform: above, opacity: 0.9, offset: 0.6 },
        { transform: at(to), opacity: 0.9, offset: 0.7, easing: "ease-out" },
        { transform: at(to), opacity: 0, offset: 0.85 },
        { transform: at(to), opacity: 0 },
      ],
      TIMING,
    )
    // The words stand beside the box only while it is between the lines, on the side where there is room.
    this.root.classList.toggle("right", from.x > width / 2)
    const seen = [[0, 0], [0.2, 0], [0.23, 1], [0.4, 1], [0.45, 0], [1, 0]]
    this.words.animate(seen.map(([offset, opacity]) => ({ offset, opacity })), TIMING)
  }

  hide(gone) {
    this.root.classList.toggle("gone", gone)
    if (gone) this.stop()
  }

  stop() {
    this.root.getAnimations({ subtree: true }).forEach((animation) => animation.cancel())
  }
}
