// A visit to the course: the tab's name is kept over a reload, so that its runs are found again; and to look at something
// else is a step of the browser's history, so that Back leads to what was seen before.

const { element, place } = await import("./component.js" + new URL(import.meta.url).search)

const NAME = "wgan-tab"
const SEEN = /_(view|look|preset|pair)$/ // parameters of the link that say what is looked at

const seen = (url) => String([...url.searchParams].filter(([name]) => SEEN.test(name)).sort())

/** What the tab was called before; now it is called `name`. */
function remembered(name) {
  try {
    const before = sessionStorage.getItem(NAME)
    sessionStorage.setItem(NAME, name)
    return before
  } catch {
    return null // in a frame of another site there may be no storage: a reload is then another tab
  }
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

  /** The tab's name in this session; what it was called before is told once. */
  update({ name }) {
    const before = remembered(name)
    if (before && before !== name) this.send("before", before)
  }

  close() {}
}

export default place(Visit)
