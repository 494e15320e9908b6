// A server under load.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Problem, root } from '../../scripts/common.mjs';
import { residentBytes } from '../shared/machine.mjs';

const LISTENS = /listening on http:\/\/([^/]+)\//;

/**
 * Starts a server, and waits until it listens.
 *
 * @param {string} program
 * @param {string} [workers]  As many as the server takes by itself, unless given.
 */
export async function serverOf(program, workers) {
  const child = spawn(
    program,
    [
      ...['serve', '--listen', '127.0.0.1:0', '--log', 'errors'],
      ...(workers === undefined ? [] : ['--workers', workers]),
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(child, 'close');
  /** @type {string | undefined} */
  let address;
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    address = LISTENS.exec(line)?.[1];
    if (address) break;
  }
  if (!address) throw new Problem('the server did not start');
  child.stderr.resume();
  const url = `http://${address}/v1/extract`;
  return {
    /** @param {Iterator<string>} texts @param {number} clients @param {number} seconds */
    load: (texts, clients, seconds) => load(url, child.pid ?? 0, texts, clients, seconds),
    async stop() {
      child.kill('SIGTERM');
      const [status] = await ended;
      if (status !== 0) throw new Problem(`the server ended with status ${status}`);
    },
  };
}

/**
 * So many clients, each with one abstract after the other; for so many seconds they go on asking. The rate is that until
 * the last has its answer: all are answered at much the same time, so a bound in time would cut off whole rounds of them.
 *
 * @param {string} url
 * @param {number} pid
 * @param {Iterator<string>} texts
 * @param {number} clients
 * @param {number} seconds
 */
async function load(url, pid, texts, clients, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  /** @type {number[]} */
  const latencies = [];
  /** @type {string[]} */
  const errors = [];
  /** @type {number[]} */
  const memory = [];
  let entities = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  const client = async () => {
    while (performance.now() < until) {
      const asked = performance.now();
      try {
        const answer = await post(url, agent, { text: texts.next().value });
        entities += answer.entities.length;
        latencies.push((performance.now() - asked) / 1000);
      } catch (error) {
        errors.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const sampling = setInterval(() => memory.push(residentBytes(pid)?.now ?? Number.NaN), 1000);
  await Promise.all(Array.from({ length: clients }, client));
  const took = (performance.now() - began) / 1000;
  clearInterval(sampling);
  agent.destroy();
  if (!entities) throw new Problem('nothing was found in any text');
  return { rate: latencies.length / took, latencies, errors, memory };
}

/**
 * @param {string} url
 * @param {Agent} agent
 * @param {object} body
 * @returns {Promise<{ entities: object[] }>}
 */
function post(url, agent, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const asking = request(url, { agent, method: 'POST', headers }, (answer) => {
      /** @type {Buffer[]} */
      const parts = [];
      answer.on('error', reject);
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${answer.statusCode} ${text}`));
      });
    });
    asking.on('error', reject);
    asking.end(JSON.stringify(body));
  });
}
