// The style sheet of the walk through one iteration.

export const STYLE = `
.walkthrough { --line: color-mix(in srgb, var(--st-text-color) 28%, transparent); color: var(--st-text-color);
  font: 14px/1.35 var(--st-font, sans-serif); font-variant-numeric: tabular-nums; }
.rail { display: flex; gap: 10px; }
.rail small { display: block; font-size: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.rail > div { flex-basis: 0; min-width: 0; }
.stops { display: flex; position: relative; }
.stops::before { content: ""; position: absolute; left: 8px; right: 8px; top: 50%; border-top: 2px solid var(--line); }
button, input { box-sizing: border-box; }
button { font: inherit; color: inherit; cursor: pointer; background: var(--st-background-color);
  border: 1px solid var(--line); border-radius: var(--st-base-radius, 8px); }
.stops button { position: relative; flex: 1 1 0; min-width: 0; height: 36px; padding: 0; border: 0; background: none; }
.stops button::before { content: ""; position: absolute; z-index: 0; inset: calc(50% - 12px) calc(50% - 12px);
  border: 2px solid var(--stop); border-radius: 50%; background: var(--st-background-color); }
.stops button { isolation: isolate; } .stops button::before { z-index: -1; }
.critic { --stop: var(--green); } .generator { --stop: var(--orange); }
.stops button[data-passed]::before { background: color-mix(in srgb, var(--stop) 30%, var(--st-background-color)); }
.stops button[aria-current] { font-weight: 700; }
.stops button[aria-current]::before { inset: calc(50% - 14px) calc(50% - 14px); border-width: 4px; }
.head { display: flex; gap: 8px; align-items: center; justify-content: space-between; min-height: 34px; }
.head b { font-size: 15px; min-width: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
label { display: flex; gap: 6px; align-items: center; white-space: nowrap; flex: none; }
input { font: inherit; color: inherit; width: 52px; height: 30px; padding: 0 4px; background: none;
  border: 1px solid var(--line); border-radius: var(--st-base-radius, 8px); }
.legend { display: flex; flex-wrap: wrap; gap: 0 12px; min-height: 22px; }
.legend i { font-style: normal; font-weight: 700; margin-right: 4px; }
.stage { position: relative; aspect-ratio: var(--aspect, 1);
  width: min(100%, var(--aspect, 1) * max(280px, 100dvh - 27.5rem - var(--more, 0rem))); margin: 4px auto 8px;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius, 8px); overflow: hidden; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; touch-action: manipulation; cursor: pointer; }
.choice { position: absolute; top: 6px; right: 6px; display: flex; }
.stage .way { position: absolute; top: 79.5%; left: calc(11.6% - 8px); width: calc(76.8% + 16px); height: 26px; margin: 0; padding: 0;
  border: 0; accent-color: var(--st-primary-color); }
.stage .way[hidden], .choice[hidden] { display: none; }
.choice:has(~ .way) { top: 36%; }
.choice button { height: 32px; padding: 0 10px; border-radius: 0; margin-left: -1px; }
.choice button[aria-pressed=true] { font-weight: 700; box-shadow: inset 0 -3px var(--st-primary-color); }
.bar { display: flex; gap: 8px; align-items: center; }
.bar button { min-height: 40px; padding: 0 14px; white-space: nowrap; }
.bar button:hover:enabled { border-color: var(--st-primary-color); }
.bar .next:enabled, .bar .next:disabled ~ .more:enabled { background: var(--st-primary-color);
  border-color: var(--st-primary-color); color: white; }
button:disabled { opacity: .45; cursor: default; }
.iteration { margin-left: auto; }
button:focus-visible, input:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
@media (min-width: 1200px) { .stage { width: min(100%, var(--aspect, 1) * max(280px, 100dvh - 25rem - var(--more, 0rem))); } }
@media (pointer: coarse) {
  .stops button, .bar button, .choice button { height: 44px; } input { height: 34px; }
}
@media (max-width: 640px) {
  .stage { width: min(100%, var(--aspect, 1) * max(240px, 100dvh - 34.5rem - var(--more, 0rem))); margin: 2px auto 6px; }
  .bar button { padding: 0 10px; } .iteration { display: none; } .more { margin-left: auto; }
}
`
