// Several workers, each with the model, that share the sentences of a text. The first loads the
// weights; the others follow when it is ready, and take them from where it has put them, so that
// nothing is downloaded twice. If one of them cannot be had, or dies, there is one less.

import { BionerError } from './errors.js';
import { Link } from './link.js';
import { builtin, isRuntime } from './runtime.js';

/**
 * @typedef {import('../client.d.ts').ModelInfo} ModelInfo
 * @typedef {import('./link.js').LinkOptions} LinkOptions
 * @typedef {import('./link.js').Manifest} Manifest
 * @typedef {typeof import('./sharing.js').extractTogether} Together
 */

// Each worker keeps the model for itself: beyond these sizes a second one is not worth its memory.
const LARGEST_SHARED = 400e6;
const MOST_WORKERS = 4;

/** How loading fails where the site has other weights than those asked for. */
const GONE = ['network', 'model-checksum'];
const CHANGED =
  'The model stopped unexpectedly, and this site has another model by now. Begin with this text again.';

export class Pool {
  #options;
  #wanted;
  #patient;
  /** The first loads the weights; the others are those after it that have them. @type {Link[]} */
  #links = [];
  /** Fetched when the model is there. @type {Together | undefined} */
  #together;
  /** Resolves when the first has the model. @type {Promise<ModelInfo> | undefined} */
  #loaded;
  /** What was loaded, so that workers that come later load the same. @type {Manifest | undefined} */
  #manifest;
  /** @type {Promise<void>} */
  #grown = Promise.resolve();
  #closed = false;

  /**
   * @param {LinkOptions} options
   * @param {number} [workers]  As many as asked for, waited for; otherwise as many as seem good, which
   *                            join as they come.
   */
  constructor(options, workers) {
    this.#options = options;
    this.#wanted = workers ?? usual();
    this.#patient = workers !== undefined;
  }

  /** Resolves when those workers have joined that will. */
  get settled() {
    return this.#grown;
  }

  /** How many workers there are now. */
  get size() {
    return Math.max(1, this.#links.filter((link) => !link.dead).length);
  }

  /**
   * Resolves when a text can be worked on. If no worker is there, or all have died, the first is started.
   *
   * @returns {Promise<ModelInfo>}
   */
  async ready() {
    const info = await this.#first();
    if (this.#patient) await this.#grown;
    if (this.#closed) throw closed();
    const isAlive = this.#links.some((link) => !link.dead);
    return isAlive ? info : this.ready(); // it has died while others were waited for
  }

  /** Resolves when the first worker has the model. */
  async #first() {
    if (this.#closed) throw closed();
    this.#links = this.#links.filter((link) => !link.dead);
    if (!this.#links.length) {
      const loaded = (this.#loaded = this.#loadFirst());
      this.#grown = loaded.then((info) => this.#grow(info)).catch(() => {});
    }
    const info = await /** @type {Promise<ModelInfo>} */ (this.#loaded);
    if (this.#closed) throw closed();
    return info;
  }

  /**
   * Works on a text. The pool is ready.
   *
   * @param {string} text
   * @param {object} options
   * @returns {import('./link.js').Extraction}
   */
  extract(text, options) {
    const links = this.#links.filter((link) => !link.dead);
    const together = /** @type {Together} */ (this.#together);
    return together(links, text, options, () => this.#replace());
  }

  /** Stops all workers and frees the model. */
  close() {
    this.#closed = true;
    for (const link of this.#links) link.end(closed());
  }

  /**
   * Starts the first worker, with the weights that those before it had. If these are no longer to be had, because the
   * site has others by now, it loads the others.
   */
  async #loadFirst() {
    const manifest = this.#manifest;
    try {
      return await this.#start(manifest);
    } catch (error) {
      const { code = '' } = /** @type {{ code?: string }} */ (error);
      if (!manifest || !GONE.includes(code)) throw error;
      return this.#start(undefined);
    }
  }

  /** @param {Manifest | undefined} manifest */
  async #start(manifest) {
    const link = new Link({ ...this.#options, manifest });
    for (const other of this.#links) other.end(closed());
    this.#links = [link];
    const info = await link.loaded;
    this.#manifest = link.manifest;
    this.#together ??= (await import('./sharing.js')).extractTogether;
    return info;
  }

  /** A worker for a text of which all workers have died. */
  async #replace() {
    const manifest = this.#manifest;
    await this.#first();
    const same = JSON.stringify(manifest) === JSON.stringify(this.#manifest);
    if (!same) throw new BionerError('crashed', CHANGED); // answers of two models do not go together
    return this.#links[0];
  }

  /**
   * One after the other, so that they do not hold each other up.
   *
   * @param {ModelInfo} info
   */
  async #grow({ model }) {
    if (model.size > LARGEST_SHARED && !this.#patient) return;
    const { onProgress, onWarning, ...options } = this.#options;
    const manifest = this.#manifest;
    while (this.size < this.#wanted && !this.#closed) {
      // Where nothing is kept, in Node and Bun, those that were asked for by number download the weights again.
      const keptOnly = !(this.#patient && isRuntime());
      const link = new Link({ ...options, keptOnly, manifest });
      try {
        await link.loaded;
      } catch {
        return;
      }
      const isLate = this.#closed || manifest !== this.#manifest; // the first was started again
      if (isLate) return link.end(closed());
      this.#links.push(link);
    }
  }
}

/** How many workers suit this machine: one a core, where there is memory for several models. */
function usual() {
  const {
    hardwareConcurrency = builtin('node:os')?.availableParallelism() ?? 1, // Node 20 has no navigator
    deviceMemory,
  } = /** @type {{ hardwareConcurrency?: number, deviceMemory?: number }} */ (
    globalThis.navigator ?? {}
  );
  const affordable = deviceMemory === undefined ? 2 : Math.floor(deviceMemory / 2);
  return Math.max(1, Math.min(hardwareConcurrency, affordable, MOST_WORKERS));
}

function closed() {
  return new BionerError('closed', 'The model has been closed.');
}
