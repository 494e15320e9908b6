// The page's end of one worker: starts it, loads the model into it, routes what it says to the
// extraction it belongs to, and notices when it dies.

import { BionerError } from './errors.js';
import { Parts } from './parts.js';
import { isRuntime } from './runtime.js';
import { send } from './send.js';

/**
 * What the page says to the worker.
 *
 * @typedef {{ kind: 'load', model: string | Blob, module: string, keptOnly?: boolean, manifest?: Manifest }
 *   | { kind: 'extract', id: number, text: string, options: object, shares: Share[], known: Answers, done: number }
 *   | { kind: 'help', id: number, text: string, options: object, shares: Share[] }
 *   | { kind: 'supply', id: number, answers: Answers }
 *   | { kind: 'take', id: number, share: Share }
 *   | { kind: 'cancel', id: number }
 *   | { kind: 'ask' }} Request
 *
 * Both `extract` and `help` are answered with the model's answers to the sentences of the shares, `extract` also with
 * parts of the results. `supply` brings the answers of others to the worker that extracts, `take` gives it another
 * share. `known` are the answers that there are already; of the first `done` sentences nothing is told again. `ask` is
 * answered with `here`.
 *
 * @typedef {import('../client.d.ts').Part} Part
 * @typedef {[sentence: number, answers: unknown][]} Answers  The module's own.
 * @typedef {{ number: number, of: number, answered: number[] }} Share  One of so many, without the sentences that are answered.
 * @typedef {import('../worker/manifest.js').Manifest} Manifest
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
 * @property {Manifest} [manifest]  The weights to load, whatever the site has by now.
 * @property {(progress: LoadProgress) => void} [onProgress]
 * @property {(warning: BionerError) => void} [onWarning]
 *
 * @typedef {object} Job
 * @property {Parts<any>} parts
 * @property {(answers: Answers) => void} onAnswers
 * @property {ReturnType<typeof setTimeout>} [timer]  Runs out if the worker does not let go of it.
 */

// A step takes well under a second. A worker that has not let go of a cancelled extraction after
// this long is stuck, and is given up.
const CANCEL_PATIENCE_MS = 15_000;

// A worker may end without a word: nothing tells a page that the browser has stopped one. So a worker with work is
// asked whether it is there. What counts is how often it was asked in vain, not how long: a tab that was frozen, or a
// machine that slept, has not asked.
const ASK_EVERY_MS = 5_000;
const ASKED_IN_VAIN = 12;

export class Link {
  #worker;
  #options;
  #nextId = 1;
  /** @type {Map<number, Job>} */
  #jobs = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #asking;
  #unanswered = 0;
  /** @type {Deferred<ModelInfo>} */
  #loaded = withResolvers();
  #heard = false;
  dead = false;
  /** The weights that were loaded; none of a file. @type {Manifest | undefined} */
  manifest;

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
    const { model, module, keptOnly, manifest } = options;
    try {
      send(this.#worker, { kind: 'load', model, module, keptOnly, manifest });
    } catch (error) {
      this.end(/** @type {Error} */ (error));
    }
  }

  /** Resolves when the model is ready; rejects if it cannot be loaded or the link ends before. */
  get loaded() {
    return this.#loaded.promise;
  }

  /**
   * Sends a text to be worked on after those sent before it. `supply` brings the answers of others, and `take` gives it
   * another share.
   *
   * @param {string} text
   * @param {object} options
   * @param {{ shares: Share[], known: Answers, done: number }} from  Where to begin.
   * @param {(answers: Answers) => void} onAnswers  Called with the answers of this worker.
   * @returns {Extraction & { supply: (answers: Answers) => void, take: (share: Share) => void }}
   */
  extract(text, options, from, onAnswers) {
    const { id, parts, cancel } = this.#send(
      { kind: 'extract', id: this.#nextId++, text, options, ...from },
      onAnswers,
    );
    const tell = (/** @type {Extract<Request, { kind: 'supply' | 'take' }>} */ request) => {
      if (this.#jobs.has(id)) this.#worker.postMessage(request);
    };
    return {
      parts,
      cancel,
      supply: (answers) => tell({ kind: 'supply', id, answers }),
      take: (share) => tell({ kind: 'take', id, share }),
    };
  }

  /**
   * Sends a text of which a share is to be answered for another worker. Of the parts, which never come, the end counts.
   *
   * @param {string} text
   * @param {object} options
   * @param {Share} share
   * @param {(answers: Answers) => void} onAnswers
   * @returns {Extraction}
   */
  help(text, options, share, onAnswers) {
    const request = /** @type {const} */ ({ kind: 'help', text, options });
    return this.#send({ ...request, id: this.#nextId++, shares: [share] }, onAnswers);
  }

  /**
   * @param {Extract<Request, { kind: 'extract' | 'help' }>} request
   * @param {(answers: Answers) => void} onAnswers
   */
  #send(request, onAnswers) {
    const { id } = request;
    const parts = new Parts();
    this.#jobs.set(id, { parts, onAnswers });
    this.#worker.postMessage(request);
    this.#unanswered = 0;
    this.#asking ??= setInterval(() => this.#ask(), ASK_EVERY_MS);
    return { id, parts, cancel: () => this.#cancel(id) };
  }

  /** Asks whether the worker is there, while it has work. */
  #ask() {
    if (!this.#jobs.size) return this.#stopAsking();
    if (this.#unanswered++ === ASKED_IN_VAIN) return this.end(crash('it does not answer'));
    this.#worker.postMessage({ kind: 'ask' });
  }

  #stopAsking() {
    clearInterval(this.#asking);
    this.#asking = undefined;
  }

  /**
   * Stops the worker, whatever it is doing, and rejects everything that waits for it.
   *
   * @param {Error} error
   */
  end(error) {
    if (this.dead) return;
    this.dead = true;
    this.#stopAsking();
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
    this.#unanswered = 0;
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
        this.manifest = message.manifest;
        return this.#loaded.resolve(message.info);
      case 'failed':
        return this.end(revive(message.error));
      case 'part':
        return job?.parts.push(message.part);
      case 'answers':
        return job?.onAnswers(message.answers);
      case 'done':
      case 'error':
        if (!job) return;
        clearTimeout(job.timer);
        this.#jobs.delete(message.id);
        if (message.kind === 'done') return job.parts.finish();
        job.parts.fail(revive(message.error));
        if (isDeath(message.error)) this.end(revive(message.error));
    }
  }
}

/** Whether the worker of such an error is of no more use. @param {{ code?: string }} error */
export const isDeath = ({ code }) => code === 'crashed' || code === 'memory';

/** @param {import('./errors.js').PlainError} error */
function revive({ code, message, problem }) {
  if (code === 'crashed') return crash(message);
  if (code === 'memory') {
    const advice = 'Close other tabs and programs, then try again.';
    return new BionerError(code, `This tab does not get enough memory (${message}). ${advice}`);
  }
  return new BionerError(code, message, { problem });
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
 * A promise, and how it is settled.
 *
 * @template T
 * @typedef {{ promise: Promise<T>, resolve: (value: T) => void, reject: (reason: unknown) => void }} Deferred
 */

/**
 * Promise.withResolvers, which not every supported browser has.
 *
 * @template T
 * @returns {Deferred<T>}
 */
function withResolvers() {
  /** @type {any} */
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}
