// The stage's style sheet.

export const STYLE = `
  .frame { container-type: inline-size; color: var(--st-text-color); font: 14px var(--st-font, sans-serif); }
  .layout { display: grid; gap: 0 16px; }
  .layout.two { grid-template-columns: 1fr 1fr; }
  .two .bar { grid-column: 1 / -1; order: 2; }
  .two .events { order: 3; }
  .two .picture { align-self: end; }
  @container (max-width: 600px) {
    .layout.two { grid-template-columns: 1fr; }
    .two .bar { order: 0; margin-bottom: 14px; }
  }
  h4 { margin: 0; font-size: 15px; font-weight: 600; min-height: 22px; overflow-wrap: anywhere; }
  h4:empty { display: none; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 4px; min-height: 32px; align-items: center; }
  .legend button { border: 0; min-width: 0; height: 32px; padding: 0 6px 0 0; text-align: left; }
  .legend button[aria-pressed=false] { opacity: 0.78; padding: 0 6px;
    border: 1px dashed var(--st-border-color); }
  .legend i { font-style: normal; font-weight: 700; margin-right: 4px; }
  .stage { position: relative; aspect-ratio: 1; border: 1px solid var(--st-border-color); overflow: hidden;
    border-radius: var(--st-base-radius, 8px); }
  .note { position: absolute; inset: 0 0 auto; margin: 0; padding: 6px 10px; z-index: 1; font-weight: 600;
    background: var(--st-secondary-background-color); }
  .note:empty { display: none; }
  canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .bar { grid-column: 1 / -1; margin-top: 4px; }
  .line { position: relative; }
  .line input { display: block; width: 100%; margin: 0; height: 36px; accent-color: var(--st-primary-color);
    touch-action: none; }
  .ticks { position: absolute; left: 8px; right: 8px; bottom: -3px; height: 9px; pointer-events: none; }
  .ticks b { position: absolute; bottom: 0; width: 10px; margin-left: -5px; height: 9px; pointer-events: auto;
    cursor: pointer; }
  .ticks b::after { content: ""; position: absolute; left: 4px; width: 2px; top: 0; bottom: 0; opacity: 0.6;
    background: var(--st-text-color); }
  .keys { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 4px; }
  .live .keys > :not(.step, .wait), .keys > .wait { display: none; }
  .live .keys > .wait { display: block; }
  .keys { min-height: 40px; }
  .step { margin-left: auto; }
  button, select { min-width: 44px; height: 40px; border: 1px solid var(--st-border-color); background: none;
    cursor: pointer; border-radius: var(--st-base-radius, 8px); color: inherit; font: inherit; }
  .keys .play { width: 48px; padding: 0; } /* as wide with either sign */
  select { background: var(--st-background-color); padding: 0 4px; }
  button:disabled { cursor: default; }
  .loop[aria-pressed=true] { border-color: var(--st-primary-color); color: var(--st-primary-color); font-weight: 700; }
  button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--st-primary-color);
    outline-offset: 2px; }
  .step { font-variant-numeric: tabular-nums; white-space: nowrap; }
  .events { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; align-items: center;
    font-size: 13px; }
  .events:empty { display: none; }
  .events button { height: 32px; padding: 0 10px; border-radius: 16px; font-size: 13px; opacity: 0.85; }
  .events button[aria-current=true] { border-color: var(--st-primary-color); opacity: 1;
    box-shadow: inset 0 0 0 1px var(--st-primary-color); }
  @media (pointer: coarse) {
    .line input, .keys button, .keys select, .events button, .legend button { height: 44px; }
    .keys { min-height: 44px; }
    .events button { border-radius: 22px; }
  }
  @media (max-width: 640px) {
    .events { flex-wrap: nowrap; overflow-x: auto; padding: 2px 2px 8px; }
    .events button { flex: none; }
  }
`
