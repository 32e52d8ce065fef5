// Draws nothing: asks for the part of the page that it stands in again and again, in place of Streamlit's own timer. That one
// may ask while a visitor goes to another page; the server then takes the page that was left for the one that is open.

const { element, idle, place } = await import("./component.js" + new URL(import.meta.url).search)

const AGAIN_MS = 600 // after which it is tried again, where the page was busy: no multiple of what keeps it so

class Beat {
  root = element("span")

  update({ seconds }) {
    this.every = 1000 * seconds
    this.wait(this.every)
  }

  wait(ms) {
    clearInterval(this.timer)
    this.timer = setInterval(() => this.ask(), ms)
  }

  ask() {
    const free = idle()
    if (free) this.send("at", Date.now())
    this.wait(free ? this.every : AGAIN_MS)
  }

  close() {
    clearInterval(this.timer)
  }
}

export default place(Beat)
