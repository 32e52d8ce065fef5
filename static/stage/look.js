// How a picture looks at this moment: the page's colours, which change with its theme, and the layers that are drawn.

/** Any CSS colour as [r, g, b]. */
export function rgb(color) {
  const context = new OffscreenCanvas(1, 1).getContext("2d")
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]
}

const mix = (a, b, t) => a.map((v, i) => v + (b[i] - v) * t)

/** 256 pixels from one [r, g, b] to another by way of a third. */
export const ramp = (low, middle, high) =>
  Uint32Array.from({ length: 256 }, (_, i) => {
    const [r, g, b] = i < 128 ? mix(low, middle, i / 127.5) : mix(middle, high, i / 127.5 - 1)
    return 0xff000000 | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)
  })

/**
 * text: the colour of words and lines; page: the page's own; dark: whether that is; font: of words of 12 pixels, of
 * this family; ramp: 256 pixels from low to high values by way of the page; colors: of real, fake and critic;
 * shows(layer): whether it is drawn.
 */
export function lookOf(root, colors, layers) {
  const css = getComputedStyle(root)
  const page = css.getPropertyValue("--st-background-color").trim() || "white"
  const paper = rgb(page)
  const dark = paper[0] + paper[1] + paper[2] < 382
  const low = mix(paper, rgb(dark ? "#33415c" : "#8fa3c4"), 0.55)
  const high = mix(paper, rgb(colors.critic), 0.75)
  return {
    text: css.getPropertyValue("--st-text-color").trim() || "black",
    page,
    dark,
    family: css.fontFamily,
    font: `${12 * devicePixelRatio}px ${css.fontFamily}`,
    ramp: ramp(low, paper, high),
    colors,
    shows: (layer) => layers.has(layer),
  }
}
