// The menu of presets. A preset sets the types; types that no preset has make the reader's own choice.

import { documents, ready } from '../../shared/documents.js';
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
  /** Whether the reader has chosen the types, now or at an earlier visit. They are not changed unasked then. */
  #isChosen;
  /** The preset that was suggested last. */
  #suggested = '';

  /**
   * @param {State} state
   * @param {boolean} isChosen  Whether the reader has chosen the types at an earlier visit.
   */
  constructor(state, isChosen) {
    this.#state = state;
    this.#isChosen = isChosen;
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

  /**
   * Sets the types of the preset that fits a text, or offers it if the reader has chosen the types.
   *
   * @param {string} name  '' for none.
   */
  async suggest(name) {
    this.#suggested = name;
    // Where the inventory cannot be loaded, the preset is offered: a press tries again.
    if (name && !this.#isChosen) await this.load().catch(() => {});
    if (this.#suggested !== name) return; // another one came meanwhile
    const types = this.#isChosen ? undefined : this.#typesOf(name);
    this.#state.set(types ? { ...types, suggested: '' } : { suggested: name });
  }

  /**
   * Sets the types that results were found with.
   *
   * @param {string[]} types
   * @param {boolean} asked  Whether the reader has asked for it; if not, a choice of the reader's stays.
   */
  async take(types, asked) {
    await this.load();
    if (!asked && this.#isChosen) return;
    const checked = documents().checkTypes(types);
    const offered = this.#state.values.offered.filter((type) => !checked.includes(type));
    const taken =
      this.#typesOf(presetOf(checked, this.#presets)) ??
      this.#own([...checked, ...offered], checked);
    if (asked) this.#change(taken);
    else this.#state.set(taken);
  }

  /** A change by the reader is kept for the next visit. @param {Partial<StoredTypes>} types */
  #change(types) {
    this.#isChosen = true;
    this.#state.set({ ...types, suggested: '' });
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
