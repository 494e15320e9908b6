// Measures the project against its peers in one run of headless Chromium: `npm run bench`. See
// benches/README.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packages } from '../benches/browser/prepare.mjs';
import { Problem, main, root } from './common.mjs';

const PEERS = ['wllama', 'candle', 'encoder', 'self'];

await main(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  const { quick, force, write, json } = values;
  const rounds = Number(values.rounds ?? (quick ? 1 : 5));
  const only = values.only.split(',').filter(Boolean);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem('--rounds takes a number from 1');
  const unknown = only.filter((name) => !PEERS.includes(name));
  if (unknown.length) throw new Problem(`no such peer: ${unknown}; there are ${PEERS.join(', ')}`);

  packages();
  const { disturbance } = await import('../benches/browser/machine.mjs');
  const disturbed = await disturbance();
  if (disturbed && !(force || quick)) throw new Problem(`${disturbed}: a measurement needs an idle machine (--force measures all the same)`);
  if (disturbed) console.error(`warning: ${disturbed}: the figures will be noise`);

  // Imported now that the packages are there.
  const { measure } = await import('../benches/browser/run.mjs');
  const { report } = await import('../benches/browser/report.mjs');
  const result = { disturbed, ...(await measure({ rounds, quick, only })) };
  const text = report(result);
  if (write) {
    const file = join(root, 'benches', 'RESULTS.md');
    writeFileSync(file, `# Results\n\nWritten by \`npm run bench -- --write\`; benches/README.md says what is measured.\n\n${text}\n`);
    console.error(`written: ${file}`);
  }
  console.log(json ? JSON.stringify(result) : text);
});
