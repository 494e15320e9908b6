// What other servers are told to send is what ours sends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { CONFIGURATIONS, headers, hostingPage } from '../../scripts/hosting.mjs';
import { createServer, listen } from '../../scripts/serve.mjs';

/** What every server sends of itself, or that is about the one file. */
const ITS_OWN = ['accept-ranges', 'connection', 'date', 'etag', 'keep-alive'];

let server, url;
before(async () => {
  server = await createServer();
  url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}/`;
});
after(() => server.close());

test('they are the headers of npm start, all of them', async () => {
  const { headers: got } = await fetch(url);
  const sent = [...got].filter(
    ([name]) => !ITS_OWN.includes(name) && !name.startsWith('content-l'),
  );
  const told = [...(await headers()), ['content-type', 'text/html; charset=utf-8']];
  assert.deepEqual(Object.fromEntries(sent), Object.fromEntries(told));
});

test('each configuration has each header, word for word', async () => {
  const told = await headers();
  assert.ok(told.length >= 7);
  const line = {
    _headers: /^ {2}([\w-]+): (.+)$/gm,
    nginx: /^ {2}add_header ([\w-]+) "([^"]+)" always;$/gm,
    apache: /^Header always set ([\w-]+) "([^"]+)"$/gm,
    caddy: /^ {4}([\w-]+) "([^"]+)"$/gm,
  };
  assert.deepEqual(Object.keys(line), Object.keys(CONFIGURATIONS));
  for (const [name, write] of Object.entries(CONFIGURATIONS)) {
    const found = Array.from(write(told).matchAll(line[name]), ([, key, value]) => [key, value]);
    assert.deepEqual(found, told, name);
  }
});

test('docs/hosting.md is what scripts/hosting.mjs writes', async () => {
  const page = readFileSync(join(root, 'docs/hosting.md'), 'utf8');
  assert.equal(page, hostingPage(await headers()));
});
