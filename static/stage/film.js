// A message of plots/stage.py as films: the header, and for each run its fixed blocks and the blocks of every frame.

const { decode } = await import("../message.js" + new URL(import.meta.url).search)

const WHOLES = new Map([[Uint8Array, 255], [Uint16Array, 65535]]) // whole numbers are shares of these

const block = ({ array, shape }) => ({ array, shape, whole: WHOLES.get(array.constructor) ?? 1 })

/** The values of a block of whole numbers as shares from 0 to 1. */
export const shares = ({ array, whole }) => Float64Array.from(array, (value) => value / whole)

/**
 * The header with its `runs`; a run has what its header says of it, `fixed` blocks, and `frames`, each with its `time` in
 * ticks and its blocks. A block is {array, shape, whole}; in a message those of all frames are one array.
 */
export function films(bytes) {
  const { header, groups } = decode(bytes)
  const runs = header.runs.map((run, i) => {
    const of = (make, isFixed) =>
      Object.fromEntries(
        Object.entries(groups[i])
          .filter(([name]) => run.fixed.includes(name) === isFixed)
          .map(([name, all]) => [name, make(all)]),
      )
    const frames = run.times.map((time, k) => ({ time, ...of((all) => block(part(all, k)), false) }))
    return { ...run, fixed: of(block, true), frames }
  })
  return { ...header, runs }
}

/** The k-th of what is stacked along the first axis. */
function part({ array, shape: [n, ...shape] }, k) {
  const size = array.length / n
  return { array: array.subarray(k * size, (k + 1) * size), shape }
}
