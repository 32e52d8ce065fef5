// The style sheet of the shift.

export const STYLE = `
.shift { color: var(--st-text-color); font: 14px var(--st-font, sans-serif); }
dl { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0 0 4px; }
dl > div { min-width: 92px; }
dt { font-size: 14px; }
dd { margin: 0; font-size: 24px; line-height: 32px; font-variant-numeric: tabular-nums; }
dd.slope { font-size: 14px; line-height: 20px; min-height: 20px; }
.panels { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; }
@media (max-width: 640px) {
  .panels { grid-template-columns: 1fr; }
  dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0 8px; }
  dl > div { min-width: 0; }
  dd:not(.slope) { font-size: 20px; line-height: 26px; }
}
svg { display: block; overflow: hidden; }
svg:not(.inside) { width: 100%; }
text { fill: var(--st-text-color); font-size: 14px; }
.axis { stroke: var(--st-border-color); }
.line { fill: none; stroke-width: 2.5; }
.hand { cursor: grab; touch-action: none; outline: none; }
.hand:active { cursor: grabbing; }
.hand:focus-visible .grip { stroke: var(--st-primary-color); stroke-width: 3; }
.grip { fill: var(--st-background-color); stroke-width: 2; }
`
