// Messages to workers.

import { BionerError, toPlain } from './errors.js';

/**
 * Sends a message. What cannot be copied for another thread, such as a Blob that Node or Deno has opened over a file,
 * is refused.
 *
 * @param {import('../client.d.ts').WorkerLike} worker
 * @param {unknown} message
 */
export function send(worker, message) {
  try {
    worker.postMessage(message);
  } catch (cause) {
    throw new BionerError(
      'input',
      `What was given cannot be handed to a worker (${toPlain(cause).message}). Give the path of the file, or its bytes: new File([bytes], name).`,
      { cause },
    );
  }
}
