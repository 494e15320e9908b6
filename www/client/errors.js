// The one error type of the JavaScript side, shared by the page and the worker.

/**
 * @typedef {import('../client.d.ts').ErrorCode} ErrorCode
 * @typedef {import('../client.d.ts').TypeProblem} TypeProblem
 * @typedef {{ code: ErrorCode, message: string, problem?: TypeProblem }} PlainError  What crosses between the
 *   threads.
 */

/** An error with a stable code for programs and a message for people. */
export class BionerError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {{ cause?: unknown, problem?: TypeProblem }} [options]  `problem` goes with the code `types`.
   */
  constructor(code, message, { problem, ...options } = {}) {
    super(message, options);
    this.name = 'BionerError';
    this.code = code;
    this.problem = problem;
  }
}

/**
 * What can be sent to the other thread in place of `error`. An error without a code is one nobody
 * foresaw, a trap in the module for instance. The module's state is unknown after it.
 *
 * @param {unknown} error
 * @returns {PlainError}
 */
export function toPlain(error) {
  const { code, message, problem } =
    /** @type {{ code?: unknown, message?: unknown, problem?: TypeProblem }} */ (error ?? {});
  const unforeseen = isOutOfMemory(error) ? 'memory' : 'crashed';
  return {
    code: /** @type {ErrorCode} */ (typeof code === 'string' ? code : unforeseen),
    message: String(message ?? error),
    ...(problem && { problem }),
  };
}

/**
 * What can be sent in place of an error with which the module could not be loaded.
 *
 * @param {unknown} cause
 * @returns {PlainError}
 */
export function unloaded(cause) {
  const { code, message } = toPlain(cause);
  if (code === 'memory') return { code, message };
  return { code: 'module', message: `The program could not be loaded: ${message}` };
}

/**
 * Whether an error says that the browser gives no more memory. Browsers have no class for it; a trap of the module may
 * speak of memory too and means another thing.
 *
 * @param {unknown} error
 */
export function isOutOfMemory(error) {
  if (error instanceof WebAssembly.RuntimeError) return false;
  const { message = error } = /** @type {{ message?: unknown }} */ (error ?? {});
  return /out of memory|allocat|memory limit/i.test(String(message));
}
