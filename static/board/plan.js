// Where the boxes are: a plan lists the slot of each box, or null. Moves are (state, ...) -> state: `placed`, the plan;
// `moves`, how many the hand has made since the board was empty, null where that is not known; `past`, for undo.

export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/** A plan from its text, one letter for the slot of each box ("AC-B"), and back. */
export const parse = (text) => [...text].map((letter) => (letter === "-" ? null : LETTERS.indexOf(letter)))
export const text = (placed) => placed.map((slot) => (slot === null ? "-" : LETTERS[slot])).join("")

export const count = (values, value) => values.filter((other) => other === value).length

/** The box in a slot, or null. */
export function boxIn(placed, slot) {
  const box = placed.indexOf(slot)
  return box < 0 ? null : box
}

/** What a box in a slot costs, and all boxes together, for places `boxes` and `slots` and the exponent p. */
export const step = ({ boxes, slots, p }, box, slot) => Math.abs(slots[slot] - boxes[box]) ** p
export const cost = (problem, placed) =>
  placed.reduce((sum, slot, box) => (slot === null ? sum : sum + step(problem, box, slot)), 0)

export const begin = (placed) => ({ placed, moves: placed.every((slot) => slot === null) ? 0 : null, past: [] })

const next = ({ placed, moves, past }, to) => ({ ...to, past: [...past, { placed, moves }] })
const oneMore = ({ moves }) => (moves === null ? null : moves + 1)

/** Put a box into a slot, or (slot null) back on its pile. A filled slot swaps: its box goes where this one was. */
export function put(state, box, slot) {
  const other = slot === null ? null : boxIn(state.placed, slot)
  const goes = { [box]: slot, ...(other !== null && { [other]: state.placed[box] }) }
  return next(state, { placed: state.placed.map((old, i) => (i in goes ? goes[i] : old)), moves: oneMore(state) })
}

/** Take a whole plan, as one move. */
export const take = (state, placed) => next(state, { placed, moves: oneMore(state) })

/** All boxes back on their piles; the `hand` begins anew, or else what comes is not its own. */
export const clear = (state, hand) => next(state, { placed: state.placed.map(() => null), moves: hand ? 0 : null })

/** The plan that is played has come to this one; undo goes back behind all of the play. */
export const reach = (state, placed) => ({ ...state, placed })

export const undo = ({ past }) => ({ ...past.at(-1), past: past.slice(0, -1) })
