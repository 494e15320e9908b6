// A look for every type: a hue and a kind of line, so that no two types differ by colour alone.
// The colours themselves are in style/results.css.

import { make } from './dom.js';
import { PRESET_TYPES } from '../state/state.js';

const HUES = 8;
const LINES = ['solid', 'dashed', 'dotted', 'double'];

/**
 * The familiar types always look the same, whatever else is chosen, and the most asked for have the
 * hues furthest apart.
 *
 * @type {Map<string, number>}
 */
const places = new Map(PRESET_TYPES.map((type, i) => [type, i]));

/**
 * Gives an element the look of `type`.
 *
 * @param {HTMLElement} element
 * @param {string} type
 */
export function dress(element, type) {
  let place = places.get(type);
  if (place === undefined) places.set(type, (place = places.size));
  element.dataset.hue = String(place % HUES);
  element.dataset.line = LINES[Math.floor(place / (HUES / 2)) % LINES.length];
}

/**
 * The name of a type with its look beside it.
 *
 * @param {string} type
 * @param {string} [label]  What it is called, where that is not its name.
 */
export function typeName(type, label = type) {
  const name = make('span', { className: 'type' }, make('span', { className: 'swatch' }), label);
  dress(name, type);
  return name;
}
