// A tab in a room of a class. It draws nothing: it keeps who the visitor is, so that a reload changes nothing; a lecturer's
// tab tells its address whenever that has changed, and one that follows goes where the lecturer is.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const NAME = "wgan-room"
const LOOK_MS = 300 // how often a lecturer's tab looks at its address

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

class Room {
  static waits = 2000 // Streamlit may take it off the page and put it back

  root = element("span")

  update({ code, visitor, key, go }) {
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
    clearInterval(this.timer)
    if (key) this.timer = setInterval(() => this.tell(), LOOK_MS)
    if (go && go.version !== this.gone) this.go(go)
  }

  tell() {
    const now = JSON.stringify(here())
    if (now === this.told || !document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")) return
    this.told = now
    this.send("place", here())
  }

  /** As if the visitor had gone back to that address: Streamlit then sets every widget as the address says. */
  go({ page, query, version, first }) {
    this.gone = version
    const to = new URL(page + (query ? "?" + query : ""), root())
    if (first) to.searchParams.set("room_from", `${here().page}?${here().query}`) // one's own, to come back to
    const other = to.pathname !== location.pathname
    history[other ? "pushState" : "replaceState"](null, "", to)
    dispatchEvent(new PopStateEvent("popstate", { state: null }))
  }

  close() {
    clearInterval(this.timer)
  }
}

export default place(Room)
