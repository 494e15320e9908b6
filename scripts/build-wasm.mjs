// Builds the browser's module into pkg/ (or the folder given): src/ -> wasm32 -> JavaScript bindings.
// Twice: bioner_bg.wasm for any browser with SIMD, bioner_relaxed_bg.wasm for those with relaxed SIMD
// too. Both have the same bindings; whoever loads them chooses.
// And two small modules without the model: documents/ -> bioner_documents_bg.wasm, which reads and writes
// files, and attributes/ -> bioner_attributes_bg.wasm, which gives entities their optional fields.
// With `--names` functions keep their names, for a profile.
// The same sources and toolchain give the same bytes wherever the checkout lies; pkg/sources.json
// says which sources and toolchain those were, and scripts/check-pkg.mjs checks it.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem, bindgen, cargoHome, main, root, run } from './common.mjs';
import { hashes, sources } from './sources.mjs';
import { wasmToolchain } from './toolchain.mjs';

const targetDir = join(root, 'target-wasm');

/**
 * The compiler's flags: no path of this machine in the file (panics carry source paths), and `more`.
 *
 * @param {string} sysroot
 * @param {string[]} more
 */
function rustflags(sysroot, more) {
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
  return [...more, ...remaps.map(([from, to]) => `--remap-path-prefix=${from}=${to}`)].join('\x1f');
}

const MODEL_FLAGS = [
  '-C',
  'target-feature=+simd128',
  // It computes addresses in registers of their own, which a browser's compiler then cannot fold into its
  // loads: products are 4 to 8% faster without.
  '-C',
  'llvm-args=-disable-lsr',
];

// The kernels alone are compiled with relaxed SIMD: nothing else has a use for it.
const RELAXED = ['--features', 'bioner-kernels/relaxed-simd'];

/** The crates of the small modules, with the names of their modules. */
const SMALL = { 'bioner-documents': 'bioner_documents', 'bioner-attributes': 'bioner_attributes' };

/**
 * Refuses a module that says where it was built.
 *
 * @param {string} file
 */
function checkNeutral(file) {
  const bytes = readFileSync(file);
  for (const path of [root, cargoHome, homedir()]) {
    if (path.length > 1 && bytes.includes(`${path}/`))
      throw new Problem(`${file} contains the path ${path}`);
  }
}

/**
 * Writes the bindings of the module just built into a fresh folder.
 *
 * @param {string} profile
 * @param {string} name
 * @param {string} folder
 * @param {string[]} options
 */
function bind(profile, name, folder, options) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(bindgen, [
    join(targetDir, `wasm32-unknown-unknown/${profile}/${name}.wasm`),
    folder,
    name,
    ...options,
  ]);
}

/**
 * @param {string} folder
 * @param {string[]} options  Of the bindings generator.
 */
function build(folder, options) {
  const toolchain = wasmToolchain();
  if (!toolchain) throw new Problem('no Rust toolchain for wasm32 here: npm run setup');
  if (!existsSync(bindgen)) throw new Problem('the bindings generator is not built: npm run setup');
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, ...toolchain.environment };
  // Flags of the machine's own would change the bytes.
  for (const name of ['RUSTFLAGS', 'CARGO_BUILD_TARGET', 'CARGO_TARGET_DIR'])
    delete environment[name];
  // Fetched first: the flags name the folders that the crates are unpacked to.
  run(toolchain.cargo, ['fetch', '--locked', ...toolchain.arguments], { env: environment });
  /** @param {string} profile */
  const command = (profile) => [
    ...['rustc', '--locked', '--lib', '--crate-type', 'cdylib', '--profile', profile],
    ...['--target-dir', targetDir, ...toolchain.arguments],
  ];
  environment.CARGO_ENCODED_RUSTFLAGS = rustflags(toolchain.sysroot, MODEL_FLAGS);
  rmSync(folder, { recursive: true, force: true });
  const relaxed = join(targetDir, 'relaxed');
  run(toolchain.cargo, [...command('wasm'), ...RELAXED], { env: environment });
  bind('wasm', 'bioner', relaxed, options);
  run(toolchain.cargo, command('wasm'), { env: environment });
  bind('wasm', 'bioner', folder, options);
  /** @param {string} from */
  const script = (from) => readFileSync(join(from, 'bioner.js'), 'utf8');
  if (script(relaxed) !== script(folder))
    throw new Problem('the two modules need different bindings');
  copyFileSync(join(relaxed, 'bioner_bg.wasm'), join(folder, 'bioner_relaxed_bg.wasm'));
  environment.CARGO_ENCODED_RUSTFLAGS = rustflags(toolchain.sysroot, []);
  for (const [crate, name] of Object.entries(SMALL)) {
    const crateOptions = ['--package', crate, '--features', `${crate}/javascript`];
    run(toolchain.cargo, [...command('wasm-small'), ...crateOptions], { env: environment });
    const small = join(targetDir, name);
    bind('wasm-small', name, small, options);
    for (const file of readdirSync(small)) copyFileSync(join(small, file), join(folder, file));
  }
  const files = readdirSync(folder).sort();
  for (const file of files) checkNeutral(join(folder, file));
  const record = {
    toolchain: toolchain.identity,
    sources: hashes(root, sources()),
    files: hashes(folder, files),
  };
  writeFileSync(join(folder, 'sources.json'), JSON.stringify(record, null, 2) + '\n');
  for (const name of files.filter((file) => file.endsWith('.wasm'))) {
    console.log(
      `${folder}: ${name} has ${(readFileSync(join(folder, name)).length / 1e6).toFixed(2)} MB`,
    );
  }
}

await main(() => {
  const options = process.argv.slice(2).filter((option) => option === '--names');
  const [folder] = process.argv.slice(2).filter((option) => option !== '--names');
  if (options.length && !folder)
    throw new Problem('pkg/ is committed without names: give another folder');
  build(resolve(folder ?? join(root, 'pkg')), options);
});
