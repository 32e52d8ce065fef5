// Draws nothing itself: it brings what is new of a run that goes on to what is on the page already, by the keys there.

const { search } = new URL(import.meta.url)
const [{ element, place, renew }, { decode }] = await Promise.all(
  ["./component.js", "./message.js"].map((file) => import(file + search)),
)

class News {
  constructor() {
    this.root = element("span")
  }

  update(bytes) {
    const { header, groups } = decode(bytes)
    Object.entries(header.news).forEach(([key, news], i) => renew(key, news, groups[i]))
  }

  close() {}
}

export default place(News)
