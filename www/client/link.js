// The page's end of one worker: starts it, loads the model into it, routes what it says to the
// extraction it belongs to, and notices when it dies.

import { BionerError } from './errors.js';
import { Parts } from './parts.js';
import { isRuntime } from './runtime.js';
import { send } from './send.js';

/**
 * What the page says to the worker.
 *
 * @typedef {{ kind: 'load', model: string | Blob, module: string, keptOnly?: boolean }
 *   | { kind: 'extract' | 'help', id: number, text: string, options: object }
 *   | { kind: 'supply', id: number, answers: Answers }
 *   | { kind: 'cancel', id: number }} Request
 *
 * `extract` is answered with parts of the results. `help` is answered with parts of another kind,
 * answers of the model that `supply` brings to the worker that extracts.
 *
 * @typedef {import('../client.d.ts').Part} Part
 * @typedef {unknown[]} Answers  The module's own.
 * @typedef {{ parts: Parts<Part>, cancel: () => void }} Extraction
 * @typedef {import('../client.d.ts').LoadProgress} LoadProgress
 * @typedef {import('../client.d.ts').ModelInfo} ModelInfo
 *
 * @typedef {object} LinkOptions
 * @property {() => import('../client.d.ts').WorkerLike} createWorker
 * @property {string | Blob} model  The absolute URL of its manifest or, in Node, Deno and Bun, of a GGUF file on the
 *   disk; or a GGUF file.
 * @property {string} module       Absolute URL.
 * @property {boolean} [keptOnly]  Whether to fail rather than download the weights.
 * @property {(progress: LoadProgress) => void} [onProgress]
 * @property {(warning: BionerError) => void} [onWarning]
 */

// A step takes well under a second. A worker that has not let go of a cancelled extraction after
// this long is stuck, and is given up.
const CANCEL_PATIENCE_MS = 15_000;

export class Link {
  #worker;
  #options;
  #nextId = 1;
  /** @type {Map<number, { parts: Parts<any>, timer?: ReturnType<typeof setTimeout> }>} */
  #jobs = new Map();
  /** @type {PromiseWithResolvers<ModelInfo>} */
  #loaded = withResolvers();
  #heard = false;
  dead = false;

  /** @param {LinkOptions} options */
  constructor(options) {
    this.#options = options;
    this.#worker = options.createWorker();
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onmessageerror = () => this.end(crash('a message could not be read'));
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      const { message } = event;
      if (!this.#heard && (isRuntime() || !message)) return this.end(unstarted(message));
      this.end(crash(message));
    };
    const { model, module, keptOnly } = options;
    try {
      send(this.#worker, { kind: 'load', model, module, keptOnly });
    } catch (error) {
      this.end(/** @type {Error} */ (error));
    }
  }

  /** Resolves when the model is ready; rejects if it cannot be loaded or the link ends before. */
  get loaded() {
    return this.#loaded.promise;
  }

  /**
   * Sends a text to be worked on after those sent before it. `supply` brings the answers of others, where
   * the options leave them a share.
   *
   * @param {string} text
   * @param {object} options
   * @returns {Extraction & { supply: (answers: Answers) => void }}
   */
  extract(text, options) {
    const { id, parts, cancel } = this.#send('extract', text, options);
    const supply = (/** @type {Answers} */ answers) => {
      if (this.#jobs.has(id)) this.#worker.postMessage({ kind: 'supply', id, answers });
    };
    return { parts, cancel, supply };
  }

  /**
   * Sends a text of which a share is to be answered for another worker.
   *
   * @param {string} text
   * @param {object} options
   * @returns {{ parts: Parts<Answers>, cancel: () => void }}
   */
  help(text, options) {
    return this.#send('help', text, options);
  }

  /**
   * @param {'extract' | 'help'} kind
   * @param {string} text
   * @param {object} options
   */
  #send(kind, text, options) {
    const id = this.#nextId++;
    const parts = new Parts();
    this.#jobs.set(id, { parts });
    this.#worker.postMessage({ kind, id, text, options });
    return { id, parts, cancel: () => this.#cancel(id) };
  }

  /**
   * Stops the worker, whatever it is doing, and rejects everything that waits for it.
   *
   * @param {Error} error
   */
  end(error) {
    if (this.dead) return;
    this.dead = true;
    this.#worker.terminate();
    this.#loaded.promise.catch(() => {}); // nobody may be waiting for it any more
    this.#loaded.reject(error);
    for (const { parts, timer } of this.#jobs.values()) {
      clearTimeout(timer);
      parts.fail(error);
    }
    this.#jobs.clear();
  }

  /** @param {number} id */
  #cancel(id) {
    const job = this.#jobs.get(id);
    if (!job || this.dead) return;
    this.#worker.postMessage({ kind: 'cancel', id });
    job.timer = setTimeout(() => this.end(crash('it does not answer')), CANCEL_PATIENCE_MS);
  }

  /** @param {any} message */
  #receive(message) {
    this.#heard = true;
    if (this.dead) return;
    const job = this.#jobs.get(message.id);
    switch (message.kind) {
      case 'progress': {
        const { loaded, total, cached, attempt } = message;
        return this.#options.onProgress?.({ loaded, total, cached, attempt });
      }
      case 'warning':
        return this.#options.onWarning?.(revive(message.error));
      case 'loaded':
        return this.#loaded.resolve(message.info);
      case 'failed':
        return this.end(revive(message.error));
      case 'part':
        return job?.parts.push(message.part);
      case 'done':
      case 'error':
        if (!job) return;
        clearTimeout(job.timer);
        this.#jobs.delete(message.id);
        if (message.kind === 'done') return job.parts.finish();
        job.parts.fail(revive(message.error));
        if (message.error.code === 'crashed') this.end(revive(message.error));
    }
  }
}

/** @param {import('./errors.js').PlainError} error */
function revive({ code, message, problem }) {
  return code === 'crashed' ? crash(message) : new BionerError(code, message, { problem });
}

/** @param {string} [why] */
function crash(why) {
  const detail = why ? ` (${why})` : '';
  return new BionerError(
    'crashed',
    `The model stopped unexpectedly${detail}. It starts again with the next text.`,
  );
}

/** @param {string} [why]  In Node, Deno and Bun; browsers do not say. */
function unstarted(why) {
  const advice = why ? `: ${why}` : '. Check the connection and try again.';
  return new BionerError('module', `The worker script could not be loaded${advice}`);
}

/**
 * Promise.withResolvers, which not every supported browser has.
 *
 * @template T
 * @returns {PromiseWithResolvers<T>}
 */
function withResolvers() {
  /** @type {any} */
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}
