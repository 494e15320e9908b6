// The Firefox package under the checks of addons.mozilla.org: no error, and no warning.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import linter from 'addons-linter';
import { makeExtensions } from '../../scripts/extension.mjs';

const dist = mkdtempSync(join(tmpdir(), 'bioner-lint-'));
after(() => rmSync(dist, { recursive: true }));

test('addons-linter finds nothing', async () => {
  makeExtensions({ dist, browsers: ['firefox'], zipped: false });
  const { errors, warnings, metadata } = await linter
    .createInstance({ config: { _: [join(dist, 'firefox')], logLevel: 'fatal', output: 'none' } })
    .run();
  assert.equal(metadata.name, '__MSG_name__', 'the package was read');
  const told = [...errors, ...warnings].map(
    ({ code, message, file, line }) => `${code}: ${message} (${file}:${line})`,
  );
  assert.deepEqual(told, []);
});
