// Writes THIRD-PARTY.txt: the crates that are linked into what ships, with the licences whose text has to go along.
//   node scripts/notices.mjs             writes it
//   node scripts/notices.mjs --check     fails if it is not what the lock file asks for
// A crate that may be taken under Apache-2.0, as this project is, is named without a text: LICENSE has it.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, main, root } from './common.mjs';
import { SHIPPED, linkedCrates } from './crates.mjs';

const path = join(root, 'THIRD-PARTY.txt');
const OURS = 'Apache-2.0';

/** A crate whose archive has no file of its licence, and the one of the same authors that has it. */
const TEXT_OF = { 'pulp-wasm-simd-flag': 'pulp' };

/** @typedef {import('./crates.mjs').Crate} Crate */

/** Whether the expression leaves the choice to take it under our licence. @param {Crate} crate */
const isUnderOurs = ({ license }) => (license ?? '').split(/ OR |\//).some((one) => one === OURS);

/**
 * The texts that come with a crate, of which one is enough where there is a choice.
 *
 * @param {Crate} crate
 */
function textsOf({ name, version, license, folder }) {
  const names = readdirSync(folder).sort();
  const files = names.filter((file) => /^licen[cs]e(?!.*apache)/i.test(file));
  const hasChoice = !license?.includes(' AND ');
  const chosen = hasChoice ? files.filter((file) => /mit/i.test(file)) : [];
  const taken = chosen.length ? chosen : files;
  if (!taken.length)
    throw new Problem(`${name} ${version} (${license}) has no text of its licence`);
  return taken.map((file) =>
    readFileSync(join(folder, file), 'utf8').replace(/\r\n?/g, '\n').trim(),
  );
}

/** The whole file. */
function notices() {
  /** @type {Map<string, Crate>} */
  const crates = new Map();
  for (const { packages, target } of Object.values(SHIPPED))
    for (const [key, crate] of linkedCrates(packages, target))
      if (!crate.ours) crates.set(key, crate);
  const sorted = [...crates.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  /** The crates that each text is for. @type {Map<string, string[]>} */
  const byText = new Map();
  const plain = [];
  for (const crate of sorted) {
    if (isUnderOurs(crate)) plain.push(keyOf(crate));
    const another = sorted.find(
      ({ name }) => name === /** @type {Record<string, string>} */ (TEXT_OF)[crate.name],
    );
    for (const text of isUnderOurs(crate) ? [] : textsOf(another ?? crate))
      byText.set(text, [...(byText.get(text) ?? []), `${keyOf(crate)} (${crate.license})`]);
  }
  const line = '='.repeat(80);
  const parts = [...byText].map(
    ([text, names]) => `${line}\n${names.join('\n')}\n${line}\n\n${text}\n`,
  );
  return [
    "Other people's crates that are linked into bioner's modules, programs and packages.\n",
    `Under Apache-2.0, whose text is in LICENSE:\n\n${[...plain, "Rust's standard library"].join('\n')}\n`,
    ...parts,
  ].join('\n');
}

/** @param {Crate} crate */
const keyOf = ({ name, version }) => `${name} ${version}`;

await main(() => {
  const text = notices();
  if (!process.argv.includes('--check')) return writeFileSync(path, text);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    throw new Problem('THIRD-PARTY.txt is not what Cargo.lock asks for: node scripts/notices.mjs');
});
