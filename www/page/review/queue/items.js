// The entities of all documents as items of the review: which there are, what the reader has decided on each, and
// in which order they come. Pure functions.

import { keyOf, outermostFirst } from '../../entities/order.js';
import { entitiesOf } from '../../entities/visible.js';
import { noEdits } from '../../entities/edits.js';
import { noneMissing } from '../../entities/whole.js';

/**
 * @typedef {import('../../state/state.js').Entity} Entity
 * @typedef {import('../../state/state.js').Results} Results
 * @typedef {import('../../entities/edits.js').Edit} Edit
 * @typedef {import('../../documents/collection.js').Document} Document
 * @typedef {Document & { results: Results }} ReadDocument
 *
 * `together`: accepted by its score, with many others. `changed`: rejected, with an entity of the reader's in its
 * place. `own`: marked by the reader.
 * @typedef {'accepted' | 'together' | 'rejected' | 'changed' | 'own'} Decision
 *
 * @typedef {object} Item
 * @property {string} id        No two items of the collection share it.
 * @property {ReadDocument} document
 * @property {number} place     The document's place in the list.
 * @property {Entity} entity
 * @property {Decision} [decision]
 *
 * @typedef {'doubt' | 'text'} Order
 */

/** What the entities were made of, and they. @type {WeakMap<Results, { of: unknown[], entities: Entity[] }>} */
const unedited = new WeakMap();

/**
 * The entities as they were before any correction of their places and types, with the abbreviations that the page
 * derives from them. They have their attributes, as the reader has changed them.
 *
 * @param {Results} results
 * @param {boolean} abbreviations
 */
export function modelEntities(results, abbreviations) {
  const { found, annotation, edits } = results;
  const { attributes } = edits.now;
  const of = [abbreviations, found, annotation, attributes];
  const known = unedited.get(results);
  if (known && of.every((one, i) => one === known.of[i])) return known.entities;
  const entities = entitiesOf({ ...results, edits: noEdits({ attributes }) }, abbreviations);
  unedited.set(results, { of, entities });
  return entities;
}

/** The documents that can be reviewed. @param {readonly Document[]} documents */
export const readDocuments = (documents) =>
  /** @type {ReadDocument[]} */ (
    documents.filter(({ state, results }) => state === 'done' && results && !results.running)
  );

/** @param {Entity} entity */
const isOwn = ({ origin }) => origin === 'added' || origin === 'edited';

/** @param {{ start: number, end: number }} a @param {{ start: number, end: number }} b */
export const overlap = (a, b) => a.start < b.end && b.start < a.end;

/**
 * What the reader has decided on an entity of a result; undefined if nothing yet.
 *
 * @param {Edit} edit
 * @returns {(entity: Entity) => Decision | undefined}
 */
export function decisions(edit) {
  const [accepted, together, removed] = [
    new Set(edit.accepted),
    new Set(edit.acceptedTogether),
    new Set(edit.removed),
  ];
  const own = new Set(edit.added.map(keyOf));
  return (entity) => {
    const key = keyOf(entity);
    if (own.has(key)) return isOwn(entity) ? 'own' : 'accepted';
    if (accepted.has(key)) return 'accepted';
    if (together.has(key)) return 'together';
    if (!removed.has(key)) return undefined;
    return edit.added.some((other) => overlap(other, entity)) ? 'changed' : 'rejected';
  };
}

/** @type {WeakMap<Entity[], { edit: Edit, place: number, abbreviations: boolean, items: Item[] }>} */
const itemsByEntities = new WeakMap();

/**
 * The items of a document in the order of its text: its entities, and those that were removed.
 *
 * @param {ReadDocument} document
 * @param {number} place
 * @param {boolean} abbreviations
 * @returns {Item[]}
 */
function itemsOf(document, place, abbreviations) {
  const { entities, edits } = document.results;
  const known = itemsByEntities.get(entities);
  if (
    known?.edit === edits.now &&
    known.place === place &&
    known.abbreviations === abbreviations &&
    (!known.items.length || known.items[0].document === document)
  )
    return known.items;
  const there = new Set(entities.map(keyOf));
  const found = modelEntities(document.results, abbreviations);
  const byKey = new Map(found.map((entity) => [keyOf(entity), entity]));
  const gone = found.filter((entity) => !there.has(keyOf(entity)));
  const decide = decisions(edits.now);
  const items = [...entities, ...gone].sort(outermostFirst).map((entity) => {
    const decision = decide(entity);
    // What the reader has marked before the model found it is accepted.
    const same = decision === 'own' ? byKey.get(keyOf(entity)) : undefined;
    return /** @type {Item} */ ({
      id: `${document.key}/${keyOf(entity)}`,
      document,
      place,
      entity: same ?? entity,
      decision: same ? 'accepted' : decision,
    });
  });
  itemsByEntities.set(entities, { edit: edits.now, place, abbreviations, items });
  return items;
}

/**
 * The items of all documents, in the order of the documents and of their texts.
 *
 * @param {readonly Document[]} documents
 * @param {boolean} abbreviations
 */
export const allItems = (documents, abbreviations) =>
  readDocuments(documents).flatMap((document, place) => itemsOf(document, place, abbreviations));

/** @type {Record<Order, (a: Item, b: Item) => number>} */
const ORDERS = {
  text: (a, b) =>
    a.place - b.place ||
    outermostFirst(a.entity, b.entity) ||
    (a.entity.type < b.entity.type ? -1 : Number(a.entity.type > b.entity.type)),
  doubt: (a, b) => a.entity.score - b.entity.score || ORDERS.text(a, b),
};

/**
 * The next item that is undecided, after the place of `from`; at the end it goes on at the beginning.
 *
 * @param {Item[]} items
 * @param {Order} order
 * @param {Item} [from]
 * @returns {Item | undefined}
 */
export function nextUndecided(items, order, from) {
  const compare = ORDERS[order];
  const isBefore = (/** @type {Item} */ a, /** @type {Item | undefined} */ b) =>
    !b || compare(a, b) < 0;
  /** @type {Item | undefined} */
  let first;
  /** @type {Item | undefined} */
  let after;
  for (const item of items) {
    if (item.decision || item.id === from?.id) continue;
    if (isBefore(item, first)) first = item;
    if (from && compare(item, from) > 0 && isBefore(item, after)) after = item;
  }
  // Nothing but `from` itself may be left.
  return after ?? first ?? items.find(({ id, decision }) => id === from?.id && !decision);
}

/**
 * Whether the reader has said that nothing is missing in a document, of all types that were asked for.
 *
 * @param {ReadDocument} document
 */
export const isSaidWhole = ({ results: { edits, types } }) => noneMissing(edits.now, types);

/**
 * Whether a document has been reviewed as a whole: everything in it is decided, and the reader has said that
 * nothing is missing.
 *
 * @param {ReadDocument} document
 */
export const isWhole = (document) => isSaidWhole(document) && !undecidedIn(document.results).length;

/** The types that entities of a document can have: those asked for, then others that it has. @param {ReadDocument} document */
export const typesIn = ({ results: { types, entities } }) => [
  ...new Set([...types, ...entities.map(({ type }) => type)]),
];

/** The entities of a result that are undecided. @param {Results} results */
export function undecidedIn({ entities, edits }) {
  const decide = decisions(edits.now);
  return entities.filter((entity) => !decide(entity));
}

/**
 * How far the review is. Entities that the reader has marked are not counted: there is nothing to decide.
 *
 * @param {Item[]} items
 * @param {ReadDocument[]} documents
 */
export function progressOf(items, documents) {
  const toDecide = items.filter(({ decision }) => decision !== 'own');
  const decided = toDecide.filter(({ decision }) => decision).length;
  const whole = documents.filter(isWhole).length;
  return { decided, all: toDecide.length, whole, documents: documents.length };
}
