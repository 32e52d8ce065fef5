// Arrays from Python, as wgan_demo/plots/message.py writes them: a JSON header, and groups of named arrays.

const TYPES = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array }

/** The header of a message (a Uint8Array), and for each group an object {name: {array, shape}}. */
export function decode(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)))
  let at = 4 + length
  const take = ([name, type, shape]) => {
    const size = TYPES[type].BYTES_PER_ELEMENT * shape.reduce((product, side) => product * side, 1)
    const array = new TYPES[type](bytes.slice(at, at + size).buffer) // a copy: the message may lie anywhere in memory
    at += size + (-size & 3)
    return [name, { array, shape }]
  }
  return { header, groups: header.groups.map((group) => Object.fromEntries(group.map(take))) }
}
