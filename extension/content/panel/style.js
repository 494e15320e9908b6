// The panel's look. Sizes in px: the page's own root size is none of the panel's business.

export const STYLE = `
:host {
  all: initial;
  position: fixed;
  inset: auto 16px 16px auto;
  z-index: 2147483647;
  --paper: #ffffff;
  --ink: #171c21;
  --ink-2: #4b5660;
  --rule: #e3e0d9;
  --soft: #f4f2ee;
  --accent: #0e4a5a;
  --accent-ink: #ffffff;
  --danger: #a3261d;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #181e23;
    --ink: #e8eaeb;
    --ink-2: #aab5bd;
    --rule: #2f3840;
    --soft: #232b32;
    --accent: #83c8d6;
    --accent-ink: #06222a;
    --danger: #ffa398;
    color-scheme: dark;
  }
}
@media (max-width: 640px) {
  :host { inset: auto 8px 8px auto; }
  section[role] { width: calc(100vw - 16px) !important; max-height: 45vh !important; }
}
@media print { :host { display: none; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul { margin: 0; padding: 0; font: inherit; list-style: none; }
button, input, output, label { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }

section[role], .pill, .tip {
  font: 13.5px/1.45 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  color: var(--ink);
  background: var(--paper);
  border: 1px solid var(--rule);
  box-shadow: 0 1px 3px rgb(0 0 0 / 12%), 0 8px 28px rgb(0 0 0 / 14%);
}
section[role] {
  display: flex;
  flex-direction: column;
  width: min(320px, calc(100vw - 32px));
  max-height: min(640px, calc(100vh - 32px));
  border-radius: 10px;
  overflow: hidden;
}
section[role] > * { flex: none; padding-inline: 14px; }

header { display: flex; align-items: center; gap: 2px; padding: 9px 8px 5px 14px !important; }
h2 { font-weight: 650; font-size: 15px; letter-spacing: -0.01em; color: var(--accent); }
header .count { margin: 1px auto 0 8px; color: var(--ink-2); font-variant-numeric: tabular-nums; }
.icon-button { display: grid; place-items: center; width: 28px; height: 28px; border-radius: 6px; color: var(--ink-2); }
.icon-button:hover { background: var(--soft); color: var(--ink); }
.icon-button svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; }
[title] > svg { pointer-events: none; }

.status { color: var(--ink-2); padding-bottom: 9px; }
.status.failed { color: var(--danger); }
progress {
  appearance: none; width: calc(100% - 28px); height: 3px; margin: 0 14px 9px; padding: 0 !important;
  border: 0; border-radius: 2px; background: var(--soft); overflow: hidden;
}
progress::-webkit-progress-bar { background: var(--soft); }
progress::-webkit-progress-value { background: var(--accent); transition: width 0.2s; }
progress::-moz-progress-bar { background: var(--accent); }
progress:indeterminate { background: linear-gradient(90deg, var(--soft), var(--accent), var(--soft)); opacity: 0.6; }

.main {
  margin: 0 14px 12px; padding: 7px 14px !important; border-radius: 6px;
  background: var(--accent); color: var(--accent-ink); font-weight: 600;
}
.filter { display: flex; align-items: center; gap: 8px; padding-bottom: 9px; color: var(--ink-2); font-size: 12.5px; }
.filter input { flex: 1; min-width: 60px; accent-color: var(--accent); }
.filter output { min-width: 34px; text-align: end; font-variant-numeric: tabular-nums; }

.groups { flex: 1 1 auto !important; overflow-y: auto; border-top: 1px solid var(--rule); padding: 4px 6px 8px !important; }
.groups:empty { display: none; }
.groups section { padding-top: 4px; }
.type {
  display: flex; align-items: center; gap: 8px; width: 100%; padding: 5px 8px; border-radius: 6px;
  font-weight: 600; text-align: start;
}
.type:hover, li button:hover { background: var(--soft); }
.type .count { margin-inline-start: auto; font-weight: 400; color: var(--ink-2); font-variant-numeric: tabular-nums; }
.type[aria-pressed="false"] { color: var(--ink-2); font-weight: 400; text-decoration: line-through; }
.swatch {
  flex: none; width: 15px; height: 13px; border-radius: 2px 2px 0 0; border-bottom: var(--line) var(--hue);
  background: color-mix(in srgb, var(--hue) 22%, transparent);
}
[aria-pressed="false"] .swatch { opacity: 0.4; }
li button {
  display: flex; gap: 8px; width: 100%; padding: 3px 8px 3px 31px; border-radius: 6px; text-align: start;
}
.text { overflow-wrap: anywhere; }
.times { margin-inline-start: auto; color: var(--ink-2); font-variant-numeric: tabular-nums; }

footer { display: flex; flex-wrap: wrap; gap: 6px; padding-block: 9px; border-top: 1px solid var(--rule); }
footer button { flex: 1 1 auto; padding: 4px 6px; border: 1px solid var(--rule); border-radius: 6px; font-size: 12.5px; }
footer button:hover { background: var(--soft); }
.care { padding-bottom: 10px; color: var(--ink-2); font-size: 11.5px; }

.pill { padding: 7px 14px; border-radius: 999px; font-weight: 600; color: var(--accent); }
.pill:hover { background: var(--soft); }
.tip {
  position: fixed; padding: 3px 9px; border-radius: 6px; border-inline-start: 4px solid var(--hue);
  font-size: 12.5px; pointer-events: none; white-space: nowrap;
}
`;
