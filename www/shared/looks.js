// How each type of entity looks, on the page, in <bioner-text> and in the extension: a colour and a kind of
// line, so that no two types differ by colour alone. A look belongs to a place in an order. The known types
// have places of their own, so that they look the same everywhere, whatever else is chosen.

/**
 * The types that have a place of their own, by place; '' is a place that is free. The first five are those of
 * the preset `literature`. Types of one preset differ in hue, and in line too as far as five lines go.
 */
export const KNOWN_TYPES = [
  'Chemical',
  'Disease',
  'Gene',
  'Species',
  'Anatomy',
  'Cell',
  'Cancer',
  'Tissue',
  'Organ',
  'CellComponent',
  'BodySubstance',
  'BiologicalProcess',
  'Duration',
  'Age',
  'Variant',
  'Date',
  'Route',
  'Frequency',
  'DiagnosticProcedure',
  'TherapeuticProcedure',
  'Device',
  'DNA',
  '',
  'Dosage',
  'Drug',
  'Severity',
  'Measurement',
  'Procedure',
  '',
  'RNA',
  'Symptom',
  'CellLine',
  'Medication',
  'Condition',
  '',
  'AdverseEffect',
  'Sex',
  'LabValue',
  'GeneFamily',
  'ProteinDomain',
];

/**
 * The colours, in the order in which they are given out. `light` and `dark` are for paper of one's own: the
 * line stands out from both paper and tint at 3:1 or more, and text on the tint at 7:1 or more. `any` is for
 * paper that is not known: it stands out from white and from near-black alike, at 3:1 or more. So does
 * `safe`, after Okabe and Ito: apart also for red-, green- and blue-blind eyes; light hues deepened.
 */
export const HUES = [
  {
    light: { line: '#1668b0', tint: '#dbeaf8' },
    dark: { line: '#6db3f2', tint: '#1b3a5a' },
    any: '#1a76c4',
    safe: '#0072b2',
  },
  {
    light: { line: '#c04a12', tint: '#fde3d8' },
    dark: { line: '#ff9a6b', tint: '#57301f' },
    any: '#d2491a',
    safe: '#d55e00',
  },
  {
    light: { line: '#0a7d57', tint: '#d6f0e3' },
    dark: { line: '#4fce9f', tint: '#153f30' },
    any: '#0f8a5f',
    safe: '#00916a',
  },
  {
    light: { line: '#8a4bab', tint: '#efe2f6' },
    dark: { line: '#c79bea', tint: '#40295a' },
    any: '#8f57c8',
    safe: '#b5569a',
  },
  {
    light: { line: '#946400', tint: '#faecc4' },
    dark: { line: '#e4b84a', tint: '#4a3a12' },
    any: '#a97400',
    safe: '#a67c00',
  },
  {
    light: { line: '#0b7a8c', tint: '#d5f0f4' },
    dark: { line: '#55c7d9', tint: '#10414b' },
    any: '#0d8296',
    safe: '#3587b8',
  },
  {
    light: { line: '#b3316a', tint: '#fbe0ea' },
    dark: { line: '#f58bb4', tint: '#552338' },
    any: '#cc3a76',
    safe: '#8c6d5a',
  },
  {
    light: { line: '#667012', tint: '#ebefcb' },
    dark: { line: '#bccb55', tint: '#3a4016' },
    any: '#71791a',
    safe: '#757575',
  },
];

export const PALETTES = {
  standard: HUES.map(({ any }) => any),
  safe: HUES.map(({ safe }) => safe),
};
/** @typedef {keyof typeof PALETTES} PaletteName */

/**
 * The kinds of line: how thick as an underline and as a border, in px. (Of a double underline each of the
 * two counts, of a double border both.) No waves: they look like a spelling mistake. There are five for
 * eight hues, so that both come together again only after forty types.
 *
 * @typedef {{ name: string, style: string, underline: number, border: number }} Line
 * @type {Line[]}
 */
export const LINES = [
  { name: 'solid', style: 'solid', underline: 2, border: 2 },
  { name: 'dashed', style: 'dashed', underline: 2, border: 2 },
  { name: 'dotted', style: 'dotted', underline: 2.5, border: 2.5 },
  { name: 'double', style: 'double', underline: 1.5, border: 4 },
  { name: 'thick', style: 'solid', underline: 4, border: 4 },
];

/** @param {number} place  From 0. */
export const lookAt = (place) => ({ hue: place % HUES.length, line: LINES[place % LINES.length] });

const PLACES = [...KNOWN_TYPES.keys()];
/** The places of other types: those that are free, then those of the known types, the last first. */
const OTHERS = [
  ...PLACES.filter((place) => !KNOWN_TYPES[place]),
  ...PLACES.filter((place) => KNOWN_TYPES[place]).reverse(),
];

/**
 * The place of a type: its own, or for a type that has none the next that is not taken, of a hue that is not
 * taken as long as there is one.
 *
 * @param {string} type
 * @param {ReadonlySet<number>} taken
 */
export function placeOf(type, taken) {
  const known = KNOWN_TYPES.indexOf(type);
  if (known >= 0) return known;
  const free = OTHERS.filter((place) => !taken.has(place));
  const hues = new Set([...taken].map((place) => lookAt(place).hue));
  return free.find((place) => !hues.has(lookAt(place).hue)) ?? free[0] ?? OTHERS[0];
}

/**
 * Types in the order of their places, each once.
 *
 * @param {Iterable<string>} types
 */
export function inPlaces(types) {
  const place = (/** @type {string} */ type) => placeOf(type, new Set());
  return [...new Set(types)].sort((a, b) => place(a) - place(b));
}

/**
 * @typedef {{ type: string, name: string, colour: string, line: Line }} Look
 * `name` is the type as a word for CSS: `::highlight(bioner-NAME)`, `::part(NAME)`. No two of a list share one.
 */

/**
 * The looks of `types` on paper that is not known, by type.
 *
 * @param {string[]} types
 * @param {{ palette?: PaletteName, colours?: Record<string, string> }} [options]  `colours` are the
 *   reader's own, by type.
 * @returns {Map<string, Look>}
 */
export function looksOf(types, { palette = 'standard', colours = {} } = {}) {
  const hues = PALETTES[palette] ?? PALETTES.standard;
  const taken = new Set(types.map((type) => KNOWN_TYPES.indexOf(type)));
  /** @type {Set<string>} */
  const names = new Set();
  return new Map(
    types.map((type) => {
      const place = placeOf(type, taken);
      taken.add(place);
      const { hue, line } = lookAt(place);
      const own = colours[type];
      const name = freeName(nameOf(type), names);
      names.add(name);
      return [type, { type, name, colour: own && isColour(own) ? own : hues[hue], line }];
    }),
  );
}

/** @param {string} value  Only `#rrggbb` gets into a style sheet. */
export const isColour = (value) => /^#[0-9a-f]{6}$/i.test(value);

/** @param {string} type */
function nameOf(type) {
  const name = type
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name || 'entity';
}

/**
 * `A+` and `A-` would both be called `a`.
 *
 * @param {string} name
 * @param {Set<string>} taken
 */
function freeName(name, taken) {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
  return free;
}

/**
 * The line of a look as a border, for CSS.
 *
 * @param {Look} look
 */
export const borderOf = ({ line: { border, style } }) => `${border}px ${style}`;

/**
 * The rules that colour the highlights of these looks. The tint under the words is thin enough to leave
 * their own colour readable. WebKit drops the shorthand `text-decoration` with a thickness in it whole, so each
 * property is written by itself.
 *
 * @param {Iterable<Look>} looks
 * @param {string} prefix  Of the highlights' names.
 * @param {(look: Look) => string} [colour]  What stands for the colour in the rule.
 */
export function rulesOf(looks, prefix, colour = (look) => look.colour) {
  const rules = Array.from(looks, (look) => {
    const hue = colour(look);
    return `::highlight(${prefix}-${look.name}) {
  background-color: color-mix(in srgb, ${hue} 20%, transparent);
  text-decoration-line: underline;
  text-decoration-style: ${look.line.style};
  text-decoration-thickness: ${look.line.underline}px;
  text-decoration-color: ${hue};
}`;
  });
  rules.push(`::highlight(${prefix}-found) { background-color: #ffd54d; color: #1b1b1b; }`);
  return `${rules.join('\n')}\n`;
}
