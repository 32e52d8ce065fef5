// Tiles: a number in large figures, with its name above and a remark below.

const { element } = await import("./component.js" + new URL(import.meta.url).search)

export const tile = (className, label, text, below) =>
  element("div", `tile ${className}`, element("span", "label", label), element("b", "", text), below)

/** Three in a row, for a style sheet that says what --ink, --line and --soft are. */
export const TILES = `
.score { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; }
.tile { min-width: 0; border: 1px solid var(--line); border-radius: var(--st-base-radius); padding: 6px 8px; font-size: 13px;
  line-height: 1.35; white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
.tile .label, .tile b { display: block; }
.tile b { font-size: 28px; line-height: 1.2; color: var(--ink); }
`
