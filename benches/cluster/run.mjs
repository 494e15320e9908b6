// The command line, `nlp.pipe`, Ray and Spark with two workers each on the same abstracts, alternating.
// benches/README.md says how. The arguments go to run.py.
import { join } from 'node:path';
import { argv } from 'node:process';
import { main, root, run } from '../../scripts/common.mjs';
import { clusterEnvironment, installPythonTools } from '../../scripts/python.mjs';
import { commandLine } from '../native/prepare.mjs';

await main(() => {
  const program = commandLine();
  installPythonTools();
  const python = clusterEnvironment('release');
  const script = join(root, 'benches/cluster/run.py');
  // With the tests' way to find the processes of a job.
  const env = { ...process.env, PYTHONPATH: join(root, 'python') };
  run(python, [script, '--bioner', program, ...argv.slice(2)], { env });
});
