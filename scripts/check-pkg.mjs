// Checks that the committed pkg/ is what the sources give:
//   node scripts/check-pkg.mjs             its record names these sources and these files
//   node scripts/check-pkg.mjs --built DIR and, if DIR was built by the same toolchain, the same bytes
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem, main, root } from './common.mjs';
import { hashes, sources } from './sources.mjs';

/**
 * Keys whose values differ between the two, or that only one has.
 *
 * @param {Record<string, string>} a
 * @param {Record<string, string>} b
 */
const differences = (a, b) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).sort();

/**
 * What a folder of built files says that it was built from.
 *
 * @param {string} folder
 * @returns {{ toolchain: string, sources: Record<string, string>, files: Record<string, string> }}
 */
function record(folder) {
  const path = join(folder, 'sources.json');
  if (!existsSync(path)) throw new Problem(`${path} is missing: npm run build`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

await main(() => {
  const { values } = parseArgs({ options: { built: { type: 'string' } } });
  const pkg = join(root, 'pkg');
  const committed = record(pkg);
  const changed = differences(committed.sources, hashes(root, sources()));
  if (changed.length) {
    throw new Problem(`pkg/ was built from other sources (${changed.join(', ')}): npm run build`);
  }
  const present = readdirSync(pkg).filter((name) => name !== 'sources.json');
  const edited = differences(committed.files, hashes(pkg, present));
  if (edited.length)
    throw new Problem(`pkg/ is not what was built (${edited.join(', ')}): npm run build`);
  console.log(`pkg/ is from these ${Object.keys(committed.sources).length} sources`);
  if (!values.built) return;
  const built = record(values.built);
  if (built.toolchain !== committed.toolchain) {
    console.log(
      `bytes not compared: pkg/ was built by ${committed.toolchain}; here is ${built.toolchain}`,
    );
    return;
  }
  const different = differences(committed.files, built.files);
  if (different.length) {
    throw new Problem(
      `the same toolchain builds other bytes (${different.join(', ')}): npm run build`,
    );
  }
  console.log('pkg/ has the bytes that were just built');
});
