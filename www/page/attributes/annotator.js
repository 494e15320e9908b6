// Gives the entities of results their attributes: status, section and identifier. No model is needed, so this is done
// again whenever the entities or what is wanted of them have changed.

import { text as words } from '../../text.js';
import { Vocabularies } from '../identifiers/vocabularies.js';
import { keepingSame } from './same.js';
import { keyOf } from '../entities/order.js';
import { bareEntitiesOf, entitiesOf } from '../entities/visible.js';
import { AttributesService } from './service.js';

/**
 * @typedef {import('../state/state.js').State} State
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../documents/collection.js').Documents} Documents
 * @typedef {import('../entities/attributes.js').Annotation} Annotation
 * @typedef {import('../entities/attributes.js').Wanted} Wanted
 */

/** @type {Annotator | undefined} */
let only;

/**
 * The annotator of the page.
 *
 * @param {State} state
 * @param {Documents} documents
 */
export function annotatorOf(state, documents) {
  only ??= new Annotator(state, documents);
  return only;
}

export class Annotator {
  #state;
  #documents;
  #warned = false;
  service = new AttributesService();
  vocabularies;
  /** The work for each result that was begun last, and what it is for. @type {WeakMap<Results, { of: string, done: Promise<void> }>} */
  #work = new WeakMap();

  /** Results as they were after they had been annotated. @type {WeakMap<Results, Pick<Results, 'entities' | 'annotation' | 'wanted'>>} */
  #seen = new WeakMap();

  /**
   * @param {State} state
   * @param {Documents} documents
   */
  constructor(state, documents) {
    this.#state = state;
    this.#documents = documents;
    this.vocabularies = new Vocabularies(state, this);
    state.watch(['results'], ({ results }) => this.#update(results));
    state.watch(['wanted', 'documents'], () => this.#updateAll());
    state.watch(['wanted'], () => this.ready());
  }

  /** Fetches what the attributes need, if some are wanted. Resolves when all is there, or has failed. */
  async ready() {
    const { wanted } = this.#state.values;
    if (!isAny(wanted)) return;
    this.#state.set({ attributesBusy: true });
    await this.service.annotate('', [], wanted).then(
      () => this.#clearWarning(),
      (error) => this.#report(error),
    );
    this.#state.set({ attributesBusy: false });
  }

  /**
   * Gives the entities of a finished result their attributes. Never rejects: without them, the entities are shown as
   * they are.
   *
   * @param {Results} results
   */
  annotate(results) {
    const { abbreviations } = this.#state.values;
    const { text, wanted } = results;
    const entities = isAny(wanted) ? bareEntitiesOf(results, abbreviations) : [];
    const of = JSON.stringify([wanted, entities.map(keyOf)]);
    const begun = this.#work.get(results);
    if (begun?.of === of) return begun.done;
    const work = { of, done: Promise.resolve() };
    this.#work.set(results, work);
    const put = (/** @type {Annotation | undefined} */ annotation) => {
      if (this.#work.get(results) !== work) return; // overtaken
      results.annotation = annotation && keepingSame(annotation, results.annotation);
      results.entities = entitiesOf(results, this.#state.values.abbreviations);
    };
    if (!isAny(wanted)) put(undefined);
    else
      work.done = this.service.annotate(text, entities, wanted).then(
        ({ attributes, sections }) => {
          this.#clearWarning();
          put({ wanted, attributes: withRemoved(attributes, results), sections });
        },
        (error) => this.#report(error),
      );
    return work.done;
  }

  /** Takes the reader's vocabularies out of use, for what is shown as well. */
  async forget() {
    await this.vocabularies.stop();
    await this.service.forget();
    this.#state.set({ vocabularies: [] });
    await this.vocabulariesChanged();
  }

  /** Annotates again what a change of the vocabularies concerns. */
  async vocabulariesChanged() {
    const { results, boxResults } = this.#state.values;
    const own = Array.from(new Set([results, boxResults]), (one) => this.#update(one, true));
    await Promise.all([...own, this.#updateAll(true)]);
  }

  /**
   * Annotates the results, if that is not done, and shows and stores what has changed.
   *
   * @param {Results | undefined} results
   * @param {boolean} [otherVocabularies]  Whether identifiers are to be found anew.
   */
  async #update(results, otherVocabularies = false) {
    if (!results || results.running) return;
    if (otherVocabularies && results.wanted.link) this.#work.delete(results);
    else if (this.#isSeen(results) || (!this.#work.has(results) && isDone(results))) return;
    const { entities, annotation } = results;
    await this.annotate(results);
    this.#seen.set(results, {
      entities: results.entities,
      annotation: results.annotation,
      wanted: results.wanted,
    });
    if (results.entities === entities && results.annotation === annotation) return;
    if (this.#state.values.results === results) this.#state.set({ results });
    this.#documents.storeCorrections(results);
  }

  /** Whether nothing has changed since the results were annotated: there may be very many. @param {Results} results */
  #isSeen(results) {
    const seen = this.#seen.get(results);
    return (
      seen?.entities === results.entities &&
      seen.annotation === results.annotation &&
      seen.wanted === results.wanted
    );
  }

  /** The same for all documents, one after the other. */
  async #updateAll(otherVocabularies = false) {
    for (const { results } of this.#state.values.documents) {
      if (results && !otherVocabularies && this.#isSeen(results)) continue; // there is nothing to wait for
      await this.#update(results, otherVocabularies);
    }
  }

  /** @param {unknown} error */
  #report(error) {
    console.warn(error); // for a bug report
    const { code = '' } = /** @type {{ code?: string }} */ (error ?? {});
    this.#warned = true;
    this.#state.set({ warning: () => words.warnings.attributes(code) });
  }

  #clearWarning() {
    if (this.#warned) this.#state.set({ warning: () => '' });
    this.#warned = false;
  }
}

/**
 * The attributes with those of entities that the reader has removed: the review goes on showing them.
 *
 * @param {Annotation['attributes']} attributes
 * @param {Results} results
 */
function withRemoved(attributes, { wanted, annotation, edits }) {
  if (!annotation || JSON.stringify(annotation.wanted) !== JSON.stringify(wanted))
    return attributes;
  const all = new Map(attributes);
  for (const key of edits.now.removed) {
    const known = annotation.attributes.get(key);
    if (known && !all.has(key)) all.set(key, known);
  }
  return all;
}

/** @param {Wanted} wanted */
const isAny = (wanted) => Object.values(wanted).some(Boolean);

/**
 * Whether the entities have the attributes that are wanted: those of a document that was stored with them.
 *
 * @param {Results} results
 */
function isDone({ wanted, annotation, entities }) {
  if (!annotation) return !isAny(wanted);
  return (
    JSON.stringify(annotation.wanted) === JSON.stringify(wanted) &&
    entities.every((entity) => annotation.attributes.has(keyOf(entity)))
  );
}
