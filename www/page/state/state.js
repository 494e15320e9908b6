// The state of the page. Views watch the fields that they show; the session and the controls set them.

import { language } from '../../language.js';
import { KNOWN_TYPES } from '../../shared/looks.js';
import { DEFAULT_PRESET } from '../../shared/presets.js';
import { withFallback } from '../common/fallback.js';
import { NO_ATTRIBUTES } from '../entities/attributes.js';

/**
 * @typedef {import('../../client.d.ts').RawAnswer} RawAnswer
 *
 * An entity as the model found it, or where it comes from instead.
 * @typedef {Omit<import('../../client.d.ts').Entity, 'origin'> & { origin?: 'abbreviation' | 'repeat' | 'added' | 'edited' }} Entity
 *
 * The results of one extraction; every extraction has its own object. The lists grow in place while it runs.
 * When it is done, every correction replaces `entities`.
 * @typedef {object} Results
 * @property {string} text        The text that was read.
 * @property {string} name        For exports: the name of the file or of the example.
 * @property {string[]} types
 * @property {string} format
 * @property {Entity[]} found     What the model found, in the order of the text.
 * @property {import('../entities/edits.js').Edits} edits
 * @property {Entity[]} entities  `found` with corrections and abbreviations.
 * @property {RawAnswer[]} raw
 * @property {number} upTo        The text before this offset has been read.
 * @property {number} done        Sentences that have been read.
 * @property {number} total       Sentences in the text.
 * @property {number} startedAt   A time of performance.now().
 * @property {boolean} running
 * @property {import('../entities/attributes.js').Wanted} wanted  Which attributes its entities are to have.
 * @property {import('../entities/attributes.js').Annotation} [annotation]  The attributes, once they are there.
 * @property {number} [titleEnd]     The last three fields come from the document: see documents/read.js.
 * @property {import('../documents/read.js').Annotation[]} [given]
 * @property {string[]} [givenTypes]
 *
 * @typedef {import('../documents/collection.js').Document} Document
 *
 * @typedef {import('../documents/read.js').Problem & { file: string }} FileProblem
 *
 * @typedef {'loading' | 'ready' | 'working' | 'done' | 'error'} Phase
 *
 * What is said to the reader, and whether it says why something is not done.
 * @typedef {{ says: () => string, isRefusal: boolean }} Answer
 *
 * @typedef {object} Values
 * @property {Phase} phase
 * @property {() => string} message  The status line, in the current language.
 * @property {Answer | undefined} answer  To what the reader does while the status line is needed for something else.
 * @property {() => string} warning
 * @property {import('../../language.js').Language} language
 * @property {boolean} mayRetry   Whether loading the model can be tried again.
 * @property {(() => unknown) | undefined} waiting  What the reader has asked for and is done when the model is loaded.
 * @property {import('../../client.d.ts').LoadProgress | undefined} loading
 * @property {import('../../client.d.ts').ModelInfo | undefined} model
 * @property {string} ownModel    The file name of the reader's own model, if one is in use.
 * @property {string} text        The exact input: see input/text-box.js.
 * @property {string} name
 * @property {string} preset      The preset that has the chosen types; '' is the reader's own choice.
 * @property {string} suggested   A preset that fits the text in the box and is offered; '' for none.
 * @property {readonly string[]} offered   Types to choose from.
 * @property {string[]} chosen    In the order of `offered`.
 * @property {import('../../shared/documents.js').Inventory | undefined} inventory  Once it is loaded.
 * @property {string | undefined} format
 * @property {import('../entities/attributes.js').Wanted} wanted  Which attributes entities are to have.
 * @property {boolean} attributesBusy   Whether what attributes need is being fetched.
 * @property {readonly import('../identifiers/vocabularies.js').OwnVocabulary[]} vocabularies  The reader's own.
 * @property {Results | undefined} results   What is shown.
 * @property {Results | undefined} boxResults  Those of the text in the box, shown or not.
 * @property {Results | undefined} progress  The extraction that is running.
 * @property {readonly Document[]} documents  In the order in which they were added.
 * @property {Document | undefined} open       The one whose results are shown.
 * @property {'yes' | 'no' | 'newer'} stored  Whether documents are still there when the tab is opened again; `newer` if
 *   not, because a newer version of the page has stored some.
 * @property {number} unreadable   How many stored documents cannot be read.
 * @property {ReadonlySet<string>} hidden  Types that are switched off in the legend.
 * @property {number} threshold    Entities with a lower score are not shown.
 * @property {ReadonlySet<string>} hiddenStatuses  Statuses that are switched off.
 * @property {boolean} onlyPresent  Whether only what is the patient's is counted, in the merged table and the chart.
 * @property {boolean} abbreviations
 * @property {boolean} review      Whether the model's entities are compared with the annotations of the file.
 * @property {readonly FileProblem[]} problems  In the files opened last.
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
   * Changes some fields and calls their watchers. They are called even if a value is the same object as before,
   * because results grow in place. A view that throws affects neither the other views nor the caller.
   *
   * @param {Partial<Values>} changes
   */
  set(changes) {
    this.#values = { ...this.#values, ...changes };
    for (const { keys, show } of this.#watchers) {
      if (keys.some((key) => key in changes))
        withFallback('a view', () => show(this.#values), undefined);
    }
  }

  /**
   * Calls `show` now, and whenever one of `keys` changes.
   *
   * @param {(keyof Values)[]} keys
   * @param {(values: Values) => void} show
   */
  watch(keys, show) {
    this.#watchers.push({ keys, show });
    show(this.#values);
  }
}

/** @param {import('../storage/stored-types.js').StoredTypes | undefined} types  Those of the last visit. */
export function initialState(types) {
  return new State({
    phase: 'loading',
    message: () => '',
    answer: undefined,
    warning: () => '',
    language,
    mayRetry: false,
    waiting: undefined,
    loading: undefined,
    model: undefined,
    ownModel: '',
    text: '',
    name: '',
    // The first visit: what DEFAULT_PRESET will have when the inventory is there.
    preset: types?.preset ?? DEFAULT_PRESET,
    offered: types?.offered ?? KNOWN_TYPES.slice(0, 5),
    chosen: types?.chosen ?? KNOWN_TYPES.slice(0, 5),
    suggested: '',
    inventory: undefined,
    format: undefined,
    wanted: NO_ATTRIBUTES,
    attributesBusy: false,
    vocabularies: [],
    results: undefined,
    boxResults: undefined,
    progress: undefined,
    documents: [],
    open: undefined,
    stored: 'yes',
    unreadable: 0,
    hidden: new Set(),
    threshold: 0,
    hiddenStatuses: new Set(),
    onlyPresent: false,
    abbreviations: true,
    review: true,
    problems: [],
    selected: undefined,
  });
}
