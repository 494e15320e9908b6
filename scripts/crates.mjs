// The crates that are linked into something that ships, as cargo tells them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem, output, root } from './common.mjs';

export const WASM = 'wasm32-unknown-unknown';

/**
 * What ships: the packages of the workspace that it is made of, for which targets, and whether the weights go with it.
 * The weights of Python are a package of their own.
 */
export const SHIPPED = {
  browser: {
    packages: ['bioner', 'bioner-documents', 'bioner-attributes'],
    target: WASM,
    data: ['models/default', 'vocabulary'],
  },
  command: { packages: ['bioner-command'], target: 'all', data: ['models/default', 'vocabulary'] },
  python: { packages: ['bioner-python'], target: 'all', data: ['models/default', 'vocabulary'] },
};

/** What a listing may take: some thousand lines, and a megabyte of metadata. */
const options = { maxBuffer: 64 * 1024 * 1024 };

/**
 * @typedef {object} Crate
 * @property {string} name
 * @property {string} version
 * @property {boolean} ours         Whether it is one of this repository.
 * @property {string | null} license
 * @property {string | null} description
 * @property {string | null} repository
 * @property {string} folder       Where its sources are.
 * @property {string} [sha256]      Of its archive in the registry, as Cargo.lock has it.
 * @property {Set<string>} uses     The keys of the crates that it uses.
 */

/** @param {string} name @param {string} version */
const keyOf = (name, version) => `${name}@${version}`;

/**
 * The crates linked into some packages of the workspace: by name and version, with what each uses. What only runs while
 * they are built (build scripts, procedural macros) is left out.
 *
 * @param {string[]} packages
 * @param {string} target  A target of Rust's, or `all`.
 * @returns {Map<string, Crate>}
 */
export function linkedCrates(packages, target) {
  const tree = output(
    'cargo',
    [
      ...['tree', '--locked', '--edges', 'normal,no-proc-macro', '--target', target],
      ...['--prefix', 'depth', '--format', ' {p}'],
      ...packages.flatMap((name) => ['--package', name]),
    ],
    options,
  );
  if (!tree) throw new Problem('cargo tree failed: is Cargo.lock up to date?');
  const described = descriptions();
  /** @type {Map<string, Crate>} */
  const crates = new Map();
  /** The crates above the line, by depth. @type {Crate[]} */
  const above = [];
  for (const line of tree.split('\n').filter(Boolean)) {
    const [, depth, name, version] = /^(\d+) (\S+) v(\S+)/.exec(line) ?? [];
    if (!name) throw new Problem(`cargo tree says what is not understood: ${line}`);
    const key = keyOf(name, version);
    const about = described.get(key);
    if (!about) throw new Problem(`cargo metadata does not know ${key}`);
    const crate = crates.get(key) ?? { ...about, uses: new Set() };
    crates.set(key, crate);
    above[Number(depth)] = crate;
    if (Number(depth)) above[Number(depth) - 1].uses.add(key);
  }
  return crates;
}

/** @type {Map<string, Omit<Crate, 'uses'>> | undefined} */
let known;

/** What cargo knows of every crate of the lock file. */
function descriptions() {
  if (known) return known;
  const metadata = output('cargo', ['metadata', '--locked', '--format-version', '1'], options);
  if (!metadata) throw new Problem('cargo metadata failed: is Cargo.lock up to date?');
  const sums = checksums();
  /** @type {any[]} */
  const packages = JSON.parse(metadata).packages;
  known = new Map(
    packages.map(({ name, version, source, license, description, repository, manifest_path }) => {
      const key = keyOf(name, version);
      const sha256 = sums.get(key);
      const ours = source === null;
      const folder = dirname(manifest_path);
      return [key, { name, version, ours, license, description, repository, folder, sha256 }];
    }),
  );
  return known;
}

/** The checksums of Cargo.lock, by name and version. @returns {Map<string, string>} */
function checksums() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const entry = /name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "([0-9a-f]{64})"/g;
  return new Map(
    Array.from(lock.matchAll(entry), ([, name, version, sum]) => [keyOf(name, version), sum]),
  );
}
