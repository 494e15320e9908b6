// Mentions of the same entity, grouped. Pure functions.

import { oneLine } from '../../shared/text.js';
import { named } from './abbreviations.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * @typedef {object} Group
 * @property {string} key
 * @property {string} text      The long form, where the text defines an abbreviation; else the most frequent form.
 * @property {string[]} forms   The other forms, most frequent first. Forms that differ by case alone are listed once.
 * @property {string} type
 * @property {number} score     The highest of the mentions.
 * @property {Entity[]} mentions  In the order given.
 */

/**
 * A key that is the same for spellings of one name that differ in case, plural, possessive or hyphens. It is
 * only compared, never shown: "diagnosis" and "diagnoses" both become "diagnos".
 *
 * @param {string} text
 */
export function normalForm(text) {
  return text
    .normalize('NFKC')
    .replace(/[’']s\b/gu, '')
    .split(/[\s\p{Pd}_/]+/u)
    .map(stem)
    .filter(Boolean)
    .join(' ');
}

/** @param {string} word */
function stem(word) {
  // AIDS is not a plural of AID, but PDs is one of PD.
  if (/^[\p{Lu}\p{N}]{2,5}s?$/u.test(word)) return word.replace(/s$/, '').toLowerCase();
  const lower = word.toLowerCase();
  if (lower.length < 4 || /\p{N}/u.test(lower)) return lower;
  return lower
    .replace(/(?<![su])s$/, '') // diseases -> disease, diagnosis -> diagnosi; but virus, abscess
    .replace(/(?<=.{3})[ei]$/, '') // diseas, diagnos; viruse -> virus
    .replace(/y$/, 'i'); // bodi, as from bodies
}

/**
 * Groups mentions of one type whose names have the same normal form. The largest group comes first.
 *
 * @param {Entity[]} entities
 * @param {(entity: Entity) => string} [nameOf]  The name of an entity: of an abbreviation, its long form.
 * @returns {Group[]}
 */
export function groupMentions(entities, nameOf = ({ text }) => text) {
  /** @type {Map<string, { name: string, mentions: Entity[], forms: Map<string, number> }>} */
  const groups = new Map();
  for (const entity of entities) {
    const name = nameOf(entity);
    const key = `${entity.type}\n${normalForm(name) || entity.text}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { name: '', mentions: [], forms: new Map() }));
    group.mentions.push(entity);
    if (name !== entity.text) group.name = oneLine(name);
    const form = oneLine(entity.text);
    group.forms.set(form, (group.forms.get(form) ?? 0) + 1);
  }
  return Array.from(groups, ([key, { name, mentions, forms }]) => {
    const all = [...forms]
      .sort((a, b) => b[1] - a[1] || b[0].length - a[0].length)
      .map(([form]) => form);
    const text = name || all[0];
    const seen = new Set([text.toLowerCase()]);
    const others = all.filter(
      (form) => !seen.has(form.toLowerCase()) && seen.add(form.toLowerCase()),
    );
    const score = mentions.reduce((best, mention) => Math.max(best, mention.score), 0);
    return { key, text, forms: others, type: mentions[0].type, score, mentions };
  }).sort((a, b) => b.mentions.length - a.mentions.length || a.text.localeCompare(b.text));
}

/**
 * A function that gives the long form of an abbreviation, where the text defines it and both are of the same
 * type. Of any other entity it gives the text.
 *
 * @param {string} text
 * @param {import('./abbreviations.js').Definition[]} definitions
 * @param {Entity[]} entities
 * @returns {(entity: Entity) => string}
 */
export function longForms(text, definitions, entities) {
  /** @type {Map<string, Entity>} */
  const long = new Map();
  named(text, definitions, entities).forEach((entity, i) => {
    if (entity) long.set(`${entity.type}\n${definitions[i].short}`, entity);
  });
  return ({ text: form, type }) => {
    const known = long.get(`${type}\n${form}`) ?? long.get(`${type}\n${form.replace(/s$/, '')}`);
    return known?.text ?? form;
  };
}
