// The page: words put in place, views mounted on the state, the model loaded.

import { byId } from './page/dom.js';
import { mountAnnotated } from './page/annotated.js';
import { Corrections } from './page/corrections.js';
import { mountDocumentList } from './page/document-list.js';
import { Documents } from './page/documents/collection.js';
import { Editor, mountAddLine } from './page/editor.js';
import { Engine } from './page/engine.js';
import { mountExportBar, mountExportOfAll } from './page/export-bar.js';
import { mountFilterBar } from './page/filter-bar.js';
import { mountInput } from './page/input.js';
import { mountKeeping } from './page/keeping.js';
import { mountLegend } from './page/legend.js';
import { mountMasthead } from './page/masthead.js';
import { mountModelPanel } from './page/model-panel.js';
import { later } from './page/later.js';
import { keepPage } from './page/offline.js';
import { mountProblems } from './page/problems.js';
import { mountRaw } from './page/raw.js';
import { mountReview } from './page/review/panel.js';
import { Session } from './page/session.js';
import { mountSettings } from './page/settings.js';
import { initialState } from './page/state.js';
import { mountStatus } from './page/status.js';
import { mountTable } from './page/table.js';
import { mountTip } from './page/tip.js';
import { mountWords } from './page/words.js';
import { onLanguage } from './language.js';

mountWords('title');
mountMasthead();

const state = initialState();
const documents = new Documents(state);
const engine = new Engine(state, Promise.all([keepPage(), documents.restore()]));
const session = new Session(state, engine, documents);
const corrections = new Corrections(state, documents, session);
const editor = new Editor(state, corrections);
onLanguage((language) => state.set({ language }));

mountInput(state, session, documents);
mountSettings(state, session);
mountStatus(state, session);
mountProblems(state);
mountDocumentList(state, session, documents);
mountAnnotated(state, editor);
mountLegend(state);
mountFilterBar(state);
mountTable(state);
mountReview(state);
mountAddLine(state, editor, session);
mountRaw(state);
mountExportBar(state, session);
mountExportOfAll(state, session);
mountModelPanel(state, session);
mountKeeping(session, documents);
mountTip();

state.watch(['results', 'open'], ({ results, open }) => {
  byId('results').hidden = !results;
  byId('results-of').textContent = open?.name ?? '';
});
let summed = false;
state.watch(['results'], async ({ results }) => {
  if (!results || summed) return;
  summed = true;
  const [{ mountThings }, { mountChart }] = await Promise.all([later.things(), later.chart()]);
  mountThings(state);
  mountChart(state);
});
/** @type {unknown} */
let seen;
state.watch(['results'], ({ results, open }) => {
  if (!results?.running || results === seen || open) return;
  seen = results;
  bringResultsIntoView();
});
state.watch(['results', 'open', 'text', 'chosen', 'format'], ({ results, open, text, chosen, format }) => {
  const same =
    !results ||
    ((open || text === results.text) && format === results.format && chosen.join() === results.types.join());
  byId('stale').hidden = same;
});

session.load();

/** The result grows below the text, on a small screen out of sight. */
function bringResultsIntoView() {
  const results = byId('results');
  if (results.getBoundingClientRect().top < innerHeight / 2) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  results.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
}
