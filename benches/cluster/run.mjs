// The command line, `nlp.pipe`, spaCy, Ray and Spark with two workers each on the same abstracts, alternating.
// benches/README.md says how. The arguments go to run.py.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { main, root, run } from '../../scripts/common.mjs';
import { clusterEnvironment, installPythonTools, testEnvironment } from '../../scripts/python.mjs';
import { commandLine } from '../native/prepare.mjs';
import { abstracts } from '../shared/abstracts.mjs';

const MOST = 2000;

await main(() => {
  const program = commandLine();
  installPythonTools();
  const python = clusterEnvironment('release');
  const spacy = testEnvironment('release');
  const script = join(root, 'benches/cluster/run.py');
  const folder = join(root, 'target/bench');
  mkdirSync(folder, { recursive: true });
  const texts = join(folder, 'cluster.jsonl');
  const all = abstracts();
  const lines = Array.from({ length: MOST }, (_, id) =>
    JSON.stringify({ id: `${id}`, text: all.next().value }),
  );
  writeFileSync(texts, `${lines.join('\n')}\n`);
  // With the tests' way to find the processes of a job.
  const env = { ...process.env, PYTHONPATH: join(root, 'python') };
  const programs = ['--bioner', program, '--spacy', spacy];
  run(python, [script, ...programs, '--texts', texts, ...argv.slice(2)], { env });
});
