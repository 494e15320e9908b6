// Makes what a measurement needs and this checkout lacks; what is there is left alone. Only modules of
// Node's own here: the packages may not be installed yet.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, bindgen, root, run, tools } from '../../scripts/common.mjs';
import { wasmToolchain } from '../../scripts/toolchain.mjs';

export const here = join(root, 'benches', 'browser');
const candleCrate = join(root, 'benches', 'candle');
/** All that is made here and not committed. */
export const cache = join(root, 'target', 'bench');

/** Packages of a folder, when its lock file is not the one they were installed from. */
function install(folder, ...options) {
  const [wanted, installed] = ['package-lock.json', 'node_modules/.bioner-lock.json'].map((path) =>
    join(folder, path),
  );
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))) return;
  // What npm prints goes to stderr: the last of stdout is the result.
  run('npm', ['ci', '--no-audit', '--no-fund', ...options], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  copyFileSync(wanted, installed);
}

export function packages() {
  install(root);
  // Install scripts fetch programs for Node, which is not what is measured.
  install(here, '--ignore-scripts', '--omit=optional');
}

/** Builds candle's module as scripts/build-wasm.mjs builds ours. Returns its folder. */
export function candle() {
  const folder = join(cache, 'candle');
  const sources = ['Cargo.toml', 'Cargo.lock', 'src/lib.rs'].map((file) =>
    readFileSync(join(candleCrate, file)),
  );
  const toolchain = wasmToolchain();
  if (!toolchain) throw new Problem('no Rust toolchain for wasm32 here: npm run setup');
  const hash = createHash('sha256').update(toolchain.identity);
  for (const source of sources) hash.update(source);
  const wanted = hash.digest('hex');
  const mark = join(folder, 'built-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return folder;
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 2, 2];
  if (!existsSync(bindgen)) {
    run(
      'cargo',
      [
        'build',
        '--release',
        '--locked',
        '--manifest-path',
        'tools/bindgen/Cargo.toml',
        '--target-dir',
        join(tools, 'bindgen'),
      ],
      { stdio },
    );
  }
  const target = process.env.CARGO_TARGET_DIR ?? join(cache, 'candle-build');
  const flags = ['-C', 'target-feature=+simd128', '--cfg', 'getrandom_backend="wasm_js"'];
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    ...toolchain.environment,
    CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'),
  };
  delete env.RUSTFLAGS;
  run(
    toolchain.cargo,
    ['build', '--release', '--locked', '--target-dir', target, ...toolchain.arguments],
    { cwd: candleCrate, env, stdio },
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(
    bindgen,
    [join(target, 'wasm32-unknown-unknown/release/bioner_candle_bench.wasm'), folder, 'candle'],
    { stdio },
  );
  writeFileSync(mark, wanted);
  return folder;
}

/** The texts: `{ id, text }` each. */
export function abstracts() {
  const lines = readFileSync(join(root, 'benches/texts/abstracts.jsonl'), 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line));
}

/** Versions of the packages measured. */
export function versions() {
  const version = (name) => {
    const path = join(here, 'node_modules', name, 'package.json');
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : undefined;
  };
  const [, candleVersion] =
    /name = "candle-transformers"\nversion = "(.*)"/.exec(
      readFileSync(join(candleCrate, 'Cargo.lock'), 'utf8'),
    ) ?? [];
  return {
    wllama: version('@wllama/wllama'),
    'transformers.js': version('@huggingface/transformers'),
    'onnxruntime-web': version('onnxruntime-web'),
    candle: candleVersion,
  };
}

/** The paths of our model's shards, as the pages ask for them. */
export function shards(manifest) {
  return manifest.shards.map(({ path }) => `/bioner/models/default/${path}`);
}
