// Makes what a native measurement needs and this checkout lacks: the command line, and its peers in
// a Python environment of their own.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, output, root, run, which } from '../../scripts/common.mjs';

const here = join(root, 'benches', 'native');
const cache = join(root, 'target', 'bench');
// What builds print goes to stderr: the last of stdout is the result.
/** @type {import('node:child_process').StdioOptions} */
const stdio = ['ignore', 2, 2];

/** Builds the command line. Returns its path. */
export function commandLine() {
  run('cargo', ['build', '--release', '--locked', '--package', 'bioner-command'], { stdio });
  return join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'release', 'bioner');
}

/** The environment of the build. Without AMX: with it this version of llama.cpp ends in an illegal instruction (`tilezero`). */
function withoutAmx() {
  const amx =
    existsSync('/proc/cpuinfo') && /\bamx_tile\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  if (!amx) return process.env;
  const added = (flags = '') => `${flags} -mno-amx-tile -mno-amx-int8 -mno-amx-bf16`;
  return {
    ...process.env,
    CFLAGS: added(process.env.CFLAGS),
    CXXFLAGS: added(process.env.CXXFLAGS),
  };
}

/** Installs llama-cpp-python and ONNX Runtime. Returns the Python that has them. */
export function peersPython() {
  const folder = join(cache, 'python');
  const python = join(folder, 'bin', 'python');
  const [wanted, installed] = [join(here, 'requirements.txt'), join(folder, 'installed.txt')];
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))) return python;
  if (!output('python3', ['--version'])) throw new Problem('no python3 here, which the peers need');
  if (!which('c++', 'g++', 'clang++'))
    throw new Problem('no C++ compiler here, which llama-cpp-python is built with');
  mkdirSync(cache, { recursive: true });
  run('python3', ['-m', 'venv', '--clear', folder], { stdio });
  // Without pip's cache, which may hold a build with other flags.
  run(python, ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '-r', wanted], {
    stdio,
    env: withoutAmx(),
  });
  copyFileSync(wanted, installed);
  return python;
}
