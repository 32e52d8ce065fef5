// Numbers, names and formulas as the critic's picture writes them.

const { element } = await import("../component.js" + new URL(import.meta.url).search)

const minus = (text) => text.replace("-", "−")

export const number = (value) => minus(Math.abs(value) < 0.005 ? "0" : String(Number(value.toFixed(2))))
export const number4 = (value) => minus(Math.abs(value) < 0.00005 ? "0" : String(Number(value.toFixed(4))))
export const percent = (share) => `${Number((100 * share).toFixed(share < 0.1 ? 1 : 0))} %`
export const whole = (share) => minus(`${Math.round(100 * share)} %`)

export const GAP = "E_P f − E_Q f" // for screen readers
export const mean = (side) => element("span", "", "E", element("sub", "", side), " f")

/** A text whose letters behind "_" stand lower. */
export const lowered = (text) =>
  element("span", "", ...text.split(/_(\w)/).map((part, i) => (i % 2 ? element("sub", "", part) : part)))
