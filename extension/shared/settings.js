// What the reader has chosen. Kept in storage.local: it stays on this device.

import { isColour, PALETTES } from '../../www/shared/looks.js';
import { DEFAULT_PRESET } from '../../www/shared/presets.js';

/**
 * @typedef {object} Settings
 * @property {string[]} [types]       What to look for, where no preset has these types.
 * @property {string} preset          Whose types to look for where there are no `types`.
 * @property {import('../../www/shared/looks.js').PaletteName} palette
 * @property {Record<string, string>} colours  The reader's own, by type, over the palette's.
 * @property {number} threshold       Entities the model is less sure of are not shown, 0 to 1.
 * @property {boolean} automatic      Whether to begin without being asked.
 * @property {number} keepMinutes     How long the model stays in memory after the last text.
 */

/** @type {Settings} */
export const DEFAULTS = {
  types: undefined,
  preset: DEFAULT_PRESET,
  palette: 'standard',
  colours: {},
  threshold: 0,
  automatic: false,
  keepMinutes: 5,
};

/** The most types that can be ticked: the panel has to stay readable. */
export const MAX_TICKED = 8;
const KEY = 'settings';

/** @returns {Promise<Settings>} */
export async function readSettings() {
  return sound((await chrome.storage.local.get(KEY))[KEY]);
}

/** @param {Partial<Settings>} changes */
export async function changeSettings(changes) {
  const settings = sound({ ...(await readSettings()), ...changes });
  await chrome.storage.local.set({ [KEY]: settings });
  return settings;
}

/** @param {(settings: Settings) => void} listener */
export function onSettings(listener) {
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && KEY in changes) listener(sound(changes[KEY].newValue));
  });
}

/**
 * Settings that can be relied on, whatever an earlier version has left.
 *
 * @param {any} stored
 * @returns {Settings}
 */
export function sound(stored) {
  const { types, preset, palette, colours, threshold, automatic, keepMinutes } = {
    ...DEFAULTS,
    ...stored,
  };
  return {
    types: Array.isArray(types) ? soundTypes(types) : undefined,
    preset: typeof preset === 'string' && preset ? preset : DEFAULT_PRESET,
    palette: palette in PALETTES ? palette : DEFAULTS.palette,
    colours: Object.fromEntries(
      Object.entries(colours ?? {}).filter(([, colour]) => isColour(String(colour))),
    ),
    threshold: Math.min(Math.max(Number(threshold) || 0, 0), 1),
    automatic: automatic === true,
    keepMinutes: Number(keepMinutes) > 0 ? Number(keepMinutes) : DEFAULTS.keepMinutes,
  };
}

/** @param {unknown[]} types */
function soundTypes(types) {
  const names = types.flatMap((type) => (typeof type === 'string' && type.trim()) || []);
  return [...new Set(names)].slice(0, MAX_TICKED);
}

/**
 * Equal for settings that ask for the same.
 *
 * @param {import('./protocol.d.ts').Asked} asked
 */
export function askedKey({ types, preset }) {
  return types ? types.join('\n') : `\n${preset}`;
}
