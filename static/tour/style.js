export const STYLE = `
.tour { color: var(--st-text-color); font: 15px/1.4 var(--st-font); }
button { font: 500 14px var(--st-font); color: inherit; background: var(--st-background-color); cursor: pointer; padding: 0 12px; min-height: 32px;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 8px); white-space: nowrap; }
button:is(:hover, :focus-visible):enabled { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
button:disabled { opacity: .45; cursor: default; }
.start::before { content: "✦ "; } .start[aria-pressed="true"] { background: var(--st-primary-color); color: #fff; }
.next { background: var(--st-primary-color); color: #fff; border-color: transparent; }
.ring, .card { position: fixed; inset: auto; margin: 0; box-sizing: border-box; }
.ring { padding: 0; border: 3px solid var(--st-primary-color); border-radius: 10px; background: none; pointer-events: none; }
.card { width: min(21rem, calc(100vw - 16px)); padding: 12px 14px; border: 2px solid var(--st-primary-color); border-radius: 10px;
  background: var(--st-background-color); color: inherit; box-shadow: 0 4px 22px rgb(0 0 0 / .28); font: 15px/1.45 var(--st-font); }
.card p { margin: 0 28px 10px 0; }
.leave { float: right; border: 0; background: none; font-size: 20px; line-height: 1; min-height: 32px; padding: 0 8px; margin: -6px -8px 0 0; }
.row { display: flex; gap: 8px; align-items: center; }
.count { flex: 1; opacity: .75; font-variant-numeric: tabular-nums; }
@media (max-width: 640px) { button { min-height: 40px; } }
@media print { .tour { display: none; } }
`
