// The columns of the table of entities: their order, their cells, and which of them there are.

import { score as formatScore } from '../../language.js';
import { text as words } from '../../text.js';
import { statusNames } from '../assertion/words.js';
import { make } from '../common/dom.js';
import { typeName } from '../common/type-style.js';
import { chosenCandidate } from '../identifiers/candidates.js';
import { STATUSES, statusesOf } from '../entities/status.js';
import { idLink } from '../identifiers/link.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {'text' | 'type' | 'status' | 'section' | 'id' | 'start' | 'score'} Column
 */

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The place of an entity's first status among all. @param {Entity} entity */
const statusPlace = (entity) => {
  const [status] = statusesOf(entity);
  return status ? STATUSES.indexOf(status) : -1;
};

/** @type {Record<Column, (a: Entity, b: Entity) => number>} */
export const ORDER = {
  text: (a, b) => collator.compare(a.text, b.text),
  type: (a, b) => collator.compare(a.type, b.type),
  status: (a, b) => statusPlace(a) - statusPlace(b),
  section: (a, b) => Number(Boolean(a.section)) - Number(Boolean(b.section)) || a.start - b.start,
  id: (a, b) => collator.compare(a.id ?? '', b.id ?? ''),
  start: (a, b) => a.start - b.start,
  score: (a, b) => a.score - b.score,
};

/**
 * The columns for a result. Those of attributes are there when at least one entity has something to show.
 *
 * @param {import('../state/state.js').Results | undefined} results
 * @returns {Column[]}
 */
export function columnsOf(results) {
  const entities = results?.entities ?? [];
  /** @type {Column[]} */
  const columns = ['text', 'type'];
  if (entities.some(({ assertion }) => assertion)) columns.push('status');
  if (entities.some(({ id }) => id)) columns.push('id');
  if (entities.some(({ section }) => section)) columns.push('section');
  return [...columns, 'start', 'score'];
}

/** What a search looks in. @param {Entity} entity */
export const searchTextOf = ({ text, type, section, id, candidates }) =>
  [text, type, section?.heading, id, chosenCandidate({ id, candidates })?.name].join('\n');

/**
 * @param {Entity} entity
 * @param {Column} column
 */
export function cellOf(entity, column) {
  const { type, start, score, section } = entity;
  switch (column) {
    case 'text':
      return make('td', { className: 'mention' }, jump(entity));
    case 'type':
      return make('td', {}, typeName(type));
    case 'status':
      return make('td', { className: 'status-cell' }, ...statusNames(entity));
    case 'section':
      return make(
        'td',
        { className: 'section-cell', title: section?.heading ?? '' },
        make('bdi', { textContent: section?.heading ?? '' }),
      );
    case 'id':
      return make('td', { className: 'id-cell' }, ...identifier(entity));
    case 'start':
      return make('td', { className: 'figure', textContent: String(start) });
    case 'score':
      return make('td', { className: 'figure', textContent: formatScore(score) });
  }
}

/** @param {Entity} entity */
function jump({ text, origin }) {
  const button = make('button', {
    type: 'button',
    className: 'jump',
    title: origin ? `${words.jump} (${words.tipOrigin[origin]})` : words.jump,
    tabIndex: -1,
  });
  button.append(make('bdi', { textContent: text }));
  return button;
}

/**
 * The identifier as a link, which the card of the mark has for the keyboard, and its name with its score.
 *
 * @param {Entity} entity
 */
export function identifier(entity) {
  const { id } = entity;
  if (!id) return [];
  const link = idLink(id);
  link.tabIndex = -1;
  const candidate = chosenCandidate(entity);
  const named = candidate && `${candidate.name}, ${formatScore(candidate.score)}`;
  return [link, ...(named ? [make('span', { className: 'forms', textContent: named })] : [])];
}
