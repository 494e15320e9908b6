// Web workers for Node, which has threads instead. Deno and Bun have web workers.

import { BionerError, toPlain } from '../client/errors.js';
import { builtin } from '../client/runtime.js';

/** @typedef {import('../client.d.ts').WorkerLike} WorkerLike */

// Not `new URL('…', import.meta.url)`: a bundler takes that for a file that the page needs.
const HERE = import.meta.url;

/** A thread, with what the library uses of a web worker. @implements {WorkerLike} */
class ThreadWorker {
  /** @type {WorkerLike['onmessage']} */
  onmessage = null;
  /** @type {WorkerLike['onmessageerror']} */
  onmessageerror = null;
  /** @type {WorkerLike['onerror']} */
  onerror = null;
  #thread;

  /** @param {import('node:worker_threads').Worker} thread */
  constructor(thread) {
    this.#thread = thread;
    thread.on('message', (data) => this.onmessage?.({ data }));
    thread.on('messageerror', () => this.onmessageerror?.({}));
    thread.on('error', (error) => this.onerror?.({ message: toPlain(error).message }));
    thread.on('exit', (status) => this.onerror?.({ message: `its thread ended with ${status}` }));
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.#thread.postMessage(message);
  }

  terminate() {
    this.#thread.terminate();
  }
}

/**
 * What starts a worker's script in a thread.
 *
 * @param {string} script  Relative to the client.
 * @returns {() => WorkerLike}
 */
export function threads(script) {
  return () => {
    const { Worker: Thread } = /** @type {typeof import('node:worker_threads')} */ (
      builtin('node:worker_threads')
    );
    const workerData = new URL(`../${script}`, HERE).href;
    // A thread takes over the flags of the process, but not this one, which is for the text of --eval.
    const isText = process.execArgv.some((flag) => flag.startsWith('--input-type'));
    const options = isText ? { workerData, execArgv: [] } : { workerData };
    try {
      return new ThreadWorker(new Thread(new URL('thread.js', HERE), options));
    } catch (cause) {
      const message = `A thread could not be started: ${toPlain(cause).message}`;
      throw new BionerError('worker-missing', message, { cause });
    }
  };
}
