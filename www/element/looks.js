// How each type of entity looks: a colour and a kind of line, so that no two types differ by colour
// alone. Every colour stands out from white and from near-black paper alike (3:1 or more), because a
// mark does not know what page it will lie on; the tint under the words is thin enough to leave
// their own colour readable.

export const PALETTES = {
  /** Hues far apart, in the order in which types are most asked for. */
  standard: ['#d2491a', '#1a76c4', '#8f57c8', '#0f8a5f', '#a97400', '#0d8296', '#cc3a76', '#71791a'],
  /** After Okabe and Ito: apart also for red-, green- and blue-blind eyes; light hues deepened. */
  safe: ['#d55e00', '#0072b2', '#b5569a', '#00916a', '#a67c00', '#3587b8', '#8c6d5a', '#757575'],
};
/** @typedef {keyof typeof PALETTES} PaletteName */

/** Style and thickness in px. No waves: they look like a spelling mistake. */
const LINES = /** @type {const} */ ([['solid', 2], ['dashed', 2], ['dotted', 2.5], ['double', 1.5], ['solid', 4]]);

/** The familiar types have the same look everywhere, whatever else is chosen. */
export const FAMILIAR_TYPES = ['Disease', 'Chemical', 'Gene', 'Anatomy', 'Species'];

/**
 * @typedef {{ type: string, name: string, colour: string, line: string, thickness: number }} Look
 * `name` is the type as a word for CSS: `::highlight(bioner-NAME)`, `::part(NAME)`.
 */

/**
 * The looks of `types`, by type.
 *
 * @param {string[]} types
 * @param {{ palette?: PaletteName, colours?: Record<string, string> }} [options]  `colours` are the
 *   reader's own, by type.
 * @returns {Map<string, Look>}
 */
export function looksOf(types, { palette = 'standard', colours = {} } = {}) {
  const hues = PALETTES[palette] ?? PALETTES.standard;
  const others = types.filter((type) => !FAMILIAR_TYPES.includes(type));
  return new Map(
    types.map((type) => {
      const familiar = FAMILIAR_TYPES.indexOf(type);
      const place = familiar < 0 ? FAMILIAR_TYPES.length + others.indexOf(type) : familiar;
      const own = colours[type];
      const colour = own && isColour(own) ? own : hues[place % hues.length];
      const [line, thickness] = LINES[place % LINES.length];
      return [type, { type, name: nameOf(type), colour, line, thickness }];
    }),
  );
}

/** @param {string} value  Only `#rrggbb` gets into a style sheet. */
export const isColour = (value) => /^#[0-9a-f]{6}$/i.test(value);

/** @param {string} type */
export function nameOf(type) {
  const name = type.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return name || 'entity';
}

/**
 * The rules that colour the highlights of these looks.
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
  text-decoration: underline ${look.line} ${look.thickness}px ${hue};
}`;
  });
  rules.push(`::highlight(${prefix}-found) { background-color: #ffd54d; color: #1b1b1b; }`);
  return `${rules.join('\n')}\n`;
}
