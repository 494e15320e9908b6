// Which files pkg/ is built from, and their checksums.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './common.mjs';

/** Folders of the crates beside the engine that the modules are built from. */
const CRATES = ['attributes', 'context', 'documents', 'kernels', 'linking', 'segment'];

/** Paths of the sources, relative to the checkout, sorted: everything the module's bytes depend on. */
export function sources() {
  const crates = ['.', ...CRATES]
    .map((crate) => join(crate, 'src'))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? /** @type {any} */ (entry).path, entry.name).slice(root.length + 1),
    )
    .map((path) => path.replaceAll('\\', '/'));
  return [
    'Cargo.lock',
    'Cargo.toml',
    'context/rules.json',
    'context/sections.json',
    'documents/types.json',
    'scripts/build-wasm.mjs',
    'scripts/toolchain.mjs',
    'tools/bindgen/Cargo.lock',
    'tools/bindgen/Cargo.toml',
    'tools/bindgen/src/main.rs',
    ...CRATES.map((crate) => `${crate}/Cargo.toml`),
    ...crates,
  ].sort();
}

/**
 * SHA-256 of each of `paths` below `folder`, by path.
 *
 * @param {string} folder
 * @param {string[]} paths
 * @returns {Record<string, string>}
 */
export function hashes(folder, paths) {
  /** @param {string} path */
  const hash = (path) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  return Object.fromEntries(paths.map((path) => [path, hash(path)]));
}
