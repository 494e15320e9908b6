// A tab's way to the model: wakes it, asks, and asks again when it has gone to sleep in between.

import { MODEL_PORT } from '../shared/names.js';

/**
 * @typedef {import('../shared/protocol.d.ts').FromModel} FromModel
 * @typedef {import('../shared/protocol.d.ts').ToModel} ToModel
 * @typedef {import('../shared/protocol.d.ts').Answer} Answer
 * @typedef {Extract<FromModel, { kind: 'part' }>} Part
 *
 * @typedef {object} Ask
 * @property {string} text
 * @property {string[] | undefined} types
 * @property {string} preset  Whose types to look for where there are no `types`.
 * @property {number} keepMinutes
 * @property {AbortSignal} signal
 * @property {(part: Part) => void} onPart
 * @property {() => void} onRestart  What has come so far will come again.
 *
 * What is answered by one message.
 * @typedef {{ kind: 'formats' } | { kind: 'write', format: string, documents: import('../../www/shared/documents.js').Doc[] }} Request
 *
 * @typedef {Ask & { id: number, attempts: number, resolve: () => void, reject: (error: unknown) => void }} Job
 */

const ATTEMPTS = 3;

export class ModelLink {
  #onLoading;
  /** @type {Promise<chrome.runtime.Port> | undefined} */
  #port;
  /** @type {Map<number, Job>} */
  #jobs = new Map();
  /** @type {Map<number, { resolve: (answer: FromModel) => void, reject: (error: unknown) => void }>} */
  #requests = new Map();
  #nextId = 1;

  /** @param {(progress: { loaded: number, total: number }) => void} onLoading */
  constructor(onLoading) {
    this.#onLoading = onLoading;
  }

  /**
   * Resolves when all parts have come; rejects with `{ code, message, problem }`, or an AbortError.
   *
   * @param {Ask} ask
   * @returns {Promise<void>}
   */
  ask(ask) {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const job = { ...ask, id, attempts: 0, resolve, reject };
      this.#jobs.set(id, job);
      ask.signal.addEventListener('abort', () => {
        if (!this.#jobs.delete(id)) return;
        this.#send({ kind: 'cancel', id }).catch(() => {});
        reject(ask.signal.reason);
      });
      this.#begin(job);
    });
  }

  /**
   * Which files can be written.
   *
   * @returns {Promise<import('../../www/shared/documents.js').ExportFormat[]>}
   */
  async formats() {
    const answer = await this.#request({ kind: 'formats' });
    return answer.kind === 'formats' ? answer.formats : [];
  }

  /**
   * @param {string} format
   * @param {import('../../www/shared/documents.js').Doc[]} documents
   * @returns {Promise<import('../../www/shared/documents.js').OutFile[]>}
   */
  async write(format, documents) {
    const answer = await this.#request({ kind: 'write', format, documents });
    return answer.kind === 'written' ? answer.files : [];
  }

  /**
   * @param {Request} request
   * @returns {Promise<FromModel>}
   */
  #request(request) {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#requests.set(id, { resolve, reject });
      this.#send({ ...request, id }).catch((error) => {
        this.#requests.delete(id);
        reject(error);
      });
    });
  }

  /** Lets go of the model: what is running is cancelled. */
  close() {
    this.#port?.then(
      (port) => port.disconnect(),
      () => {},
    );
    this.#port = undefined;
    this.#refuse();
  }

  /** Nobody answers what has been asked so far. */
  #refuse() {
    for (const { reject } of this.#requests.values()) reject({ code: 'crashed' });
    this.#requests.clear();
  }

  /** @param {Job} job */
  async #begin(job) {
    job.attempts++;
    const { id, text, types, preset, keepMinutes } = job;
    try {
      await this.#send({ kind: 'extract', id, text, types, preset, keepMinutes });
    } catch (error) {
      if (this.#jobs.delete(id)) job.reject(error);
    }
  }

  /** @param {ToModel} message */
  async #send(message) {
    this.#port ??= this.#connect();
    try {
      (await this.#port).postMessage(message);
    } catch (error) {
      this.#port = undefined;
      throw error;
    }
  }

  async #connect() {
    // After an update the old script lives on in open pages, without an extension behind it.
    if (!chrome.runtime?.id) throw { code: 'updated' };
    /** @type {Answer} */
    const answer = await chrome.runtime.sendMessage({ kind: 'wake' });
    if (!answer?.ok) throw answer ?? { code: 'start' };
    const port = chrome.runtime.connect({ name: MODEL_PORT });
    port.onMessage.addListener((message) => this.#receive(message));
    port.onDisconnect.addListener(() => this.#lost());
    return port;
  }

  /** @param {FromModel} message */
  #receive(message) {
    if (message.kind === 'loading') return this.#onLoading(message);
    const request = this.#requests.get(message.id);
    if (request) {
      this.#requests.delete(message.id);
      return message.kind === 'error' ? request.reject(message) : request.resolve(message);
    }
    const job = this.#jobs.get(message.id);
    if (!job) return;
    if (message.kind === 'part') return job.onPart(message);
    this.#jobs.delete(job.id);
    if (message.kind === 'error') job.reject(message);
    else job.resolve();
  }

  /** The model's document has been closed, or has died. */
  #lost() {
    void chrome.runtime?.lastError;
    this.#port = undefined;
    this.#refuse();
    for (const job of [...this.#jobs.values()]) {
      if (job.attempts < ATTEMPTS) {
        job.onRestart();
        this.#begin(job);
      } else {
        this.#jobs.delete(job.id);
        job.reject({ code: 'crashed' });
      }
    }
  }
}
