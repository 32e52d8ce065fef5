// The style sheet of the sweep: that of the shift, and what only the sweep has.

const { STYLE: SHIFT } = await import("../shift/style.js" + new URL(import.meta.url).search)

export const STYLE = `${SHIFT}
.sweep { color: var(--st-text-color); font: 14px var(--st-font, sans-serif); }
label { display: grid; grid-template-columns: 1fr auto; margin-bottom: 4px; }
label[hidden], .sentence:empty, dl:empty, .legend:empty { display: none; }
.said { color: var(--st-primary-color); font-variant-numeric: tabular-nums; }
input { grid-column: 1 / -1; width: 100%; height: 28px; margin: 0; accent-color: var(--st-primary-color); cursor: pointer; }
.legend { display: flex; flex-wrap: wrap; gap: 0 16px; min-height: 20px; }
.legend svg { display: inline-block; width: 28px; vertical-align: middle; }
.band { fill: var(--st-border-color); fill-opacity: .5; }
.sentence { margin: 8px 0 0; font-size: 16px; line-height: 1.6; }
`
