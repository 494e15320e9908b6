// The page: words put in place, views mounted on the state, the model loaded.

import { byId } from './page/dom.js';
import { mountAnnotated } from './page/annotated.js';
import { mountExportBar } from './page/export-bar.js';
import { mountInput } from './page/input.js';
import { mountLegend } from './page/legend.js';
import { mountRaw } from './page/raw.js';
import { Session } from './page/session.js';
import { mountSettings } from './page/settings.js';
import { initialState } from './page/state.js';
import { mountStatus } from './page/status.js';
import { mountTable } from './page/table.js';
import { mountTip } from './page/tip.js';
import { language, text as words } from './text.js';

document.documentElement.lang = language;
document.title = words.title;
for (const element of document.querySelectorAll('[data-text]')) {
  const key = /** @type {HTMLElement} */ (element).dataset.text ?? '';
  element.textContent = String(/** @type {Record<string, unknown>} */ (words)[key]);
}

const state = initialState();
const session = new Session(state);

mountTheme();
mountInput(state, session);
mountSettings(state, session);
mountStatus(state, session);
mountAnnotated(state);
mountLegend(state);
mountTable(state);
mountRaw(state);
mountExportBar(state);
mountTip();

state.watch(['results'], ({ results }) => {
  byId('results').hidden = !results;
});
state.watch(['phase'], ({ phase }) => {
  if (phase === 'working') bringResultsIntoView();
});
state.watch(['results', 'text', 'chosen', 'format'], ({ results, text, chosen, format }) => {
  byId('stale').hidden =
    !results || (text === results.text && format === results.format && chosen.join() === results.types.join());
});
state.watch(['model'], ({ model }) => {
  byId('model-note').textContent = model
    ? words.modelNote(model.model.name, model.model.size, model.model.licence)
    : words.modelPending;
});

session.load();

function mountTheme() {
  const root = document.documentElement;
  const button = byId('theme');
  const name = () => {
    button.title = root.dataset.theme === 'dark' ? words.themeToLight : words.themeToDark;
    button.setAttribute('aria-label', button.title);
  };
  button.addEventListener('click', () => root.dispatchEvent(new Event('theme-toggle')));
  new MutationObserver(name).observe(root, { attributeFilter: ['data-theme'] });
  name();
}

/** The result grows below the text, on a small screen out of sight. */
function bringResultsIntoView() {
  const results = byId('results');
  if (results.getBoundingClientRect().top < innerHeight / 2) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  results.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
}
