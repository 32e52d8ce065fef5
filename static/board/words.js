// Numbers as the board writes them.

export const number = (value) => String(Number(value.toFixed(2)))

/** Never 0 for what is above 0. */
export const small = (value) => (value < 0.01 ? String(Number(value.toPrecision(1))) : number(value))
