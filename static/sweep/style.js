// The style sheet of the sweep: that of the shift, and what only the sweep has.

const { STYLE: SHIFT } = await import("../shift/style.js" + new URL(import.meta.url).search)

export const STYLE = `${SHIFT}
.sweep { color: var(--st-text-color); font: 14px var(--st-font, sans-serif); }
.controls { display: flex; gap: 16px; align-items: center; }
.controls label { flex: 1; }
.player { min-width: 96px; min-height: 40px; font: 600 15px var(--st-font); color: #fff; background: var(--st-primary-color); cursor: pointer;
  border: 0; border-radius: var(--st-base-radius, 8px); }
.player:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 2px; }
.player[hidden] { display: none; }
label { display: grid; grid-template-columns: 1fr auto; margin-bottom: 4px; }
label[hidden], .sentence:empty, dl:empty, .legend:empty { display: none; }
.said { font-weight: 600; font-variant-numeric: tabular-nums; }
input { grid-column: 1 / -1; appearance: none; width: 100%; height: 28px; margin: 0; cursor: pointer; touch-action: pan-y;
  background: linear-gradient(to right, var(--st-primary-color) var(--at), var(--st-border-color) var(--at)) center / 100% 4px no-repeat; }
input::-webkit-slider-thumb { appearance: none; width: 16px; height: 16px; border-radius: 50%; background: var(--st-primary-color); }
input::-moz-range-thumb { width: 16px; height: 16px; border: 0; border-radius: 50%; background: var(--st-primary-color); }
input:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; border-radius: 4px; }
.sweep { container-type: inline-size; position: relative; }
.sweep dl { display: flex; }
@container (max-width: 500px) { .sweep dl:has(> :nth-child(4)) { gap: 2px 14px; } .sweep dl:has(> :nth-child(4)) dt { font-size: 13px; }
  .sweep dl > div { min-width: 0; } }
@container (max-width: 400px) { .sweep dl:has(> :nth-child(4)) { display: grid; grid-template-columns: 1fr 1fr; } }
.legend { display: flex; flex-wrap: wrap; gap: 0 16px; min-height: 20px; }
.legend svg:not(.inside) { display: inline-block; width: 28px; vertical-align: middle; }
.band { fill: var(--st-border-color); fill-opacity: .5; }
.sentence { margin: 8px 0 0; font-size: 16px; line-height: 1.6; }
`
