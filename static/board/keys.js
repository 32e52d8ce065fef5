// The same by keys: arrows, letters or digits aim a box at a slot, Enter places it, Escape takes it back.

const { search } = new URL(import.meta.url)
const [{ LETTERS, boxIn, step }, { number }] = await Promise.all(
  ["./plan.js", "./words.js"].map((file) => import(file + search)),
)

const TURNS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** What a key does that is pressed on a box. */
export function press(event, box, board) {
  const { hand, state: { placed }, data: { slots } } = board
  if (event.ctrlKey || event.metaKey || event.altKey || hand.held?.drag) return
  const aim = hand.held?.box === box ? hand.held.slot : null
  const n = slots.length
  const firstFree = () => (placed.includes(null) ? slots.findIndex((place, slot) => boxIn(placed, slot) === null) : 0)
  const letter = event.key.length === 1 ? LETTERS.indexOf(event.key.toUpperCase()) : -1
  const digit = /^[0-9]$/.test(event.key) ? (Number(event.key) + 9) % 10 : -1 // 1 is slot A, 0 the tenth
  const turn = TURNS[event.key]
  if (turn) {
    const from = aim ?? placed[box]
    aimAt(board, box, from === null ? firstFree() : (from + turn + n) % n)
  } else if (letter >= 0 && letter < n) aimAt(board, box, letter)
  else if (digit >= 0 && digit < n) aimAt(board, box, digit)
  else if (event.key === "Enter" || event.key === " ") {
    if (aim === null) aimAt(board, box, placed[box] ?? firstFree())
    else board.put(box, aim)
  } else if (event.key === "Escape" && hand.held) {
    hand.letGo()
    board.say(`Box ${box + 1} stays where it is.`)
  } else if (["Escape", "Backspace", "Delete"].includes(event.key)) board.put(box, null)
  else return
  event.preventDefault()
}

function aimAt(board, box, slot) {
  board.touch()
  board.hand.held = { box, slot, how: "keys" }
  board.render()
  const other = boxIn(board.state.placed, slot)
  const filled = other === null || other === box ? "" : `, where box ${other + 1} is: they would swap`
  const where = `slot ${LETTERS[slot]} at place ${board.data.slots[slot]}${filled}`
  const cost = number(step(board.data, box, slot))
  board.say(`Box ${box + 1} to ${where}. It would cost ${cost}. Enter places it, Escape does not.`)
}
