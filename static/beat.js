// Draws nothing: asks for the part of the page that it stands in again and again, in place of Streamlit's own timer. That one
// may ask while a visitor goes to another page; the server then takes the page that was left for the one that is open.

const { element, idle, place, quiet } = await import("./component.js" + new URL(import.meta.url).search)

class Beat {
  root = element("span")

  update({ seconds }) {
    clearInterval(this.timer)
    this.timer = setInterval(() => idle() && quiet() && this.send("at", Date.now()), 1000 * seconds)
  }

  close() {
    clearInterval(this.timer)
  }
}

export default place(Beat)
