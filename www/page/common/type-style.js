// Every entity type has a hue and a line style, so that no two types differ by colour alone. The colours are
// in style/results.css.

import { make } from './dom.js';

/** The types that are always offered, the most used first. A model may add its own. */
export const PRESET_TYPES = [
  'Chemical', 'Disease', 'Gene', 'Species', 'Anatomy', 'Cell', 'Cancer', 'Tissue', 'Organ', 'CellComponent',
  'BodySubstance',
];

const HUES = 8;
const LINES = ['solid', 'dashed', 'dotted', 'double'];

/**
 * The preset types always have the same style, and the first of them have the hues that differ most.
 *
 * @type {Map<string, number>}
 */
const places = new Map(PRESET_TYPES.map((type, i) => [type, i]));

/**
 * Gives an element the style of `type`.
 *
 * @param {HTMLElement} element
 * @param {string} type
 */
export function applyTypeStyle(element, type) {
  let place = places.get(type);
  if (place === undefined) places.set(type, (place = places.size));
  element.dataset.hue = String(place % HUES);
  element.dataset.line = LINES[Math.floor(place / (HUES / 2)) % LINES.length];
}

/**
 * The name of a type, with a swatch of its style.
 *
 * @param {string} type
 * @param {string} [label]  The text shown, if it is not the name of the type.
 */
export function typeName(type, label = type) {
  const name = make('span', { className: 'type' }, make('span', { className: 'swatch' }), label);
  applyTypeStyle(name, type);
  return name;
}
