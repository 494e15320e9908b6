// Opens a saved review: its documents are added to the list. A document that is there already, with the same name
// and text, is joined with the one in the file.

import { wholeOfBoth } from '../../entities/whole.js';
import { keyOf } from '../../entities/order.js';
import { applyEdits } from '../../state/apply-edits.js';
import { fromStored } from '../../documents/stored.js';
import { readReviewFile } from './saved.js';

/**
 * @typedef {import('../../entities/edits.js').Edit} Edit
 * @typedef {import('../../documents/collection.js').Document} Document
 * @typedef {import('../../storage/document-store.js').StoredResults} StoredResults
 */

/**
 * @param {string} text  Of the file.
 * @param {object} page
 * @param {import('../../state/state.js').State} page.state
 * @param {import('../../documents/collection.js').Documents} page.documents
 * @returns {{ added: number, merged: number, made?: StoredResults,
 *   problems: import('../../documents/read.js').Problem[] }}  `made` has the first results in the file.
 */
export function openReview(text, page) {
  const { documents: read, problems } = readReviewFile(text);
  const { state, documents } = page;
  const here = new Map(state.values.documents.map((one) => [placeOf(one), one]));
  const [known, fresh] = [
    read.filter((one) => here.has(placeOf(one))),
    read.filter((one) => !here.has(placeOf(one))),
  ];
  if (fresh.length) documents.add(fresh);
  for (const one of known) {
    const document = /** @type {Document} */ (here.get(placeOf(one)));
    const { results } = document;
    const theirs = one.results?.edit ?? one.edit ?? {};
    if (results && !results.running) {
      const { now, past } = results.edits;
      const edits = { past: [...past, now], now: joined(now, theirs), future: [] };
      applyEdits([[results, edits]], page);
    } else if (one.results && document.state !== 'working') {
      const { abbreviations } = state.values;
      const edit = joined(document.edit ?? {}, theirs);
      const taken = { ...one, key: document.key, state: /** @type {const} */ ('done') };
      const restored = fromStored({ ...taken, results: { ...one.results, edit } }, abbreviations);
      documents.change(document, { state: 'done', results: restored.results, error: undefined });
    }
  }
  const made = read.find(({ results }) => results)?.results;
  return { added: fresh.length, merged: known.length, made, problems };
}

/** @param {{ name: string, text: string }} document */
const placeOf = ({ name, text }) => JSON.stringify([name, text]);

/**
 * The decisions of both. Where they differ, those made here stay.
 *
 * @param {Partial<Edit>} ours
 * @param {Partial<Edit>} theirs
 * @returns {Edit}
 */
export function joined(ours, theirs) {
  const decided = new Set([
    ...(ours.removed ?? []),
    ...(ours.accepted ?? []),
    ...(ours.acceptedTogether ?? []),
    ...(ours.added ?? []).map(keyOf),
  ]);
  const both = (/** @type {'removed' | 'accepted' | 'acceptedTogether'} */ list) => [
    ...(ours[list] ?? []),
    ...(theirs[list] ?? []).filter((key) => !decided.has(key)),
  ];
  return {
    removed: both('removed'),
    accepted: both('accepted'),
    acceptedTogether: both('acceptedTogether'),
    added: [
      ...(ours.added ?? []),
      ...(theirs.added ?? []).filter((entity) => !decided.has(keyOf(entity))),
    ],
    whole: wholeOfBoth(ours.whole, theirs.whole),
    ...((ours.attributes || theirs.attributes) && {
      attributes: joinedAttributes(ours.attributes, theirs.attributes),
    }),
  };
}

/**
 * The changed attributes of both, attribute by attribute: a status changed here and an identifier chosen there are
 * both kept.
 *
 * @param {Edit['attributes']} ours
 * @param {Edit['attributes']} theirs
 */
function joinedAttributes(ours = {}, theirs = {}) {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return Object.fromEntries(Array.from(keys, (key) => [key, { ...theirs[key], ...ours[key] }]));
}
