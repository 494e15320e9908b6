// Presets: types that belong to one kind of text. They are listed in documents/types.json.

/** What is looked for where nobody says it. */
export const DEFAULT_PRESET = 'literature';

/**
 * The name of the preset that has these types and no others; '' if there is none.
 *
 * @param {readonly string[]} types
 * @param {{ name: string, types: string[] }[]} presets
 */
export function presetOf(types, presets) {
  const chosen = new Set(types);
  const same = presets.find(
    (preset) =>
      preset.types.length === chosen.size && preset.types.every((type) => chosen.has(type)),
  );
  return same?.name ?? '';
}
