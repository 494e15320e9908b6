// The page's end of the worker that gives entities their fields: asks it, takes its answers, and notices
// when it dies.

import { BionerError } from '../client/errors.js';
import { isRuntime } from '../client/runtime.js';
import { send } from '../client/send.js';

/**
 * What the page says to the worker. Each request but `cancel` has an answer: `{ id, result }` or
 * `{ id, error }`. Before it may come `{ id, progress }`; and at any time `{ vocabulary }`, how far the
 * vocabulary that comes with the program is.
 *
 * @typedef {{ kind: 'load', module: string, vocabulary: string | null }
 *   | { kind: 'annotate', text: string, entities: Mention[], asked: Asked }
 *   | { kind: 'add', name: string, file: Blob }
 *   | { kind: 'remove', name: string }
 *   | { kind: 'sources' }} Request
 * @typedef {{ id: number } & (Request | { kind: 'cancel' })} Message
 * @typedef {{ start: number, end: number, type?: string }} Mention
 * @typedef {{ assertion: boolean, sections: boolean, link: boolean }} Asked
 *
 * @typedef {object} Job
 * @property {(result: any) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {(progress: any) => void} [onProgress]
 */

export class Link {
  #worker;
  #nextId = 1;
  /** @type {Map<number, Job>} */
  #jobs = new Map();
  #heard = false;
  #onVocabulary;
  dead = false;

  /**
   * @param {() => import('../client.d.ts').WorkerLike} createWorker
   * @param {(progress: any) => void} [onVocabulary]
   */
  constructor(createWorker, onVocabulary) {
    this.#onVocabulary = onVocabulary;
    this.#worker = createWorker();
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onmessageerror = () => this.end(crash('a message could not be read'));
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      const { message } = event;
      if (!this.#heard && (isRuntime() || !message)) return this.end(unstarted(message));
      this.end(crash(message));
    };
  }

  /**
   * Asks the worker. `cancel` tells it that the answer is not wanted any more.
   *
   * @param {Request} request
   * @param {(progress: any) => void} [onProgress]
   * @returns {{ answer: Promise<any>, cancel: () => void }}
   */
  ask(request, onProgress) {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) =>
      this.#jobs.set(id, { resolve, reject, onProgress }),
    );
    try {
      send(this.#worker, { id, ...request });
    } catch (error) {
      this.#jobs.delete(id);
      throw error;
    }
    const cancel = () => {
      if (this.#jobs.delete(id)) this.#worker.postMessage({ id, kind: 'cancel' });
    };
    return { answer, cancel };
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
    for (const { reject } of this.#jobs.values()) reject(error);
    this.#jobs.clear();
  }

  /** @param {any} message */
  #receive({ id, result, error, progress, vocabulary }) {
    this.#heard = true;
    if (vocabulary) return this.#onVocabulary?.(vocabulary);
    const job = this.#jobs.get(id);
    if (!job) return;
    if (progress) return job.onProgress?.(progress);
    this.#jobs.delete(id);
    if (!error) return job.resolve(result);
    const { code, message } = error;
    job.reject(code === 'crashed' ? crash(message) : new BionerError(code, message));
    if (code === 'crashed') this.end(crash(message));
  }
}

/** @param {string} [why] */
function crash(why) {
  const detail = why ? ` (${why})` : '';
  return new BionerError(
    'crashed',
    `The worker for assertion, sections and identifiers stopped unexpectedly${detail}. It starts again with the next call.`,
  );
}

/** @param {string} [why]  In Node, Deno and Bun; browsers do not say. */
function unstarted(why) {
  const advice = why ? `: ${why}` : '. Check the connection and try again.';
  return new BionerError(
    'attributes-module',
    `The worker script for assertion, sections and identifiers could not be loaded${advice}`,
  );
}
