// Mentions of the same thing, together: pure functions.

import { named } from './abbreviations.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * @typedef {object} Thing
 * @property {string} key
 * @property {string} text      The long form, where the text explains an abbreviation; else the form most used.
 * @property {string[]} forms   The others, most used first, without those that differ by case alone.
 * @property {string} type
 * @property {number} score     The best of them.
 * @property {Entity[]} mentions  In the order given.
 */

/**
 * What is the same in all ways to write a thing: without case, plural, possessive, hyphens. A key to
 * compare with, never to be shown: "diagnosis" and "diagnoses" become "diagnos".
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
  // AIDS is no plural of AID; PDs is one of PD.
  if (/^[\p{Lu}\p{N}]{2,5}s?$/u.test(word)) return word.replace(/s$/, '').toLowerCase();
  const lower = word.toLowerCase();
  if (lower.length < 4 || /\p{N}/u.test(lower)) return lower;
  return lower
    .replace(/(?<![su])s$/, '') // diseases -> disease, diagnosis -> diagnosi; but virus, abscess
    .replace(/(?<=.{3})[ei]$/, '') // diseas, diagnos; viruse -> virus
    .replace(/y$/, 'i'); // bodi, as bodies is
}

/**
 * Things, most mentioned first.
 *
 * @param {Entity[]} entities
 * @param {(entity: Entity) => string} [nameOf]  What an entity is called; an abbreviation, its long form.
 * @returns {Thing[]}
 */
export function merge(entities, nameOf = ({ text }) => text) {
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
    const all = [...forms].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length).map(([form]) => form);
    const text = name || all[0];
    const told = new Set([text.toLowerCase()]);
    const others = all.filter((form) => !told.has(form.toLowerCase()) && told.add(form.toLowerCase()));
    const score = mentions.reduce((best, mention) => Math.max(best, mention.score), 0);
    return { key, text, forms: others, type: mentions[0].type, score, mentions };
  }).sort((a, b) => b.mentions.length - a.mentions.length || a.text.localeCompare(b.text));
}

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, ' ');

/**
 * Calls every short form by its long one, where the text explains it and both are of the same type.
 *
 * @param {string} text
 * @param {import('./abbreviations.js').Definition[]} definitions
 * @param {Entity[]} entities
 * @returns {(entity: Entity) => string}
 */
export function longNames(text, definitions, entities) {
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
