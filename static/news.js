// Draws nothing itself: it brings what is new of a run that goes on to what is on the page already, by the keys there.

const { search } = new URL(import.meta.url)
const [{ element, place, renew, same }, { decode }] = await Promise.all(
  ["./component.js", "./message.js"].map((file) => import(file + search)),
)

let brought // the bytes that came last: what the page has drawn since is newer

class News {
  constructor() {
    this.root = element("span")
  }

  update(bytes) {
    if (same(brought, bytes)) return
    brought = bytes.slice()
    const { header, groups } = decode(bytes)
    Object.entries(header.news).forEach(([key, news], i) => renew(key, news, groups[i]))
  }

  close() {}
}

export default place(News)
