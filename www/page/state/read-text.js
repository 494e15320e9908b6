// Has the model read a text, and shows what it finds as it comes.

import { choiceOf } from './format.js';
import { addPart, finish } from './results.js';

const ANNOUNCE_EVERY_MS = 5000; // a screen reader reads every announcement aloud

/**
 * Has the model read the text of `results`, and adds what it finds.
 *
 * @param {import('./state.js').Results} results
 * @param {AbortSignal} signal
 * @param {(done: number, total: number) => string} message  Of the status line.
 * @param {object} page
 * @param {import('../../client.js').Bioner} page.ner
 * @param {import('./state.js').State} page.state
 * @param {import('./annotate.js').Annotate} page.annotate
 */
export async function readText(results, signal, message, { ner, state, annotate }) {
  const { text, types, format } = results;
  let announcedAt = -Infinity;
  try {
    // Where the reader chose no format, the engine chooses for each type.
    const chosen = choiceOf(format, { model: state.values.model, chosen: types });
    const asked = { types, format: chosen || undefined, raw: true, signal };
    for await (const part of ner.extract(text, asked)) {
      addPart(results, part);
      if (state.values.results === results) state.set({ results });
      state.set({ loading: undefined, progress: results });
      const now = performance.now();
      if (now - announcedAt < ANNOUNCE_EVERY_MS) continue;
      announcedAt = now;
      state.set({ message: () => message(part.done, part.total) });
    }
    finish(results, state.values.abbreviations);
    await annotate(results, signal);
  } finally {
    finish(results, state.values.abbreviations);
    if (state.values.results === results) state.set({ results });
    state.set({ loading: undefined, progress: undefined });
  }
}
