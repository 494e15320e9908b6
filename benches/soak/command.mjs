// The command line: one call that reads all documents.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem } from '../../scripts/common.mjs';
import { residentBytes } from '../shared/machine.mjs';

const EVERY_MS = 100;

/**
 * Runs a program that answers a line for each document, and samples its memory meanwhile.
 *
 * @param {string[]} command   The file of documents is added to it.
 * @param {{ id: string, text: string }[]} documents
 */
export async function throughProgram(command, documents) {
  const folder = mkdtempSync(join(tmpdir(), 'bioner-soak-'));
  const file = join(folder, 'documents.jsonl');
  writeFileSync(file, documents.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const [program, ...args] = command;
  const child = spawn(program, [...args, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  /** @type {import('./flat.mjs').Sample[]} */
  const samples = [];
  const answers = [];
  let began = performance.now();
  const sample = () => {
    const { now } = residentBytes(child.pid) ?? {};
    if (now === undefined) return;
    samples.push({
      done: answers.length,
      seconds: (performance.now() - began) / 1000,
      resident: now,
    });
  };
  const timer = setInterval(sample, EVERY_MS);
  const exit = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      // Loading the model is no part of it: the clock starts with the first answer.
      if (!answers.length) began = performance.now();
      answers.push(JSON.parse(line));
      sample();
    }
    const [status] = await exit;
    if (status !== 0) throw new Problem(`${program} ended with exit status ${status}`);
  } finally {
    clearInterval(timer);
    rmSync(folder, { recursive: true, force: true });
  }
  return { samples: samples.filter(({ done }) => done > 0), answers };
}
