// Which addresses are written in what runs in a browser, and which files ask for anything: read from the sources. What a
// browser does with them is tested in tests/browser/privacy.test.mjs; this also sees what no policy can forbid.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/common.mjs';

/** Every foreign address, with what it is there for. */
const ADDRESSES = {
  'http://www.w3.org': 'the name of a namespace, which is never asked for',
  'http://localhost:8080': 'how to serve the page, for who opens it as a file',
  'https://weights.invalid': 'a key of the cache; no such host can exist',
  'https://example.com': 'where privacy.html tries to send something, to show that it is refused',
  'https://meshb.nlm.nih.gov': 'a link that the reader may follow',
  'https://go.drugbank.com': 'a link that the reader may follow',
  'https://hpo.jax.org': 'a link that the reader may follow',
  'https://www.ncbi.nlm.nih.gov': 'a link that the reader may follow',
  'https://pubmed.ncbi.nlm.nih.gov': 'where the extension runs',
  'https://europepmc.org': 'where the extension runs',
};

/** The files that ask for others, all of which are the page's own. */
const ASKING = [
  'pkg/bioner.js', // the module beside it
  'pkg/bioner_attributes.js',
  'pkg/bioner_documents.js',
  'www/page/input/examples.js', // the examples
  'www/privacy/network-events.js', // the attempt that is refused
  'www/service-worker.js', // the page
  'www/worker/download.js', // the weights and the vocabulary
];

const SHOWN = /\.(js|html|css|json|webmanifest|svg)$/;
const files = ['www', 'extension', 'pkg'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter((name) => SHOWN.test(name) && name !== 'pkg/sources.json' && !/tsconfig/.test(name)),
);

/** A file without the lines that are comments. */
const code = (name) =>
  readFileSync(join(root, name), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');

test('no address but these, and each of these is somewhere', () => {
  assert.ok(files.length > 100);
  const found = new Set();
  for (const name of files) {
    for (const [address] of code(name).matchAll(/\b(?:https?|wss?|ftp):\/\/[\w.-]+(?::\d+)?/g)) {
      const origin = address.replace(/\.$/, '');
      assert.ok(origin in ADDRESSES, `${name}: ${origin}`);
      found.add(origin);
    }
  }
  assert.deepEqual([...found].sort(), Object.keys(ADDRESSES).sort());
});

test('only these files ask for anything, and none in a way that a policy does not see', () => {
  const asking = files.filter((name) => /\bfetch\(/.test(code(name)));
  assert.deepEqual(asking.sort(), ASKING);
  const others =
    /XMLHttpRequest|\bWebSocket\b|EventSource|sendBeacon|RTCPeerConnection|WebTransport|\bimportScripts\(\s*(?!'\.\/)/;
  for (const name of files.filter((one) => one.endsWith('.js') && !/\/text\//.test(one)))
    assert.doesNotMatch(code(name), others, name);
});

test('no text is run as code, and none becomes markup', () => {
  for (const name of files.filter((one) => one.endsWith('.js') && !one.startsWith('pkg/')))
    assert.doesNotMatch(
      code(name),
      /\beval\(|new Function\b|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\bsetTimeout\(\s*['"`]/,
      name,
    );
});
