// The attributes of entities: their status, section and identifier, with what the reader has corrected. Pure functions.

import { keyOf } from './order.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../../attributes.d.ts').TextSection} Section
 * @typedef {import('./status.js').Said} Said
 *
 * What an entity may have beside its place, type and score.
 * @typedef {import('../../attributes.d.ts').EntityAttributes} Attributes
 *
 * Which attributes there are to be.
 * @typedef {{ assertion: boolean, sections: boolean, link: boolean }} Wanted
 *
 * What was found: the attributes of each entity, by its key, and the sections of the text.
 * @typedef {{ wanted: Wanted, attributes: Map<string, Attributes>, sections: Section[] }} Annotation
 *
 * What the reader has changed of an entity. `id` is null where none of the candidates is meant.
 * @typedef {Said & { id?: string | null }} AttributeChange
 */

/** @type {Wanted} */
export const NO_ATTRIBUTES = { assertion: false, sections: false, link: false };

/** Entities with their attributes: the same objects as long as nothing has changed. @type {WeakMap<Entity, { of: Attributes, change: AttributeChange | undefined, entity: Entity }>} */
const made = new WeakMap();

/**
 * The entities with their attributes, in the same order.
 *
 * @param {Entity[]} entities
 * @param {Annotation | undefined} annotation
 * @param {Record<string, AttributeChange>} [changed]  By the key of the entity.
 * @returns {Entity[]}
 */
export function withAttributes(entities, annotation, changed = {}) {
  if (!annotation) return entities;
  return entities.map((entity) => {
    const key = keyOf(entity);
    const of = annotation.attributes.get(key);
    if (!of) return entity;
    const change = changed[key];
    const known = made.get(entity);
    if (known?.of === of && known.change === change) return known.entity;
    const whole = { ...entity, ...of, ...corrected(of, change) };
    if (change?.id === null) delete whole.id;
    made.set(entity, { of, change, entity: whole });
    return whole;
  });
}

/**
 * The changes that concern attributes that there are: what is not asked for is not shown, changed or not.
 *
 * @param {Attributes} attributes
 * @param {AttributeChange} [change]
 * @returns {Attributes}
 */
function corrected({ assertion, candidates }, { id, ...said } = {}) {
  return { ...(assertion && said), ...(candidates && id && { id }) };
}
