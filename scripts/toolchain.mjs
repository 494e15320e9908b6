// Finds the Rust toolchains that build for other machines than this: for wasm32, and for Arm.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, root, which } from './common.mjs';

const TARGET = 'wasm32-unknown-unknown';

/** Arm with a C library that Rust brings along, so that Rust's own linker is enough. */
export const ARM = 'aarch64-unknown-linux-musl';

/**
 * Whether `rustc --version`'s `text` is at least Cargo.toml's rust-version.
 *
 * @param {string | undefined} text
 */
export function recentRust(text) {
  /** @param {string} version */
  const parts = (version) => version.split('.').map(Number);
  const [, wanted] =
    /^rust-version = "([\d.]+)"/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8')) ?? [];
  const [, found] = /^rustc (\d+\.\d+)/.exec(text ?? '') ?? [];
  if (!found || !wanted) return false;
  const [[major, minor], [wantedMajor, wantedMinor]] = [parts(found), parts(wanted)];
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** Whether there is a Rust as recent as Cargo.toml asks, with rustfmt and Clippy. */
export const hasRust = () =>
  recentRust(output('rustc', ['--version'])) &&
  output('cargo', ['fmt', '--version']) !== undefined &&
  output('cargo', ['clippy', '--version']) !== undefined;

/** Whether programs for this machine and the Python package can be compiled. */
export const canCompile = () => hasRust() && [which('cc'), which('python3')].every(Boolean);

/**
 * Where the standard library for a target lies, if it is there.
 *
 * @param {string} target
 */
function library(target) {
  const folder = output('rustc', ['--print', 'target-libdir', '--target', target]);
  return folder && existsSync(folder) ? folder : undefined;
}

/** Whether programs for Arm can be built here, and run by an emulator. */
export const canBuildForArm = () => library(ARM) !== undefined;
export const emulator = () => which('qemu-aarch64', 'qemu-aarch64-static');

/**
 * The Rust toolchain that builds for wasm32: the active one when it has the target, else Debian's
 * `rustc-web`, which brings the standard library as source only. Undefined when there is neither.
 * `arguments` go to cargo, `environment` beside the current one; `identity` names all that decides
 * the bytes that come out, apart from the sources.
 *
 * @returns {{ cargo: string, sysroot: string, arguments: string[], environment: Record<string, string>, identity: string } | undefined}
 */
export function wasmToolchain() {
  const active = output('rustc', ['--version']);
  const activeRoot = output('rustc', ['--print', 'sysroot']);
  if (recentRust(active) && activeRoot && library(TARGET)) {
    return {
      cargo: 'cargo',
      sysroot: activeRoot,
      arguments: ['--target', TARGET],
      environment: {},
      identity: `${active}, ${host('rustc')}, prebuilt std`,
    };
  }
  const [rustc, cargo] = ['/usr/bin/rustc', '/usr/bin/cargo'];
  const debian = existsSync(rustc) ? output(rustc, ['--version']) : undefined;
  const linker = which('wasm-ld-19', 'wasm-ld');
  if (!recentRust(debian) || !existsSync(cargo) || !linker) return undefined;
  const sysroot = output(rustc, ['--print', 'sysroot']);
  if (!sysroot || !existsSync(join(sysroot, 'lib/rustlib/src/rust/library/Cargo.lock')))
    return undefined;
  return {
    cargo,
    sysroot,
    arguments: ['--target', TARGET, '-Z', 'build-std=std,panic_abort'],
    environment: {
      RUSTC: rustc,
      // A distribution's compiler is a stable one; building std with it is an unstable option.
      RUSTC_BOOTSTRAP: '1',
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker,
    },
    identity: `${debian}, ${host(rustc)}, std from source, ${output(linker, ['--version'])}`,
  };
}

/**
 * The machine that a compiler runs on.
 *
 * @param {string} rustc
 */
const host = (rustc) => /^host: (.*)$/m.exec(output(rustc, ['-vV']) ?? '')?.[1];
