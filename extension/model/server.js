// One model for all tabs: asks and cancellations in, parts out. The model is loaded when the first
// text comes, and again after it has died or was let go.

import { FairQueue } from './queue.js';

/**
 * @typedef {import('../../www/client.js').Bioner} Bioner
 * @typedef {import('../../www/client.d.ts').LoadProgress} LoadProgress
 * @typedef {import('../shared/protocol.d.ts').ToModel} ToModel
 * @typedef {import('../shared/protocol.d.ts').FromModel} FromModel
 * @typedef {{ id: number, text: string } & import('../shared/protocol.d.ts').Asked} Job
 * @typedef {Pick<chrome.runtime.Port, 'postMessage' | 'onMessage' | 'onDisconnect'>} Port
 *
 * @typedef {object} ServerOptions
 * @property {(onProgress: (progress: LoadProgress) => void) => Promise<Bioner>} load
 * @property {() => Promise<Pick<import('../../www/shared/documents.js').Module, 'exportFormats' | 'write'>>} documents
 *   The program that writes files.
 * @property {() => void} onIdle
 */

const KEEP_MS = 5 * 60_000;

export class ModelServer {
  #options;
  /** @type {FairQueue<Job>} */
  #queue = new FairQueue();
  /** @type {Set<Port>} */
  #ports = new Set();
  /** @type {{ owner: object, id: number, abort: AbortController } | undefined} */
  #current;
  /** @type {Bioner | undefined} */
  #model;
  #working = false;
  #keepMs = KEEP_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;

  /** @param {ServerOptions} options */
  constructor(options) {
    this.#options = options;
    this.#rest();
  }

  /** @param {Port} port  Of a tab. */
  attach(port) {
    this.#ports.add(port);
    port.onMessage.addListener((message) => this.#receive(port, message));
    port.onDisconnect.addListener(() => {
      this.#ports.delete(port);
      this.#queue.drop(port);
      if (this.#current?.owner === port) this.#current.abort.abort();
    });
  }

  /**
   * @param {Port} port
   * @param {ToModel} message
   */
  #receive(port, message) {
    if (message.kind === 'extract') {
      if (message.keepMinutes) this.#keepMs = message.keepMinutes * 60_000;
      this.#queue.add(port, message);
      if (!this.#working) this.#work();
    } else if (message.kind === 'formats' || message.kind === 'write') {
      this.#write(port, message);
    } else if (!this.#queue.remove(port, message.id)) {
      const { owner, id, abort } = this.#current ?? {};
      if (owner === port && id === message.id) abort?.abort();
    }
  }

  /**
   * Files are written at once, whoever waits for the model.
   *
   * @param {Port} port
   * @param {Extract<ToModel, { kind: 'formats' | 'write' }>} message
   */
  async #write(port, message) {
    const { id } = message;
    try {
      const { exportFormats, write } = await this.#options.documents();
      if (message.kind === 'formats') tell(port, { kind: 'formats', id, formats: exportFormats() });
      else tell(port, { kind: 'written', id, files: write(message.format, message.documents) });
    } catch (error) {
      tell(port, failed(id, error));
    }
  }

  async #work() {
    this.#working = true;
    clearTimeout(this.#idle);
    for (let turn = this.#queue.next(); turn; turn = this.#queue.next()) {
      const port = /** @type {Port} */ (turn.owner);
      const abort = new AbortController();
      this.#current = { owner: port, id: turn.job.id, abort };
      await this.#extract(port, turn.job, abort.signal);
      this.#current = undefined;
    }
    this.#working = false;
    this.#rest();
  }

  /**
   * @param {Port} port
   * @param {Job} job
   * @param {AbortSignal} signal
   */
  async #extract(port, { id, text, types, preset }, signal) {
    try {
      // Not stopped by the signal: another tab may want the model next.
      this.#model ??= await this.#options.load(({ loaded, total }) =>
        this.#tellAll({ kind: 'loading', loaded, total }),
      );
      // Marks do not show what is asserted.
      const options = { ...(types ? { types } : { preset }), assertion: false, signal };
      for await (const { entities, done, total } of this.#model.extract(text, options)) {
        tell(port, { kind: 'part', id, entities, done, total });
      }
      tell(port, { kind: 'done', id });
    } catch (error) {
      if (!signal.aborted) tell(port, failed(id, error));
    }
  }

  /** Lets go of the model. The next text loads it again. */
  close() {
    clearTimeout(this.#idle);
    this.#model?.close();
    this.#model = undefined;
  }

  /** Waits for the next text, but not for ever. */
  #rest() {
    this.#idle = setTimeout(() => {
      this.close();
      this.#options.onIdle();
    }, this.#keepMs);
  }

  /** @param {FromModel} message */
  #tellAll(message) {
    for (const port of this.#ports) tell(port, message);
  }
}

/**
 * @param {number} id
 * @param {unknown} error
 * @returns {FromModel}
 */
function failed(id, error) {
  const {
    code = 'internal',
    message = '',
    problem,
  } = /** @type {import('../shared/words.js').Failure} */ (error ?? {});
  return { kind: 'error', id, code, message, ...(problem && { problem }) };
}

/**
 * @param {Port} port
 * @param {FromModel} message
 */
function tell(port, message) {
  try {
    port.postMessage(message);
  } catch {
    // The tab has gone; its disconnection is on the way.
  }
}
