// The critic's style sheet.

const { search } = new URL(import.meta.url)
const [{ BAR }, { TILES }] = await Promise.all(["../controls.js", "../tiles.js"].map((file) => import(file + search)))

export const STYLE = `${TILES}${BAR}
.critic { --ink: var(--st-text-color); --line: color-mix(in srgb, var(--ink) 18%, transparent);
  --soft: color-mix(in srgb, var(--ink) 72%, transparent); --paper: var(--st-background-color);
  font-family: var(--st-font); color: var(--ink); container-type: inline-size; }
.parts { display: grid; gap: 10px 28px; grid-template: "head" "scene" "bar" "pairs" / minmax(0, 1fr); }
.head { grid-area: head; display: grid; gap: 10px; align-content: start; } .scene { grid-area: scene; } .pairs { grid-area: pairs; } .bar { grid-area: bar; }
@container (min-width: 860px) {
  .parts { grid-template: "scene head" auto "scene pairs" 1fr "bar bar" auto / minmax(0, 1fr) minmax(390px, 36%); }
}
.tile b { font-size: 24px; }
.tile.source b { color: var(--source); } .tile.target b { color: var(--target); }
.tile.bad { border-color: var(--broken); color: var(--ink); } .tile.bad b { color: var(--broken); }
.amount { font-size: 16px; white-space: nowrap; } .amount b { font-size: 26px; font-variant-numeric: tabular-nums; } .amount .share { float: right; line-height: 36px; }
.track { position: relative; height: 26px; border: 1px solid var(--line); border-radius: 5px; margin-bottom: 24px; }
.fill { height: 100%; border-radius: 4px; background: var(--critic); opacity: .75; }
.fill.full { opacity: 1; }
.fill.over { background: repeating-linear-gradient(135deg, var(--broken) 0 9px, color-mix(in srgb, var(--broken) 55%, transparent) 9px 18px); }
.goal { position: absolute; left: 80%; top: -4px; bottom: -4px; border-left: 3px solid var(--ink); }
.goal span { position: absolute; top: 100%; transform: translateX(-50%); font-size: 14px; white-space: nowrap; font-weight: 600; }
.end { position: absolute; right: 5px; top: 2px; }
sub { font-size: 72%; }
.words { font-size: 15px; line-height: 1.4; min-height: 2.8em; } .words.over { font-weight: 600; }
.stage { position: relative; }
.stage svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; } .grid.zero { stroke: var(--soft); }
.axis { stroke: var(--soft); stroke-width: 1.5; }
.tick { fill: var(--soft); font-size: 12.5px; text-anchor: end; font-variant-numeric: tabular-nums; }
.title { fill: var(--soft); font-size: 13px; } .title.below { text-anchor: middle; }
.place { fill: var(--ink); font-size: 14px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.share { font-size: 12px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.side { font-size: 15px; font-weight: 700; }
.source { fill: var(--source); } .target { fill: var(--target); }
.free { fill: color-mix(in srgb, var(--ink) 7%, transparent); } .word { fill: var(--soft); font-size: 12.5px; text-anchor: middle; }
.invite { fill: var(--ink); font-size: 15px; font-weight: 600; text-anchor: middle; }
.link { fill: none; stroke: var(--critic); stroke-width: 2; stroke-linecap: round; }
.link.taut { stroke-width: 5.5; }
.link.steep { stroke: var(--broken); stroke-width: 3; stroke-dasharray: 7 6; }
.curve { fill: none; stroke-width: 2; }
.curve.potential { stroke: var(--ink); stroke-dasharray: 12 12; } /* where both lie on each other, dots fill the gaps */
.curve.line { stroke: var(--amber); stroke-width: 4; stroke-dasharray: 0 4 0 4 0 16; stroke-dashoffset: -14; stroke-linecap: round; }
.curve.trained { stroke: var(--broken); stroke-dasharray: 12 4 2 4; stroke-width: 2.5; }
.chord { fill: none; }
.chord.tight { stroke: var(--critic); stroke-width: 13; opacity: .28; }
.chord.loose { stroke: var(--target); stroke-width: 2; stroke-dasharray: 5 5; }
.chord.broken { stroke: var(--broken); stroke-width: 2; stroke-dasharray: 2 4; }
.pill { fill: var(--paper); stroke-width: 1.5; }
.pill.tight { stroke: var(--critic); } .pill.loose { stroke: var(--target); stroke-dasharray: 4 3; } .pill.broken { stroke: var(--broken); stroke-dasharray: 2 3; }
.pilltext { fill: var(--ink); font-size: 12px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.knot { position: absolute; left: 0; top: 0; height: 44px; cursor: ns-resize; touch-action: none; user-select: none;
  -webkit-user-select: none; -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; outline: none; }
.knot::before { content: ""; position: absolute; left: calc(50% - 10px); top: 12px; width: 20px; height: 20px; border-radius: 50%;
  background: var(--critic); border: 3px solid var(--paper); box-sizing: border-box; box-shadow: 0 0 0 1.5px var(--critic); }
.knot:hover::before { scale: 1.15; }
.knot:focus-visible::before, .knot.held::before { box-shadow: 0 0 0 3.5px var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 14px; color: var(--soft); padding: 4px 0 0; min-height: 22px; }
.item { display: inline-flex; gap: 7px; align-items: center; } .sample { width: 32px; height: 14px; overflow: hidden; }
.pairs { overflow-x: auto; } .pairs[hidden] { display: none; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { color: var(--soft); font-size: 14px; padding-bottom: 4px; text-align: left; }
th { font-weight: 400; color: var(--soft); font-size: 13px; white-space: nowrap; }
th, td { padding: 3px 5px; text-align: right; } th:first-child, td:first-child { text-align: left; white-space: nowrap; }
tr + tr td { border-top: 1px solid var(--line); } tr.loose td:nth-child(5) { font-weight: 700; }
tr.broken td:nth-child(5) { font-weight: 700; color: var(--broken); }
tr.sum td { font-weight: 700; text-align: right; }
.status { flex: 1 1 300px; margin: 0 8px; min-height: 1.4em; font-size: 15px; color: var(--soft); }
@container (max-width: 560px) {
  .tile { font-size: 12px; padding: 4px 6px; } .tile b { font-size: 20px; } .score { gap: 6px; } .head { gap: 4px; }
  .share { font-size: 11px; } table { font-size: 12.5px; } th { font-size: 12px; } th, td { padding: 3px 3px; }
  .bar button { padding: 0 10px; font-size: 14px; } .legend { font-size: 13px; gap: 2px 12px; }
}
`
