// Draws nothing itself: it brings what is new of a run that goes on to what is on the page already, by the keys there.

const { search } = new URL(import.meta.url)
const [{ element, place, renew }, { decode }] = await Promise.all(
  ["./component.js", "./message.js"].map((file) => import(file + search)),
)

let brought // the bytes that came last

/** These bytes have been brought: Streamlit gives them once more while it draws the page anew, and what it has drawn by
 * then is newer.
 */
const stale = (bytes) => bytes.length === brought?.length && bytes.every((value, i) => value === brought[i])

class News {
  constructor() {
    this.root = element("span")
  }

  update(bytes) {
    if (stale(bytes)) return
    brought = bytes.slice()
    const { header, groups } = decode(bytes)
    Object.entries(header.news).forEach(([key, news], i) => renew(key, news, groups[i]))
  }

  close() {}
}

export default place(News)
