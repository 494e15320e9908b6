// The list of documents in English. The other languages have the same shape.

import { counted, number } from '../../language.js';

export const en = {
  documentsStored: {
    yes: 'Kept on this device, and nowhere else, until you remove them.',
    no: 'This browser keeps nothing here (a private window, or storage is full): these documents are gone when the tab is closed. Download what you need.',
    newer:
      'A newer version of this page has been opened in this browser, so this tab keeps nothing any more. Download what you need, then reload the page.',
  },
  documentsSummary: (
    /** @type {number} */ done,
    /** @type {number} */ all,
    /** @type {number} */ entities,
  ) => `${number(done)} of ${number(all)} done, ${counted(entities, 'entity', 'entities')}`,
  documentsRun: (/** @type {number} */ waiting) =>
    `Extract from ${counted(waiting, 'document', 'documents')}`,
  documentsRetry: (/** @type {number} */ failed) => `Try ${number(failed)} again`,
  documentsAgainAsk:
    'Work on all documents again? What was found is replaced. Your decisions are kept for the same places and types.',
  documentsClearAsk: 'Remove all documents with everything found in them?',
  documentStates: { waiting: 'waiting', working: 'reading', done: 'done', failed: 'failed' },
  /** Why a document has failed. @type {Record<string, (limit: number) => string>} */
  documentErrors: {
    'text-too-large': (limit) =>
      `Its text is longer than the ${number(limit)} characters that the page takes at once. Split it, or use the command line.`,
    input: () => 'The model cannot take this text.',
    memory: () =>
      'This tab does not get enough memory for it. Close other tabs and programs, then try again.',
    crashed: () => 'The model stopped unexpectedly, perhaps for want of memory. Try it again.',
    internal: () => 'Something went wrong in the program. Try it again.',
  },
  documentNone: 'none found',
  documentRemove: (/** @type {string} */ name) => `Remove ${name}`,
  documentRemoveAsk: (/** @type {string} */ name) =>
    `Remove ${name} with your decisions on it? This cannot be undone.`,
  documentGiven: (/** @type {number} */ count) =>
    `${counted(count, 'annotation', 'annotations')} in its file`,
};
