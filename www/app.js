// The page: its texts, the views on its state, and the model.

import { onLanguage } from './language.js';
import { byId } from './page/common/dom.js';
import { mountInterfaceText } from './page/common/interface-text.js';
import { Documents } from './page/documents/collection.js';
import { mountExamples } from './page/input/examples.js';
import { mountFiles } from './page/input/files.js';
import { mountRunBar } from './page/input/run-bar.js';
import { mountTextBox } from './page/input/text-box.js';
import { lazy, loadAll } from './page/lazy.js';
import { Engine } from './page/model/engine.js';
import { mountModelPanel } from './page/model/panel.js';
import { mountAttributes } from './page/settings/attributes.js';
import { mountFormat } from './page/settings/format.js';
import { mountMasthead } from './page/settings/masthead.js';
import { mountPresetOffer } from './page/settings/preset-offer.js';
import { mountPresets, Presets } from './page/settings/presets.js';
import { mountStale } from './page/settings/stale.js';
import { mountTypes } from './page/settings/types.js';
import { annotateWith } from './page/state/annotate.js';
import { Session } from './page/state/session.js';
import { initialState } from './page/state/state.js';
import { storePage } from './page/storage/offline.js';
import { storedTypes } from './page/storage/stored-types.js';

mountInterfaceText('title');
mountMasthead();

const keptTypes = storedTypes();
const state = initialState(keptTypes);
const documents = new Documents(state);
const stored = Promise.all([storePage(), documents.restore()]);
const engine = new Engine(state, () => Promise.all([stored, loadAll(), prepareAttributes()]));
/** The attributes of entities; loaded when some are wanted. @returns {Promise<import('./page/attributes/annotator.js').Annotator>} */
const annotator = async () => (await lazy.annotator()).annotatorOf(state, documents);
const session = new Session(
  state,
  engine,
  documents,
  annotateWith(state, annotator),
  async (results, text) => (await lazy.carryDecisions()).carryDecisions(results, text),
);
onLanguage((language) => state.set({ language }));

const setText = mountTextBox(state, session);
const presets = new Presets(state, Boolean(keptTypes));
mountExamples(state, session, presets, setText);
mountFiles(async (files) => {
  try {
    await (await lazy.openFiles()).openFiles(files, {
      state,
      session,
      documents,
      presets,
      setText,
    });
  } catch (error) {
    session.reportError(error);
  }
});
mountPresets(state, session, presets);
mountPresetOffer(state, session, presets);
mountStale(state, session, presets);
mountTypes(state, session, presets);
mountFormat(state);
mountAttributes(state);
mountRunBar(state, session);
mountModelPanel(state, session);
byId('delete-all').addEventListener('click', async () => {
  try {
    await (await lazy.deleteAll()).deleteAll(session, documents, annotator);
  } catch (error) {
    session.reportError(error);
  }
});

state.watch(['results', 'open', 'boxResults'], ({ results, open, boxResults }) => {
  byId('results').hidden = !results;
  byId('results-of').textContent = open?.name ?? '';
  byId('box-result').hidden = !(open && boxResults);
});
byId('box-result').addEventListener('click', () => {
  documents.close();
  byId('results-title').focus({ preventScroll: true }); // the button is gone
});
mountWhen(
  ['wanted', 'model'],
  ({ wanted, model }) => Boolean(model) && wanted.link,
  async () => {
    (await lazy.vocabularies()).mountVocabularies(state, await annotator());
  },
);
mountWhen(
  ['documents'],
  ({ documents }) => documents.length > 0,
  async () => {
    (await lazy.documentList()).mountDocumentList(state, session, documents);
  },
);
mountWhen(
  ['documents'],
  ({ documents }) => documents.some(({ results }) => results),
  async () => {
    (await lazy.reviewMode()).mountReviewMode(state, documents);
  },
);
mountWhen(
  ['results'],
  ({ results }) => Boolean(results),
  async () => {
    (await lazy.resultViews()).mountResultViews(state, documents, session);
  },
);
mountWhen(
  ['model'],
  ({ model }) => Boolean(model),
  async () => {
    const { mountExportBar, mountExportOfAll } = await lazy.exportBar();
    mountExportBar(state, session);
    mountExportOfAll(state, session);
  },
);
mountWhen(
  ['problems'],
  ({ problems }) => problems.length > 0,
  async () => {
    (await lazy.problems()).mountProblems(state);
  },
);

/** @type {unknown} */
let lastShown;
state.watch(['results'], ({ results, open }) => {
  if (!results?.running || results === lastShown || open) return;
  lastShown = results;
  scrollToResults();
});
session.load();

/** Fetches what the attributes need, if some are wanted. What fails is tried again when a text has been read. */
async function prepareAttributes() {
  await annotator()
    .then((one) => one.ready())
    .catch(() => {});
}

/** Scrolls to the results if they start in the lower half of the window, or below it. */
function scrollToResults() {
  const results = byId('results');
  if (results.getBoundingClientRect().top < innerHeight / 2) return;
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  results.scrollIntoView({ behavior: reduced ? 'auto' : 'smooth', block: 'start' });
}

/**
 * Mounts a part of the page once, when it first has something to show. If its module cannot be fetched, it is
 * tried again at the next change.
 *
 * @param {(keyof import('./page/state/state.js').Values)[]} keys  The fields to watch.
 * @param {(values: import('./page/state/state.js').Values) => boolean} isNeeded
 * @param {() => Promise<void>} mount
 */
function mountWhen(keys, isNeeded, mount) {
  let mounted = false;
  state.watch(keys, async (values) => {
    if (mounted || !isNeeded(values)) return;
    mounted = true;
    try {
      await mount();
    } catch (error) {
      mounted = false;
      session.reportError(error);
    }
  });
}
