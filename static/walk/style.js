// The style sheet of the walk.

export const STYLE = `
.walk { --ink: var(--st-text-color); --soft: color-mix(in srgb, var(--ink) 68%, transparent);
  --line: color-mix(in srgb, var(--ink) 22%, transparent); font: 14px/1.4 var(--st-font); color: var(--ink);
  font-variant-numeric: tabular-nums; container-type: inline-size; }
.head { display: flex; gap: 8px; align-items: stretch; }
.score { flex: 1; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
button { font: inherit; color: inherit; background: none; cursor: pointer; border: 1px solid var(--line);
  border-radius: var(--st-base-radius, 8px); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); outline: none; }
button:focus-visible { box-shadow: 0 0 0 2px var(--st-primary-color); }
.pause { flex: 0 0 44px; font-size: 18px; }
.tile { display: grid; grid-template: "label soFar" "cost soFar" "track track" / minmax(0, 1fr) auto; padding: 6px 12px 10px;
  text-align: left; color: var(--soft); }
.tile[aria-pressed=true] { border-color: var(--ink); }
.label { grid-area: label; } .cost { grid-area: cost; } .track { grid-area: track; }
.tile[aria-pressed=true] .label { color: var(--ink); font-weight: 600; }
.tile b { font-size: 28px; line-height: 1.2; color: var(--ink); }
.so-far { grid-area: soFar; align-self: center; font-size: 16px; color: var(--ink); }
.track { height: 8px; margin-top: 4px; border-radius: 4px; overflow: hidden; background: var(--line); }
.fill { display: block; height: 100%; transform-origin: left; background: linear-gradient(90deg, var(--source), var(--target)); }
.picture { position: relative; height: clamp(220px, 42vh, 400px); margin-top: 10px; overflow: hidden; touch-action: pan-y;
  user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; -webkit-tap-highlight-color: transparent; }
.picture.over { cursor: ew-resize; } .picture.held { cursor: grabbing; }
canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.grip { position: absolute; left: 0; top: 3px; padding: 0 12px; line-height: 30px; border-radius: 17px; white-space: nowrap;
  background: var(--st-background-color); border: 2px solid; cursor: grab; z-index: 1; outline: none; }
.grip.source { border-color: var(--source); } .grip.target { border-color: var(--target); border-style: dashed; }
.grip b { font-size: 15px; } .grip:focus-visible { box-shadow: 0 0 0 2px var(--ink); }
.held .grip { cursor: grabbing; }
p { margin: 6px 0 0; color: var(--soft); font-size: 16px; }
@container (max-width: 560px) {
  .tile { padding: 5px 8px 8px; grid-template: "label label" "cost cost" "track track" "soFar soFar" / minmax(0, 1fr); }
  .tile b { font-size: 24px; } .so-far { font-size: 14px; min-height: 1.4em; margin-top: 2px; } .grip { padding: 0 9px; }
  p { font-size: 15px; }
}
`
