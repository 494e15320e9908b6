// A commit's files, beside this checkout: page, module, weights and sources as they were.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, output, run } from '../../scripts/common.mjs';
import { cache } from '../browser/prepare.mjs';

/**
 * Writes the commit's files to a folder under `target/bench`, once.
 *
 * @param {string} name  What git takes for a commit.
 * @returns {{ hash: string, folder: string }}
 */
export function checkout(name) {
  const hash = output('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  if (!hash) {
    throw new Problem(
      `--against: this clone has no commit ${name}; a shallow clone gets it with: git fetch --depth 1 origin ${name}`,
    );
  }
  const folder = join(cache, 'commits', hash);
  if (!existsSync(folder)) {
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const archive = join(part, 'files.tar');
    run('git', ['archive', '--output', archive, hash]);
    const { status } = spawnSync('tar', ['-xf', archive, '-C', part], { stdio: ['ignore', 2, 2] });
    if (status !== 0)
      throw new Problem('the archive of the commit could not be unpacked: is tar there?');
    rmSync(archive);
    renameSync(part, folder);
  }
  return { hash, folder };
}

/** The command line, built from the sources in `folder`. Returns its path. */
export function build(folder) {
  const target = join(folder, 'target');
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  run('cargo', ['build', '--release', '--locked', '--bin', 'bioner'], {
    cwd: folder,
    env,
    stdio: ['ignore', 2, 2],
  });
  return join(target, 'release', 'bioner');
}

/** What the project's server needs to serve the files in `folder`. */
export const folders = (folder) => ({
  '/pkg/': join(folder, 'pkg'),
  '/models/': join(folder, 'models'),
  '/': join(folder, 'www'),
});

/** Where the weights of the files in `folder` are. */
export const model = (folder) => join(folder, 'models', 'default');
