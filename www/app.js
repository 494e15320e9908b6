// The page: words put in place, views mounted on the state, the model loaded.

import { byId } from './page/common/dom.js';
import { mountDocumentList } from './page/documents/list.js';
import { Documents } from './page/documents/collection.js';
import { Engine } from './page/model/engine.js';
import { mountInput } from './page/input/text-box.js';
import { mountKeeping } from './page/storage/delete-all.js';
import { mountMasthead } from './page/settings/masthead.js';
import { mountModelPanel } from './page/model/panel.js';
import { later } from './page/lazy.js';
import { keepPage } from './page/storage/offline.js';
import { Session } from './page/state/session.js';
import { mountSettings } from './page/settings/types-and-format.js';
import { initialState } from './page/state/state.js';
import { mountStatus } from './page/input/run-bar.js';
import { mountWords } from './page/common/interface-text.js';
import { onLanguage } from './language.js';

mountWords('title');
mountMasthead();

const state = initialState();
const documents = new Documents(state);
const engine = new Engine(state, Promise.all([keepPage(), documents.restore()]));
const session = new Session(state, engine, documents);
onLanguage((language) => state.set({ language }));

mountInput(state, session, documents);
mountSettings(state, session);
mountStatus(state, session);
mountDocumentList(state, session, documents);
mountModelPanel(state, session);
mountKeeping(session, documents);

state.watch(['results', 'open'], ({ results, open }) => {
  byId('results').hidden = !results;
  byId('results-of').textContent = open?.name ?? '';
});
mountOnce(['results'], ({ results }) => Boolean(results), async () => {
  (await later.resultViews()).mountResultViews(state, documents, session);
});
mountOnce(['model'], ({ model }) => Boolean(model), async () => {
  const { mountExportBar, mountExportOfAll } = await later.exportBar();
  mountExportBar(state, session);
  mountExportOfAll(state, session);
});
mountOnce(['problems'], ({ problems }) => problems.length > 0, async () => {
  (await later.problems()).mountProblems(state);
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

/**
 * Mounts a part of the page when there is first something to show in it. Where it cannot be fetched, it is
 * tried again at the next change.
 *
 * @param {(keyof import('./page/state/state.js').Values)[]} keys
 * @param {(values: import('./page/state/state.js').Values) => boolean} isNeeded
 * @param {() => Promise<void>} mount
 */
function mountOnce(keys, isNeeded, mount) {
  let mounted = false;
  state.watch(keys, async (values) => {
    if (mounted || !isNeeded(values)) return;
    mounted = true;
    try {
      await mount();
    } catch (error) {
      mounted = false;
      session.tell(error);
    }
  });
}
