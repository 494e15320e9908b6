// The style of every type on the page. The table of styles is shared/looks.js.

import { HUES, LINES, lookAt, placeOf } from '../../shared/looks.js';
import { make } from './dom.js';

/** The places of the types seen so far. @type {Map<string, number>} */
const places = new Map();

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  [
    ...HUES.map(
      ({ light }, i) => `[data-hue="${i}"] { --tint: ${light.tint}; --line: ${light.line}; }`,
    ),
    ...HUES.map(
      ({ dark }, i) =>
        `[data-theme="dark"] [data-hue="${i}"] { --tint: ${dark.tint}; --line: ${dark.line}; }`,
    ),
    ...LINES.map(
      ({ name, style, border }) =>
        `[data-line="${name}"] { --line-style: ${style}; --line-width: ${border}px; }`,
    ),
  ].join('\n'),
);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/**
 * Gives an element the style of `type`.
 *
 * @param {HTMLElement} element
 * @param {string} type
 */
export function applyTypeStyle(element, type) {
  let place = places.get(type);
  if (place === undefined) {
    place = placeOf(type, new Set(places.values()));
    places.set(type, place);
  }
  const { hue, line } = lookAt(place);
  element.dataset.hue = String(hue);
  element.dataset.line = line.name;
}

/**
 * The name of a type, with a swatch of its style. A name of several words, as `LabValue`, can be broken between
 * them.
 *
 * @param {string} type
 * @param {string} [label]  The text shown, if it is not the name of the type.
 */
export function typeName(type, label = type) {
  const words = label
    .split(/(?<=\p{Ll})(?=\p{Lu})/u)
    .flatMap((word, i) => (i ? [make('wbr'), word] : [word]));
  const name = make(
    'span',
    { className: 'type' },
    make('span', { className: 'swatch' }),
    make('span', {}, ...words),
  );
  applyTypeStyle(name, type);
  return name;
}
