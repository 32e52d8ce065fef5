// A tab in a room of a class. It draws nothing: it keeps who the visitor is, so that a reload changes nothing; a lecturer's
// tab tells its address and how its film plays whenever that has changed, and one that follows goes and plays likewise.

const { element, find, idle, lead, leave, place } = await import("./component.js" + new URL(import.meta.url).search)

const NAME = "wgan-room"
const LOOK_MS = 300 // how often a lecturer's tab looks at its address and its film
const AGAIN_MS = 3000 // after which it is told again, if the server has not taken it

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {}
  } catch {
    return {} // no storage in a frame of another site, or something else in it
  }
}
const write = (known) => {
  try {
    localStorage.setItem(NAME, JSON.stringify(known))
  } catch {} // then a reload is another visitor
}

const root = () => new URL(".", document.baseURI)
const here = () => ({ page: location.pathname.slice(root().pathname.length), query: location.search.slice(1) })
const stage = () => find((piece) => piece.film)

let led = null // the lecturer's film, and when it was as that says

class Room {
  static waits = 2000 // Streamlit may take it off the page and put it back

  root = element("span")
  unlead = lead(() => this.join())

  update({ code, visitor, key, go, heard, film }) {
    const known = read()
    if (code !== this.code) {
      this.code = code
      this.gone = go?.version ?? 0 // where this tab is already
      if (known.code === code && (known.visitor !== visitor || (known.key && !key))) {
        this.send("known", { code, visitor: known.visitor, key: known.key ?? null })
        return (this.code = null) // and again with what it was told
      }
      this.gone = 0
    }
    write({ code, visitor, key })
    this.heard = heard
    clearInterval(this.timer)
    if (key) this.timer = setInterval(() => this.tell(), LOOK_MS)
    if (go && go.version !== this.gone) this.go(go)
    if (film?.number !== led?.number) led = film && { ...film, since: performance.now() - film.age }
    this.join()
  }

  tell() {
    const now = performance.now(), { page, query } = here(), shown = stage(), { place, at } = this.told ?? {}
    const same = place?.page === page && place.query === query && place.film?.name === shown?.film.name
    if (same && !shown?.strays(place.film, now - at) && (this.heard === place.number || now - at < AGAIN_MS)) return
    if (!idle()) return
    this.told = { place: { page, query, film: shown?.film ?? null, number: Date.now() }, at: now }
    this.send("place", this.told.place)
  }

  /** Play the film as the lecturer's does, once for each time that the lecturer has touched it or it begins anew here. */
  join() {
    const shown = led && stage(), name = `${led?.number} ${shown?.begun}`
    if (shown && name !== this.joined && shown.follow(led, performance.now() - led.since)) this.joined = name
  }

  /** As if the visitor had gone back to that address: Streamlit then sets every widget as the address says. */
  go({ page, query, version, first }) {
    this.gone = version
    const to = new URL(page + (query ? "?" + query : ""), root())
    if (first) to.searchParams.set("room_from", `${here().page}?${here().query}`) // one's own, to come back to
    const other = to.pathname !== location.pathname
    if (other) leave()
    history[other ? "pushState" : "replaceState"](null, "", to)
    dispatchEvent(new PopStateEvent("popstate", { state: null }))
  }

  close() {
    clearInterval(this.timer)
    this.unlead()
  }
}

export default place(Room)
