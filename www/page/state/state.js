// All that the page knows, in one place. Views watch the fields they show; the session and the
// controls set them.

import { language } from '../../language.js';
import { guarded } from '../common/fallback.js';

/**
 * @typedef {import('../../client.d.ts').RawAnswer} RawAnswer
 *
 * An entity as the model found it, or where it comes from instead.
 * @typedef {Omit<import('../../client.d.ts').Entity, 'origin'> & { origin?: 'abbreviation' | 'repeat' | 'added' | 'edited' }} Entity
 *
 * What one extraction has given so far; a new extraction has a new object. While it runs, the lists
 * grow in place. When it is done, `entities` is made anew at every correction.
 * @typedef {object} Results
 * @property {string} text        The very text that was worked on.
 * @property {string} name        For exports: the file's name, or the example's.
 * @property {string[]} types
 * @property {string} format
 * @property {Entity[]} found     By the model, in the order of the text.
 * @property {import('../entities/edits.js').Edits} edits
 * @property {Entity[]} entities  What is found, with corrections and abbreviations.
 * @property {RawAnswer[]} raw
 * @property {number} upTo        Everything before this offset is finished.
 * @property {number} done        Sentences.
 * @property {number} total
 * @property {number} startedAt   By performance.now().
 * @property {boolean} running
 * @property {number} [titleEnd]     These three as the document had them: see documents/read.js.
 * @property {import('../documents/read.js').Annotation[]} [given]
 * @property {string[]} [givenTypes]
 *
 * @typedef {import('../documents/collection.js').Document} Document
 *
 * @typedef {import('../documents/read.js').Problem & { file: string }} FileProblem
 *
 * @typedef {'loading' | 'ready' | 'working' | 'done' | 'error'} Phase
 *
 * @typedef {object} Values
 * @property {Phase} phase
 * @property {() => string} message  The line in the status region, in the language of the moment.
 * @property {() => string} warning
 * @property {import('../../language.js').Language} language
 * @property {boolean} mayRetry   Whether loading the model can be tried again.
 * @property {boolean} waiting    Whether a text waits for the model.
 * @property {import('../../client.d.ts').LoadProgress | undefined} loading
 * @property {import('../../client.d.ts').ModelInfo | undefined} model
 * @property {string} ownModel    The name of the reader's own model, where one is in use.
 * @property {string} text        What the reader has put in, exactly: see input.js.
 * @property {string} name
 * @property {string[]} offered   Types to choose from.
 * @property {string[]} chosen    In the order of `offered`.
 * @property {string | undefined} format
 * @property {Results | undefined} results   What is shown.
 * @property {Results | undefined} progress  What is being worked on.
 * @property {readonly Document[]} documents  In the order they came; see documents/collection.js.
 * @property {Document | undefined} open       The one whose results are shown.
 * @property {boolean} kept        Whether documents outlive the tab.
 * @property {ReadonlySet<string>} hidden  Types switched off in the legend.
 * @property {number} threshold    Entities with a lower score are not shown.
 * @property {boolean} abbreviations
 * @property {boolean} review      Whether annotations that came with a document are shown beside the model's.
 * @property {readonly FileProblem[]} problems  Of the files opened last.
 * @property {{ entity: Entity, from: 'table' | 'text' } | undefined} selected
 */

export class State {
  /** @type {Values} */
  #values;
  /** @type {{ keys: (keyof Values)[], show: (values: Values) => void }[]} */
  #watchers = [];

  /** @param {Values} values */
  constructor(values) {
    this.#values = values;
  }

  get values() {
    return this.#values;
  }

  /**
   * Changes some fields and tells who watches them, also where the value is the same object as
   * before: results grow in place. A view that fails stops neither the others nor who made the change.
   *
   * @param {Partial<Values>} changes
   */
  set(changes) {
    this.#values = { ...this.#values, ...changes };
    for (const { keys, show } of this.#watchers) {
      if (keys.some((key) => key in changes)) guarded('a view', () => show(this.#values), undefined);
    }
  }

  /**
   * Calls `show` now and at every change of one of `keys`.
   *
   * @param {(keyof Values)[]} keys
   * @param {(values: Values) => void} show
   */
  watch(keys, show) {
    this.#watchers.push({ keys, show });
    show(this.#values);
  }
}

/** The types that are always offered, the most asked for first; a model may add its own. */
export const PRESET_TYPES = [
  'Chemical', 'Disease', 'Gene', 'Species', 'Anatomy', 'Cell', 'Cancer', 'Tissue', 'Organ', 'CellComponent',
  'BodySubstance',
];

export function initialState() {
  return new State({
    phase: 'loading',
    message: () => '',
    warning: () => '',
    language,
    mayRetry: false,
    waiting: false,
    loading: undefined,
    model: undefined,
    ownModel: '',
    text: '',
    name: '',
    offered: PRESET_TYPES,
    chosen: ['Chemical', 'Disease'],
    format: undefined,
    results: undefined,
    progress: undefined,
    documents: [],
    open: undefined,
    kept: true,
    hidden: new Set(),
    threshold: 0,
    abbreviations: true,
    review: true,
    problems: [],
    selected: undefined,
  });
}
