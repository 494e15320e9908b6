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
 * foresaw: a trap in the module, memory running out. The module's state is unknown after it.
 *
 * @param {unknown} error
 * @returns {PlainError}
 */
export function toPlain(error) {
  const { code, message, problem } =
    /** @type {{ code?: unknown, message?: unknown, problem?: TypeProblem }} */ (error ?? {});
  return {
    code: /** @type {ErrorCode} */ (typeof code === 'string' ? code : 'crashed'),
    message: String(message ?? error),
    ...(problem && { problem }),
  };
}
