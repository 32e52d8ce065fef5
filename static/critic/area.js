// Where things stand in the critic's picture: the field of f above, the bars of P and Q below it.

const EDGE = 10 // pixels from the field's border to the window's, where without the clamp the window begins to grow

/** For a picture so wide, the shares p and q of its places, and a window of f from -half to half (in hundredths). */
export function areaOf(width, { p, q }, half) {
  const narrow = width < 560
  const [left, margin] = narrow ? [34, 18] : [48, 26]
  const [top, bottom] = [14, narrow ? 284 : 344]
  const pitch = (width - left - margin) / (p.length - 1)
  const middle = (top + bottom) / 2, reach = (bottom - top) / 2 - EDGE
  const axis = bottom + 84, bar = 60 // pixels of the highest bar
  const wide = Math.min(narrow ? 0.42 * pitch : 0.52 * pitch, 2 * margin - 6) // so that no bar is beyond the axis
  return {
    left, right: width - margin, top, bottom, pitch, axis, bar, wide, half,
    hit: Math.min(44, pitch), // a thumb needs 36 pixels, and so has them from 9 knots on 340 pixels on
    tall: axis + 62 + (bar * Math.max(...q)) / Math.max(...p, ...q), // with the bars of Q and the axis' title
    x: (place) => left + pitch * place,
    y: (height) => middle - (height / half) * reach,
    height: (y) => ((middle - y) / reach) * half,
    leaves: (y) => y < top + EDGE || y > bottom - EDGE,
  }
}
