"""What all components share: one view for each place on the page, which waits a moment for its place to come back."""

import re
from base64 import b64encode

import pytest

from wgan_demo.plots.message import encode

VISITS = """async ({ waits, key, pause }) => {
  const { element, place } = await import(new URL("app/static/component.js", document.baseURI).href)
  const closed = []
  class View {
    static waits = waits
    root = element("p", "view")
    update(data) { this.root.textContent = data }
    close() { closed.push(this.root.textContent) }
  }
  const show = place(View, "p { color: red; }")
  const visit = (data, key) => {
    const parentElement = document.body.appendChild(element("div"))
    const leave = show({ data, key, parentElement, setStateValue() {} })
    return { node: parentElement.querySelector("p"), leave: () => (leave(), parentElement.remove()) }
  }
  const first = visit("first", "a")
  first.leave()
  await new Promise((resolve) => setTimeout(resolve, pause))
  const second = visit("second", key)
  const during = [...closed]
  await new Promise((resolve) => setTimeout(resolve, 400))
  const found = { same: first.node === second.node, text: second.node.textContent, during, after: [...closed] }
  second.leave()
  return found
}"""


@pytest.mark.parametrize(
    ("waits", "key", "pause", "same", "during"),
    [
        (200, "a", 0, True, []),  # put back at once
        (200, "a", 350, False, ["first"]),  # too late
        (200, "b", 0, False, []),  # another element
        (None, "a", 0, False, ["first"]),  # a kind that does not wait
    ],
)
def test_a_view_that_is_put_back_at_once_is_the_same_one(open_page, waits, key, pause, same, during):
    found = open_page("").evaluate(VISITS, {"waits": waits, "key": key, "pause": pause})
    after = [] if same else ["first"]
    assert found == {"same": same, "text": "second", "during": during, "after": after}


BOARD = """async ({ default: show }) => {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const data = {
    problem: "1 2 to 5 6", boxes: [1, 2], slots: [5, 6], p: 1, unit: "box-steps",
    plan: "--", rev: 0, optimum: "AB", revealed: false,
  }
  const visit = () => {
    const parentElement = document.body.appendChild(document.createElement("div"))
    const leave = show({ data, key: "board", parentElement, setStateValue() {} })
    return { at: (kind) => parentElement.querySelector(kind), leave: () => (leave(), parentElement.remove()) }
  }
  const first = visit()
  await drawn()
  for (const key of ["ArrowRight", "Enter"]) first.at("button.box").dispatchEvent(new KeyboardEvent("keydown", { key }))
  first.leave()
  const second = visit()
  await drawn()
  const undo = [...second.at(".bar").querySelectorAll("button")].find(({ textContent }) => textContent.includes("Undo"))
  const found = [second.at("button.box").getAttribute("aria-label"), undo.disabled]
  undo.click()
  found.push(second.at("button.box").getAttribute("aria-label"))
  second.leave()
  return found
}"""


def test_a_board_that_is_put_back_keeps_what_the_hand_has_done_and_its_undo(call):
    """Python has not heard of it yet."""
    after, disabled, undone = call("board/board.js", BOARD)
    assert ("in slot A" in after, disabled, "on its pile" in undone) == (True, False, True)


NEWS = """async ({ default: show }, [message, status, meanwhile]) => {
  const { element, place } = await import(new URL("app/static/component.js", document.baseURI).href)
  const app = document.body.appendChild(element("div"))
  Object.assign(app.dataset, { testid: "stApp", testScriptState: "notRunning", testConnectionState: "CONNECTED" })
  class Piece {
    root = element("p")
    update({ key, text }) { Object.assign(this, { key }).renew(text) }
    renew(text) { this.root.textContent = text }
    close() {}
  }
  const draw = place(Piece), [parentElement, corner] = [element("div"), element("div")]
  const leave = draw({ data: { key: "piece", text: "drawn" }, parentElement, setStateValue() {} })
  const asked = [], told = [], { fetch } = window
  let answer
  window.fetch = (url) => (asked.push(url.pathname), new Promise((resolve) => (answer = resolve)))
  const offer = (look, every) =>
    show({ data: { look, every }, parentElement: corner, setStateValue: (...given) => told.push(given[0]) })
  const until = async (condition) => { while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10)) }
  let close = offer("first", 0.02)
  await until(() => asked.length)
  const before = { runs: () => (app.dataset.testScriptState = "running"), anew: () => (close = offer("second", 0.02)) }
  before[meanwhile]?.()
  const bytes = Uint8Array.from(atob(message), (letter) => letter.charCodeAt(0))
  answer(new Response(status === 200 ? bytes : null, { status }))
  app.dataset.testScriptState = meanwhile === "runs" ? "running" : "notRunning"
  await new Promise((resolve) => setTimeout(resolve, 200)) // ten times as long as from one to the next
  const text = parentElement.querySelector("p").textContent
  const found = { text, told, asked: asked.map((path) => path.split("/").pop()) }
  close()
  leave()
  app.remove()
  window.fetch = fetch
  return found
}"""


@pytest.mark.parametrize(
    ("status", "meanwhile", "text", "told", "asked"),
    [
        (200, "", "new", [], ["first"]),  # and from then on every minute, as the answer says
        (200, "runs", "drawn", [], ["first"]),  # and nothing is asked while the page runs
        (200, "anew", "drawn", [], ["first", "second"]),  # what stands there is newer than the answer
        (205, "", "drawn", ["changed"], ["first", "first"]),
        (404, "", "drawn", ["changed"], ["first", "first"]),
        (500, "", "drawn", [], ["first", "first"]),
    ],
)
def test_news_is_asked_for_and_brought_to_what_is_still_on_the_page(call, status, meanwhile, text, told, asked):
    message = b64encode(encode({"every": 60, "news": {"piece": "new"}}, [{}])).decode()
    found = call("news.js", NEWS, [message, status, meanwhile])
    assert found == {"text": text, "told": told, "asked": asked}


@pytest.mark.parametrize("path", ["moving_boxes", "duality", "training?tr_at=100", "training?tr_data=Drawn+by+you"])
def test_each_module_is_fetched_once_and_all_have_one_version(open_page, path):
    addresses = open_page(path).evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    modules = [address for address in addresses if re.search(r"app/static/(?!plotly|font)", address)]
    assert len(modules) > 3
    assert len(set(modules)) == len(modules)
    assert len({address.partition("?v=")[2] for address in modules}) == 1
