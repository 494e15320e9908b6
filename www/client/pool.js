// Several workers, each with the model, that share the sentences of a text. The first loads the
// weights; the others follow when it is ready, and take them from where it has put them, so that
// nothing is downloaded twice. If one of them cannot be had, there is one less.

import { BionerError } from './errors.js';
import { Link } from './link.js';
import { builtin, isRuntime } from './runtime.js';

/**
 * @typedef {import('../client.d.ts').ModelInfo} ModelInfo
 * @typedef {import('./link.js').LinkOptions} LinkOptions
 */

// Each worker keeps the model for itself: beyond these sizes a second one is not worth its memory.
const LARGEST_SHARED = 400e6;
const MOST_WORKERS = 4;

export class Pool {
  #options;
  #wanted;
  #patient;
  /** @type {Link | undefined} */
  #first;
  /** @type {Link[]} those after the first that have the model */
  #others = [];
  /** @type {typeof import('./sharing.js').extractTogether | undefined} fetched when there are several workers */
  #together;
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
    return 1 + this.#others.filter((link) => !link.dead).length;
  }

  /**
   * Resolves when a text can be worked on. Starts what is not there, or has died.
   *
   * @returns {Promise<ModelInfo>}
   */
  async ready() {
    if (this.#closed) throw closed();
    if (!this.#first || this.#first.dead) {
      const first = (this.#first = new Link(this.#options));
      this.#grown = first.loaded.then((info) => this.#grow(info)).catch(() => {});
    }
    const info = await this.#first.loaded;
    if (this.#patient) await this.#grown;
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
    const first = /** @type {Link} */ (this.#first);
    this.#others = this.#others.filter((link) => !link.dead);
    const links = [first, ...this.#others];
    if (links.length === 1 || !this.#together) return first.extract(text, options);
    return this.#together(links, text, options);
  }

  /** Stops all workers and frees the model. */
  close() {
    this.#closed = true;
    for (const link of [this.#first, ...this.#others]) link?.end(closed());
  }

  /**
   * One after the other, so that they do not hold each other up.
   *
   * @param {ModelInfo} info
   */
  async #grow({ model }) {
    if (model.size > LARGEST_SHARED && !this.#patient) return;
    const { onProgress, onWarning, ...options } = this.#options;
    if (this.#wanted > 1) this.#together = (await import('./sharing.js')).extractTogether;
    while (this.size < this.#wanted && !this.#closed) {
      // Where nothing is kept, in Node and Bun, those that were asked for by number download the weights again.
      const keptOnly = !(this.#patient && isRuntime());
      const link = new Link({ ...options, keptOnly });
      try {
        await link.loaded;
      } catch {
        return;
      }
      if (this.#closed) return link.end(closed());
      this.#others.push(link);
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
