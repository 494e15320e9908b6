// The menu of presets. A preset sets the types; types that no preset has make the reader's own choice.

import { ready } from '../../shared/documents.js';
import { inventory } from '../../shared/inventory.js';
import { presetOf } from '../../shared/presets.js';
import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';
import { storeTypes } from '../storage/stored-types.js';

/**
 * @typedef {import('../state/state.js').State} State
 * @typedef {import('../storage/stored-types.js').StoredTypes} StoredTypes
 */

/** The types of the page as the presets have them. Presets are known when the inventory is loaded. */
export class Presets {
  #state;

  /** @param {State} state */
  constructor(state) {
    this.#state = state;
  }

  /** Loads the inventory. */
  async load() {
    await ready();
    this.adopt();
  }

  /** Takes the inventory, if it is loaded, and with it the types that the chosen preset has now. */
  adopt() {
    const state = this.#state;
    if (state.values.inventory) return;
    try {
      state.set({ inventory: inventory() });
    } catch {
      return; // Without it, there are the types of the last visit.
    }
    const { preset, offered, chosen } = state.values;
    state.set(this.#typesOf(preset) ?? this.#own(offered, chosen));
  }

  /** Sets the types of a preset. @param {string} name */
  choose(name) {
    this.#change(this.#typesOf(name) ?? {});
  }

  /**
   * Sets which types there are to choose from, and which of them are chosen.
   *
   * @param {readonly string[]} offered
   * @param {readonly string[]} chosen
   */
  setTypes(offered, chosen) {
    this.#change(this.#own(offered, chosen));
  }

  /** A change by the reader is kept for the next visit. @param {Partial<StoredTypes>} types */
  #change(types) {
    this.#state.set(types);
    storeTypes(this.#state.values);
  }

  /**
   * The types of a preset, beside those that the reader has added.
   *
   * @param {string} name
   * @returns {StoredTypes | undefined}
   */
  #typesOf(name) {
    const preset = this.#presets.find((one) => one.name === name);
    if (!preset) return undefined;
    const added = this.#state.values.offered.filter((type) => this.isOwn(type));
    return { preset: name, offered: [...preset.types, ...added], chosen: preset.types };
  }

  /**
   * @param {readonly string[]} offered
   * @param {readonly string[]} chosen
   * @returns {Partial<StoredTypes>}
   */
  #own(offered, chosen) {
    const inOrder = offered.filter((type) => chosen.includes(type));
    const types = { preset: presetOf(inOrder, this.#presets), chosen: inOrder };
    // What is offered is drawn anew only where it is different.
    return offered === this.#state.values.offered ? types : { ...types, offered: [...offered] };
  }

  /** Whether the reader has added this type: no preset has it. @param {string} type */
  isOwn(type) {
    return this.#presets.length > 0 && !this.#presets.some(({ types }) => types.includes(type));
  }

  get #presets() {
    return this.#state.values.inventory?.presets ?? [];
  }
}

/**
 * @param {State} state
 * @param {import('../state/session.js').Session} session
 * @param {Presets} presets
 */
export function mountPresets(state, session, presets) {
  const list = /** @type {HTMLSelectElement} */ (byId('preset'));
  list.addEventListener('change', async () => {
    const { value } = list;
    try {
      await presets.load();
      presets.choose(value);
      session.clearError();
    } catch (error) {
      session.reportError(error);
      show();
    }
  });

  const show = () => {
    const { preset, inventory } = state.values;
    const names = inventory?.presets.map(({ name }) => name) ?? Object.keys(words.presets);
    const options = names.map((name) => {
      const label = /** @type {Record<string, string>} */ (words.presets)[name] ?? name;
      return make('option', { value: name, textContent: label });
    });
    if (!names.includes(preset))
      options.push(make('option', { value: '', textContent: words.presetOwn }));
    list.replaceChildren(...options);
    list.value = names.includes(preset) ? preset : '';
  };
  state.watch(['preset', 'inventory', 'language'], show);
  state.watch(['model'], () => presets.adopt());
}
