// The command line on many abstracts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Problem, root } from '../../scripts/common.mjs';

/**
 * Abstracts a second, from the first answer on, so that loading is not counted.
 *
 * @param {string} program
 * @param {Iterator<string>} texts
 * @param {number} seconds
 */
export async function extractFor(program, texts, seconds) {
  const child = spawn(program, ['extract', '-'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let done = false;
  child.stdin.on('error', () => {}); // it has ended
  const feed = async () => {
    while (!done) {
      const line = `${JSON.stringify({ text: texts.next().value })}\n`;
      // It is ended while it still reads, so waiting may fail.
      const drained = () => once(child.stdin, 'drain').catch(() => {});
      if (!child.stdin.write(line)) await Promise.race([drained(), ended]);
    }
  };
  const ended = once(child, 'close');
  const feeding = feed();
  let count = -1;
  let began = 0;
  let took = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!JSON.parse(line).entities) throw new Problem(`the command line failed: ${line}`);
    if (++count === 0) began = performance.now();
    took = (performance.now() - began) / 1000;
    if (took >= seconds) break;
  }
  done = true;
  child.kill();
  await ended;
  await feeding;
  if (count < 1) throw new Problem('the command line gave no answers');
  return count / took;
}
