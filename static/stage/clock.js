// The time of a film: the moments of its frames in ticks, which are iterations, or small parts of a second or a TFLOP.

/** Index of the last of rising `times` that is at most `at`; 0 before the first. */
export function before(times, at) {
  let low = 0, high = times.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (times[middle] <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** Index of the one of rising `times` that is nearest to `at`. */
export function nearest(times, at) {
  const i = before(times, at)
  return i + 1 < times.length && times[i + 1] - at < at - times[i] ? i + 1 : i
}

/** One clock for several runs with rising `times`; `scale` ticks are one `unit`, and "" stands for iterations. */
export function clockOf(runs, unit = "", scale = 1) {
  const times = [...new Set(runs.flatMap((run) => run.times))].sort((a, b) => a - b)
  const [begin, end] = [times[0], times.at(-1)] // a run that goes on from a checkpoint does not begin at 0
  return { times, begin, end, span: end - begin || 1, unit, scale }
}

/** The frame's time nearest to `at`. */
export const snap = ({ times }, at) => times[nearest(times, at)]

/** The time of the first frame in which what happened at `at` has happened. */
export const reached = ({ times, end }, at) => times.find((time) => time >= at) ?? end

/** A time in its unit, to as many digits as tell two frames apart: "1,250", "3.27 s". */
export function amount({ times, span, unit, scale }, time) {
  const apart = span / times.length / scale // two frames, on average
  const digits = unit ? Math.max(1, Math.min(9, 1 + Math.round(-Math.log10(apart)))) : 0
  const number = (time / scale).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit ? `${number} ${unit}` : number
}

/** The same with its noun: "iteration 1,250", "3.27 s". */
export const naming = (clock, time) => `${clock.unit ? "" : "iteration "}${amount(clock, time)}`
