// Abstracts without end, of which no two have a sentence in common: the engine computes a sentence that it knows
// only once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/common.mjs';

/** @returns {Generator<string, never>} */
export function* abstracts() {
  const lines = readFileSync(join(root, 'benches/texts/abstracts.jsonl'), 'utf8')
    .trim()
    .split('\n');
  /** @type {string[]} */
  const texts = lines.map((line) => JSON.parse(line).text);
  let number = 0;
  for (;;) {
    for (const text of texts) {
      yield text.replace(/[.?!](?=\s|$)/g, (end) => ` in series ${++number}${end}`);
    }
  }
}
