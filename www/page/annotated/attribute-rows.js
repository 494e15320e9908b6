// What a mark's card says of an entity beside its type: its section, its status and its identifier.

import { attributeTexts } from '../../text/attributes.js';
import { statusRows } from '../assertion/card.js';
import { statusWords } from '../assertion/words.js';
import { make } from '../common/dom.js';
import { identifierRows } from '../identifiers/card.js';
import { sectionKind } from '../sections/names.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../entities/attributes.js').AttributeChange} AttributeChange
 */

/**
 * @param {Entity} entity
 * @param {Entity[]} all  All of its text.
 * @param {(changes: [Entity, AttributeChange][], message: () => string) => void} set  Makes changes.
 * @returns {Node[]}
 */
export function attributeRows(entity, all, set) {
  const { section, text } = entity;
  const words = attributeTexts();
  const status = statusRows(entity, (change) => {
    const now = statusWords({ ...entity, ...change });
    set([[entity, change]], () => words.statusChanged(text, now));
  });
  const identifier = identifierRows(entity, (id, name) => {
    const same = sameName(entity, all);
    set(
      same.map((one) => [one, { id }]),
      () => (id ? words.idChosen(name, same.length) : words.idRefused(same.length)),
    );
  });
  return [...(section ? [sectionLine(section)] : []), ...status, ...identifier];
}

/** @param {NonNullable<Entity['section']>} section */
function sectionLine(section) {
  const kind = sectionKind(section);
  return make(
    'p',
    { className: 'editor-section' },
    attributeTexts().inSection(section.heading),
    ...(kind.length ? [' ', make('span', { className: 'section-kind' }, ...kind)] : []),
  );
}

/**
 * The mentions of the same name and type, which have the same identifier.
 *
 * @param {Entity} entity
 * @param {Entity[]} all
 */
function sameName({ text, type }, all) {
  const name = text.toLowerCase();
  return all.filter((one) => one.type === type && one.text.toLowerCase() === name);
}
