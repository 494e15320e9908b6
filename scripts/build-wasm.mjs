// Builds the browser's module into pkg/ (or the folder given): src/ -> wasm32 -> JavaScript bindings.
// The same sources and toolchain give the same bytes wherever the checkout lies; pkg/sources.json
// says which sources and toolchain those were, and scripts/check-pkg.mjs checks it.
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem, bindgen, cargoHome, main, root, run } from './common.mjs';
import { hashes, sources } from './sources.mjs';
import { wasmToolchain } from './toolchain.mjs';

const targetDir = join(root, 'target-wasm');

/** The compiler's flags: SIMD, and no path of this machine in the file (panics carry source paths). */
function rustflags(sysroot) {
  const registry = join(cargoHome, 'registry', 'src');
  const std = join(sysroot, 'lib/rustlib/src/rust');
  const remaps = [
    [root, '/bioner'],
    [std, '/rust'],
  ];
  try {
    remaps.push([realpathSync(std), '/rust']);
  } catch {
    // A prebuilt std comes without its source; its paths are neutral already.
  }
  for (const index of readdirSync(registry)) remaps.push([join(registry, index), '/crates']);
  return [
    '-C',
    'target-feature=+simd128',
    ...remaps.map(([from, to]) => `--remap-path-prefix=${from}=${to}`),
  ];
}

/** Refuses a module that says where it was built. */
function checkNeutral(file) {
  const bytes = readFileSync(file);
  for (const path of [root, cargoHome, homedir()]) {
    if (path.length > 1 && bytes.includes(`${path}/`)) throw new Problem(`${file} contains the path ${path}`);
  }
}

function build(folder) {
  const toolchain = wasmToolchain();
  if (!toolchain) throw new Problem('no Rust toolchain for wasm32 here: npm run setup');
  if (!existsSync(bindgen)) throw new Problem('the bindings generator is not built: npm run setup');
  const environment = { ...process.env, ...toolchain.environment };
  // Flags of the machine's own would change the bytes.
  for (const name of ['RUSTFLAGS', 'CARGO_BUILD_TARGET', 'CARGO_TARGET_DIR']) delete environment[name];
  // Fetched first: the flags name the folders that the crates are unpacked to.
  run(toolchain.cargo, ['fetch', '--locked', ...toolchain.arguments], { env: environment });
  environment.CARGO_ENCODED_RUSTFLAGS = rustflags(toolchain.sysroot).join('\x1f');
  run(
    toolchain.cargo,
    [
      'rustc',
      '--locked',
      '--lib',
      '--crate-type',
      'cdylib',
      '--profile',
      'wasm',
      '--target-dir',
      targetDir,
      ...toolchain.arguments,
    ],
    { env: environment },
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(bindgen, [join(targetDir, 'wasm32-unknown-unknown/wasm/bioner.wasm'), folder, 'bioner']);
  const files = readdirSync(folder).sort();
  for (const file of files) checkNeutral(join(folder, file));
  const record = {
    toolchain: toolchain.identity,
    sources: hashes(root, sources()),
    files: hashes(folder, files),
  };
  writeFileSync(join(folder, 'sources.json'), JSON.stringify(record, null, 2) + '\n');
  const size = readFileSync(join(folder, 'bioner_bg.wasm')).length;
  console.log(`${folder}: bioner_bg.wasm has ${(size / 1e6).toFixed(2)} MB`);
}

await main(() => build(resolve(process.argv[2] ?? join(root, 'pkg'))));
