// Two builds of the command line, alternating. Seconds are the program's own, without loading.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from '../../scripts/common.mjs';
import { commandLine } from '../native/prepare.mjs';
import { build, model } from './checkout.mjs';

export async function open({ now, before }, types) {
  const programs = { now: commandLine(), before: build(before) };
  const models = { now: model(now), before: model(before) };
  const temporary = mkdtempSync(join(tmpdir(), 'bioner-commit-'));
  const file = join(temporary, 'corpus.jsonl');

  const side = (name, threads) => ({
    name,
    extract(documents) {
      const line = ({ id, text }) => `${JSON.stringify({ id, text, types, entities: [] })}\n`;
      writeFileSync(file, documents.map(line).join(''));
      const args = ['eval', '--model', models[name], '--threads', String(threads), file];
      const report = JSON.parse(execFileSync(programs[name], args, { encoding: 'utf8' }));
      return { seconds: report.seconds, entities: report.micro.found };
    },
  });

  return {
    versions: { rustc: output('rustc', ['--version']) },
    load: async (threads) => [side('now', threads), side('before', threads)],
    unload: async () => {},
    close: async () => rmSync(temporary, { recursive: true, force: true }),
  };
}
