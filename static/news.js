// Draws nothing itself: asks again and again for what is new of a run that goes on, and brings it to what is on the page, by
// the keys there. An answer that finds the page drawn anew is left: what stands there is newer.

const { search } = new URL(import.meta.url)
const [{ element, idle, place, renew }, { decode }] = await Promise.all(
  ["./component.js", "./message.js"].map((file) => import(file + search)),
)

class News {
  root = element("span")

  update({ look, every }) {
    if (this.look === look) return
    this.look = look
    this.pace(every)
  }

  /** From now on it is asked every so many seconds, where the page is seen and nothing of it runs. */
  pace(every) {
    if (this.every === every) return
    this.every = every
    clearInterval(this.timer)
    this.timer = setInterval(() => this.asks || document.hidden || !idle() || this.ask(), 1000 * every)
  }

  async ask() {
    const { look } = this
    this.asks = true
    const [status, bytes] = await fetch(new URL(`app/news/${look}`, document.baseURI))
      .then(async (answer) => [answer.status, new Uint8Array(await answer.arrayBuffer())])
      .catch(() => []) // the server is away, which the page says itself
    this.asks = false
    if (look === this.look && idle()) this.take(status, bytes)
  }

  take(status, bytes) {
    if (status === 200) {
      const { header, groups } = decode(bytes)
      this.pace(header.every)
      Object.entries(header.news).forEach(([key, news], i) => renew(key, news, groups[i]))
    } else if (status === 205 || status === 404) this.send("changed", Date.now()) // the page itself has more to tell
  }

  close() {
    this.look = undefined
    clearInterval(this.timer)
  }
}

export default place(News)
