// The board's style sheet.

const { search } = new URL(import.meta.url)
const [{ BAR }, { TILES }] = await Promise.all(["../controls.js", "../tiles.js"].map((file) => import(file + search)))

export const STYLE = `${TILES}${BAR}
.board { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 18%, transparent);
  --soft: color-mix(in srgb, var(--ink) 72%, transparent);
  font-family: var(--st-font); color: var(--ink); container-type: inline-size; }
.tile.good { border-color: var(--good); background: color-mix(in srgb, var(--good) 12%, transparent); }
.tile.good b { color: var(--good); }
.tile.bad { border-color: var(--target); background: color-mix(in srgb, var(--target) 10%, transparent); }
.tile.bad b { color: var(--target); }
.parts { display: grid; gap: 14px 32px; grid-template: "score" "scene" "table" "bar" / minmax(0, 1fr); }
.score { grid-area: score; } .scene { grid-area: scene; align-self: center; } .gamma { grid-area: table; } .bar { grid-area: bar; }
@container (min-width: 820px) {
  .parts { grid-template: "scene score" auto "scene table" 1fr "bar bar" auto / minmax(0, 1fr) minmax(372px, auto); }
  .gamma { align-self: center; }
}
.scene.wide { overflow-x: auto; mask-image: linear-gradient(90deg, #0006, #000 24px calc(100% - 24px), #0006); }
.stage { position: relative; margin: auto; }
.stage svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.axis { stroke: var(--soft); stroke-width: 1.5; }
.place { fill: var(--soft); font-size: 14px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.place.source, .place.target { font-weight: 700; font-size: 15px; }
.place.source { fill: var(--source); } .place.target { fill: var(--target); }
.from { stop-color: var(--source); } .to, .tip { stop-color: var(--target); fill: var(--target); }
.link { fill: none; stroke: url(#flow); stroke-width: 2.5; opacity: .8; marker-end: url(#head); transition: opacity .25s; }
.link.off { opacity: 0; transition: none; } .link.tentative { stroke-dasharray: 5 5; opacity: 1; }
.box, .slot, .ghost, .hint { position: absolute; left: 0; top: 0; width: var(--cell); height: var(--tall); padding: 0;
  border: 0; background: none; font: 700 18px var(--st-font); display: grid; place-items: center; }
.box::before, .slot::before, .ghost::before { content: ""; position: absolute; inset: 2px; z-index: -1;
  border-radius: calc(var(--st-base-radius) * .75); box-sizing: border-box; }
.box { color: #fff; cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; isolation: isolate;
  -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; outline: none; z-index: 2;
  transition: transform .32s cubic-bezier(.3, .9, .3, 1); }
.box::before { background: var(--source); box-shadow: inset 0 -3px 0 rgb(0 0 0 / .18), 0 1px 3px rgb(0 0 0 / .3); }
.box:hover::before { filter: brightness(1.08); }
.box.placed::before { outline: 2px dotted var(--target); outline-offset: 0; }
.box:focus-visible::before, .box.held::before { outline: 3px solid var(--ink); outline-offset: 1px; }
.box.held { z-index: 4; }
.box.drag { cursor: grabbing; } .box.drag, .still .box { transition: none; }
.box.drag::before { box-shadow: 0 8px 18px rgb(0 0 0 / .35); scale: 1.06; }
.badge { position: absolute; right: -6px; top: -7px; padding: 0 4px; border-radius: 8px; font-size: 11.5px; line-height: 16px;
  background: var(--ink); color: var(--st-background-color); font-variant-numeric: tabular-nums; z-index: 1; }
.badge:empty { display: none; }
.slot { color: var(--soft); font-size: 14px; font-weight: 600; isolation: isolate; }
.slot::before { border: 2px dotted var(--target); background: color-mix(in srgb, var(--target) 7%, transparent); }
.slot.open { cursor: pointer; }
.slot.open::before { background: color-mix(in srgb, var(--target) 16%, transparent); }
.slot.aim::before { background: color-mix(in srgb, var(--target) 45%, transparent); border-style: solid; }
.ghost { color: color-mix(in srgb, var(--ink) 30%, transparent); font-weight: 500; isolation: isolate; }
.ghost::before { border: 1.5px solid color-mix(in srgb, var(--source) 45%, transparent); }
.hint { z-index: 3; pointer-events: none; opacity: 0; }
.hint .box { opacity: .75; } .hint.right span { left: auto; right: calc(100% + 6px); }
.hint span { position: absolute; left: calc(100% + 6px); opacity: 0; white-space: nowrap; font-size: 14px; line-height: 1.4;
  padding: 1px 8px; border-radius: 10px; background: var(--ink); color: var(--st-background-color); }
.hint.gone { display: none; }
.gamma { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 3px; margin: auto; font-size: 15px; font-variant-numeric: tabular-nums; }
caption { color: var(--soft); font-size: 14px; padding-bottom: 4px; white-space: nowrap; }
th, td { min-width: 30px; height: 32px; padding: 0 4px; text-align: center; border-radius: 4px; box-sizing: border-box; }
th { font-weight: 700; } th.source { color: var(--source); } th.target { color: var(--target); }
th.corner, th:not(.source, .target) { font-weight: 400; color: var(--soft); font-size: 13px; white-space: nowrap; }
td { background: color-mix(in srgb, var(--ink) 5%, transparent); }
td.none { color: color-mix(in srgb, var(--ink) 40%, transparent); }
td.some { font-weight: 700; background: color-mix(in srgb, var(--source) calc(18% + 34% * var(--share)), transparent); }
td.aim { outline: 2px solid var(--target); outline-offset: -1px; }
td.changed { animation: changed .7s; }
@keyframes changed { from { background: var(--target); color: #fff; } }
td.sum { background: none; color: var(--soft); font-size: 14px; } td.sum.full { color: var(--good); font-weight: 700; }
.status { flex: 1 1 340px; margin: 0 8px; min-height: 1.4em; font-size: 15px; color: var(--soft); }
@container (max-width: 560px) {
  .tile { font-size: 12px; padding: 6px; } .tile b { font-size: 24px; } .score { gap: 6px; }
  .box { font-size: 16px; } th, td { min-width: 24px; height: 26px; padding: 0 2px; } .bar button { padding: 0 10px; font-size: 14px; }
  table { border-spacing: 2px; font-size: 14px; }
}
@media (prefers-reduced-motion: reduce) { .box, .link { transition: none; } td.changed { animation: none; } }
`
