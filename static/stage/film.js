// A message of plots/stage.py as films: the header, and for each run its fixed blocks and the blocks of every frame.

const { decode } = await import("../message.js" + new URL(import.meta.url).search)

const WHOLES = new Map([[Uint8Array, 255], [Uint16Array, 65535]]) // whole numbers are shares of these

const block = (array, shape) => ({ array, shape, whole: WHOLES.get(array.constructor) ?? 1 })

/** The values of a block of whole numbers as shares from 0 to 1. */
export const shares = ({ array, whole }) => Float64Array.from(array, (value) => value / whole)

/**
 * The header with its `runs`; a run has what its header says of it, `fixed` blocks, and `frames`, each with its `time` in
 * ticks and its blocks. A block is {array, shape, whole}; in a message those of all frames are one array.
 */
export function films(bytes) {
  const { header, groups } = decode(bytes)
  const runs = header.runs.map((run, i) => {
    const blocks = Object.entries(groups[i])
    const isFixed = ([name]) => run.fixed.includes(name)
    const fixed = Object.fromEntries(blocks.filter(isFixed).map(([name, { array, shape }]) => [name, block(array, shape)]))
    const stacked = blocks.filter((entry) => !isFixed(entry))
    const frames = run.times.map((time, k) => ({ time, ...Object.fromEntries(stacked.map(([name, all]) => [name, part(all, k)])) }))
    return { ...run, fixed, frames }
  })
  return { ...header, runs }
}

function part({ array, shape: [n, ...shape] }, k) {
  const size = array.length / n
  return block(array.subarray(k * size, (k + 1) * size), shape)
}
