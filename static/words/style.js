export const STYLE = `
.card { position: fixed; inset: auto; margin: 0; max-width: min(22rem, calc(100vw - 16px)); padding: 12px 14px; border-radius: 8px;
  border: 1px solid var(--st-border-color); background: var(--st-background-color); color: var(--st-text-color);
  font: 15px/1.45 var(--st-font); box-shadow: 0 4px 18px rgb(0 0 0 / .22); }
.card p { margin: 4px 0 8px; }
.card code { font: 14px var(--st-font); padding: 3px 8px; border-radius: 6px; background: var(--st-secondary-background-color); display: inline-block; }
.card .taught { margin: 8px 0 0; opacity: .75; font-size: 14px; }
@media (prefers-reduced-motion: no-preference) {
  .card:popover-open { animation: appear .15s ease-out; }
  @keyframes appear { from { opacity: 0; transform: translateY(-3px); } }
}
`
