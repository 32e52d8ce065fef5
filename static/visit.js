// A visit to the course: the tab's name is kept over a reload, so that its runs are found again; and to look at something
// else is a step of the browser's history, so that Back leads to what was seen before.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const NAME = "wgan-tab"
const SEEN = /_(view|look|preset|pair)$/ // parameters of the link that say what is looked at

const seen = (url) => String([...url.searchParams].filter(([name]) => SEEN.test(name)).sort())

/** What the tab is called, as its browser knows it. */
function known() {
  try {
    return sessionStorage.getItem(NAME)
  } catch {
    return null // in a frame of another site there may be no storage: a reload is then another tab
  }
}

function remember(name) {
  try {
    sessionStorage.setItem(NAME, name)
  } catch {} // as above
}

// Streamlit writes a widget's value into the address in place of what stood there.
const replace = history.replaceState.bind(history)
history.replaceState = (state, title, url) => {
  const to = new URL(url ?? location.href, location.href), here = new URL(location.href)
  const step = to.pathname === here.pathname && seen(to) !== seen(here)
  step ? history.pushState(state, title, url) : replace(state, title, url)
}

class Visit {
  root = element("span")

  /** The tab's name in this session, and the one that has been `asked` for: the server gives that back, unless it is not
   * free. Until then it stays known, as the page may be loaded anew meanwhile. */
  update({ name, asked }) {
    const before = known()
    if (before && before !== name && before !== asked) this.send("before", { name: before, at: Date.now() })
    else remember(name)
  }

  close() {}
}

export default place(Visit)
