// Where the library runs. Node, Deno and Bun have modules of their own: files, threads, a working directory. They
// are asked for by name while the program runs, not imported, so that browsers and bundlers meet none of them.

/**
 * The modules that are asked for.
 *
 * @typedef {{
 *   'node:fs': typeof import('node:fs'),
 *   'node:os': typeof import('node:os'),
 *   'node:url': typeof import('node:url'),
 *   'node:worker_threads': typeof import('node:worker_threads'),
 * }} Builtins
 */

/**
 * A module that Node, Deno and Bun have; undefined in a browser.
 *
 * @template {keyof Builtins} Name
 * @param {Name} name
 * @returns {Builtins[Name] | undefined}
 */
export function builtin(name) {
  return /** @type {any} */ (globalThis.process?.getBuiltinModule?.(name));
}

/** Whether this is Node, Deno or Bun. */
export const isRuntime = () => Boolean(globalThis.process?.versions?.node);

/**
 * Whether an absolute URL is that of a GGUF file on the disk, not of a folder with a manifest.
 *
 * @param {string} url
 */
export const isLocalFile = (url) =>
  /^file:.*\.gguf$/i.test(url) && builtin('node:fs') !== undefined;
