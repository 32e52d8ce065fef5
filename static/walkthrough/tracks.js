// How much of each layer is there: `grown` from 0 to 1 is its geometry (an arrow grows, x_hat walks along its line),
// and `light` from 0 to 1 how bright it is. From one piece to another both go evenly.

export const DIM = 0.35

/** What a piece with these [bright, dim] layers wants: {layer: {grown, light}}; what is named nowhere is not there. */
export function wanted([bright, dim]) {
  const layers = {}
  for (const name of dim) layers[name] = { grown: 1, light: DIM }
  for (const name of bright) layers[name] = { grown: 1, light: 1 }
  return layers
}

const GONE = { grown: 0, light: 0 }

/** The share `t` of the way from one state of all layers to another, gently. */
export function between(from, to, t) {
  const share = t * t * (3 - 2 * t)
  const way = (a, b) => a + (b - a) * share
  const layers = {}
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [a, b] = [from[name] ?? GONE, to[name] ?? GONE]
    const now = { grown: way(a.grown, b.grown), light: way(a.light, b.light) }
    if (now.light > 0) layers[name] = now
  }
  return layers
}
