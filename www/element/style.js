// The look of what <bioner-text> adds. Type and colours come from around it; pages change the rest by
// ::part(button), (bar), (legend), (entry), (swatch), (count), (status), (progress), (tip).

export const STYLE = `
:host { display: block; --accent: var(--bioner-accent, #0e6378); }
:host([hidden]), [hidden] { display: none !important; }
[part~="bar"] { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4em 0.5em; margin-block: 0.6em; font-size: 0.85em; }
[part~="bar"]:not(:has(> :not([hidden], :empty))) { display: none; }
button { font: inherit; color: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[part~="button"] {
  padding: 0.25em 0.8em; border: 1px solid color-mix(in srgb, currentColor 45%, transparent);
  border-radius: 0.4em; background: none;
}
[part~="button"]:hover, [part~="entry"]:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
[part~="legend"] { display: flex; flex-wrap: wrap; gap: 0.3em; }
[part~="entry"] {
  display: inline-flex; align-items: center; gap: 0.4em; padding: 0.12em 0.55em; border-radius: 0.35em;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); background: none;
}
[part~="entry"][aria-pressed="false"] { text-decoration: line-through; }
[part~="entry"][aria-pressed="false"] [part~="swatch"] { opacity: 0.3; }
[part~="swatch"] {
  width: 0.95em; height: 0.8em; border-bottom: var(--line) var(--hue); border-radius: 2px 2px 0 0;
  background: color-mix(in srgb, var(--hue) 22%, transparent);
}
[part~="count"] { font-variant-numeric: tabular-nums; opacity: 0.8; }
[part~="status"] { margin: 0; }
[part~="status"]:empty { display: none; }
[part~="progress"] { width: 8em; height: 0.5em; accent-color: var(--accent); }
[part~="tip"] {
  position: fixed; z-index: 2147483647; padding: 0.2em 0.6em; border-radius: 0.35em; pointer-events: none;
  background: #171c21; color: #f4f4f2; font: 0.8rem/1.4 system-ui, sans-serif; font-variant-numeric: tabular-nums;
}
`;
