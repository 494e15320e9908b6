// What the machine is, whether it is idle, and what its processes use. Linux says all of it; other
// systems say less, and what they do not say is left out.
import { readFileSync, readdirSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** More than this share of the machine used by others spoils a measurement. */
const IDLE_SHARE = 0.05;

export const cores = availableParallelism();

/** @param {Record<string, string>} versions */
export function describe(versions) {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    ...versions,
  };
}

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process is gone, or this is not Linux
  }
};

/** Ticks that all cores worked, and all their ticks; undefined where /proc does not say. */
function machineTicks() {
  const fields = /^cpu +(.*)$/m
    .exec(read('/proc/stat') ?? '')?.[1]
    .split(' ')
    .map(Number);
  if (!fields) return undefined;
  const [user, nice, system, idle, wait, irq, soft, steal] = fields;
  const busy = user + nice + system + irq + soft + steal;
  return { busy, all: busy + idle + wait };
}

/** Every process: its parent, its command, the ticks it worked. */
function processes() {
  let names = [];
  try {
    names = readdirSync('/proc');
  } catch {
    // Not Linux.
  }
  const found = new Map();
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const stat = /^\d+ \((.*)\) (.*)$/s.exec(read(`/proc/${name}/stat`) ?? '');
    if (!stat) continue;
    const fields = stat[2].split(' ');
    const children = Number(fields[13]) + Number(fields[14]);
    const ticks = Number(fields[11]) + Number(fields[12]);
    found.set(Number(name), { parent: Number(fields[1]), command: stat[1], ticks, children });
  }
  return found;
}

/** The processes below `root`, itself included. */
function below(all, root) {
  const inside = new Set([root]);
  // Parents may be listed after their children: until nothing is added.
  for (let before = 0; before !== inside.size; ) {
    before = inside.size;
    for (const [pid, { parent }] of all) if (inside.has(parent)) inside.add(pid);
  }
  return inside;
}

/**
 * Watches the machine until asked, which gives the share of its time that processes other than ours
 * took. Children of ours that ended in between count as ours.
 */
export function watch() {
  const snapshot = () => {
    const all = processes();
    const ours = below(all, process.pid);
    let ticks = 0;
    for (const pid of ours) ticks += (all.get(pid)?.ticks ?? 0) + (all.get(pid)?.children ?? 0);
    return { machine: machineTicks(), ours: ticks };
  };
  const from = snapshot();
  return () => {
    const to = snapshot();
    if (!from.machine || !to.machine) return undefined;
    const all = to.machine.all - from.machine.all;
    if (!all) return undefined;
    return Math.max(0, (to.machine.busy - from.machine.busy - (to.ours - from.ours)) / all);
  };
}

/**
 * What speaks against measuring now, in words, or undefined.
 *
 * @param {number} seconds  How long to look.
 */
export async function disturbance(seconds = 3) {
  const before = processes();
  const others = watch();
  await pause(seconds * 1000);
  const share = others();
  if (share === undefined) {
    const load = loadavg()[0];
    return load > 0.3 ? `the load average is ${load.toFixed(2)}` : undefined;
  }
  if (share <= IDLE_SHARE) return undefined;
  const after = processes();
  const ours = below(after, process.pid);
  const busiest = [...after]
    .filter(([pid]) => !ours.has(pid))
    .map(([pid, { command, ticks }]) => ({
      command,
      worked: ticks - (before.get(pid)?.ticks ?? 0),
    }))
    .sort((a, b) => b.worked - a.worked)
    .slice(0, 3)
    .filter(({ worked }) => worked > 0)
    .map(({ command }) => command);
  return `other processes take ${Math.round(share * 100)}% of the machine (${busiest.join(', ')})`;
}

/** The browser's renderer processes: their ids. `folder` is its profile, which its command line names. */
export function renderers(folder) {
  const all = processes();
  const main = [...all.keys()].filter((pid) => read(`/proc/${pid}/cmdline`)?.includes(folder));
  const inside = new Set(main.flatMap((pid) => [...below(all, pid)]));
  return [...inside].filter((pid) => read(`/proc/${pid}/cmdline`)?.includes('--type=renderer'));
}

/** Bytes in memory of a process, now and at most so far; undefined where /proc does not say. */
export function residentBytes(pid) {
  const status = read(`/proc/${pid}/status`) ?? '';
  const field = (name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
  const now = field('VmRSS');
  return Number.isFinite(now) ? { now, peak: field('VmHWM') } : undefined;
}

/**
 * Bytes in memory of all processes that this one has started, and they in turn; what several of them share counts
 * once. Undefined where /proc does not say.
 */
export function startedBytes() {
  const pids = [...below(processes(), process.pid)].filter((pid) => Number(pid) !== process.pid);
  const bytes = pids.map(
    (pid) =>
      Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0) * 1024,
  );
  const total = bytes.reduce((sum, one) => sum + one, 0);
  return total > 0 ? total : undefined;
}
