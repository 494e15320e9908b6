// What the packages promise, read from what `npm run extension` makes; no browser needed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, which } from '../../scripts/common.mjs';
import { BROWSERS, makeExtensions } from '../../scripts/extension.mjs';
import { PALETTES } from '../../www/shared/looks.js';

const SITES = ['https://europepmc.org/*', 'https://pubmed.ncbi.nlm.nih.gov/*'];
const PERMISSIONS = {
  chrome: ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'storage'],
  firefox: ['activeTab', 'contextMenus', 'scripting', 'storage'],
};
const dist = mkdtempSync(join(tmpdir(), 'bioner-dist-'));
before(() => makeExtensions({ dist }));
after(() => rmSync(dist, { recursive: true }));

const read = (browser, path) => readFileSync(join(dist, browser, path), 'utf8');
const manifest = (browser) => JSON.parse(read(browser, 'manifest.json'));
const ours = (browser, ending) =>
  readdirSync(join(dist, browser), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(ending));

for (const browser of BROWSERS) {
  test(`${browser}: only the two sites, only these permissions`, () => {
    const {
      permissions,
      host_permissions,
      content_scripts,
      optional_permissions,
      optional_host_permissions,
      ...rest
    } = manifest(browser);
    assert.deepEqual(permissions.toSorted(), PERMISSIONS[browser]);
    assert.deepEqual(host_permissions.toSorted(), SITES);
    assert.deepEqual(content_scripts.flatMap(({ matches }) => matches).toSorted(), SITES);
    assert.equal(optional_permissions ?? optional_host_permissions, undefined);
    assert.equal(rest.manifest_version, 3);
    assert.equal(
      rest.web_accessible_resources,
      undefined,
      'no page can read the extension, or notice it',
    );
    assert.equal(rest.externally_connectable, undefined);
    assert.equal(rest.update_url, undefined);
    assert.equal(
      rest.version,
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    );
  });

  test(`${browser}: its pages can reach nothing but the package, and run nothing else`, () => {
    const policy = manifest(browser).content_security_policy.extension_pages;
    const directives = Object.fromEntries(
      policy.split(';').map((one) => one.trim().split(/\s+(.*)/s)),
    );
    assert.equal(directives['default-src'], "'none'");
    assert.equal(directives['connect-src'], "'self'");
    assert.equal(directives['script-src'], "'self' 'wasm-unsafe-eval'");
    assert.equal(directives['worker-src'], "'self'");
    assert.ok(!/https?:|data:|blob:|\*|unsafe-inline|'unsafe-eval'/.test(policy));
  });

  test(`${browser}: every file that is named is there`, () => {
    const { background, icons, action, options_ui, content_scripts } = manifest(browser);
    const named = [
      background.service_worker,
      ...(background.scripts ?? []),
      ...Object.values(icons),
      ...Object.values(action.default_icon),
      options_ui.page,
      ...content_scripts.flatMap(({ js }) => js),
    ].filter(Boolean);
    for (const path of named) assert.ok(existsSync(join(dist, browser, path)), path);
    for (const script of ours(browser, '.js')) {
      for (const [, path] of read(browser, script).matchAll(/^import .*?'(\.[^']+)';$/gm)) {
        assert.ok(existsSync(join(dist, browser, script, '..', path)), `${script} imports ${path}`);
      }
    }
    for (const page of ours(browser, '.html')) {
      for (const [, path] of read(browser, page).matchAll(/(?:src|href)="([^"]+)"/g)) {
        assert.ok(existsSync(join(dist, browser, page, '..', path)), `${page} names ${path}`);
      }
      assert.doesNotMatch(
        read(browser, page),
        /<script(?![^>]*src=)|\son\w+=/,
        'no script in the page itself',
      );
    }
  });

  test(`${browser}: no code of ours asks a server, or makes code of text`, () => {
    for (const script of [...ours(browser, '.js')].filter(
      (name) => name.startsWith('extension') || name === 'content.js',
    )) {
      const code = read(browser, script).replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
      assert.doesNotMatch(
        code,
        /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\beval\(|new Function|https?:\/\/(?!www\.w3\.org\/2000\/svg)/,
        script,
      );
      assert.doesNotMatch(
        code,
        /innerHTML|insertAdjacentHTML|document\.write/,
        `${script}: text of a page never becomes markup`,
      );
    }
  });

  test(`${browser}: nothing in the package comes from elsewhere, or could`, () => {
    const scripts = ours(browser, '.js');
    const code = (name) => read(browser, name).replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
    assert.ok(scripts.length > 20 && scripts.some((name) => name.startsWith('pkg')));
    for (const name of scripts) {
      assert.doesNotMatch(
        code(name),
        /\beval\(|new Function\b|importScripts\(|\bimport\((?!'\.|'node:)|createElement\('script'\)|executeScript\((?![^)]*files)/,
        name,
      );
      const specifiers = code(name).matchAll(/^(?:import|export) [^;]*?from '([^']+)'/gm);
      for (const [, from] of specifiers) assert.match(from, /^\.{1,2}\//, `${name}: ${from}`);
      // A namespace, and a key of the cache that no host can have.
      const known = /^https?:\/\/(www\.w3\.org\/|weights\.invalid\/)/;
      const foreign = code(name).match(/\b(?:https?|wss?):\/\/[^'"`\s]+/g) ?? [];
      assert.deepEqual(
        foreign.filter((address) => !known.test(address)),
        [],
        name,
      );
    }
    for (const name of [...ours(browser, '.html'), ...ours(browser, '.css')])
      assert.doesNotMatch(read(browser, name), /https?:\/\/|\burl\(/, name);
    const runs = /\.(js|wasm)$/;
    const others = readdirSync(join(dist, browser), { recursive: true })
      .map(String)
      .filter(
        (name) => /\.(mjs|cjs|jsx?|tsx?|wasm|exe|sh|py|so|dll)$/.test(name) && !runs.test(name),
      );
    assert.deepEqual(others, []);
  });

  test(`${browser}: the archive holds the same files`, (t) => {
    const archive = join(
      dist,
      readdirSync(dist).find(
        (name) => name.startsWith(`bioner-${browser}-`) && name.endsWith('.zip'),
      ),
    );
    // What addons.mozilla.org takes at most; the Chrome Web Store takes ten times that.
    assert.ok(statSync(archive).size < 200e6);
    if (!which('unzip')) return t.skip('no unzip here');
    const { status, stdout } = spawnSync('unzip', ['-tq', archive], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
    const listed = spawnSync('unzip', ['-Z1', archive], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    const files = readdirSync(join(dist, browser), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    assert.equal(listed.length, files.length);
    assert.ok(listed.includes('manifest.json') && listed.includes('models/default/shard-000.bin'));
  });
}

test('firefox: a background page instead of a service worker, an id, no data collected', () => {
  const { background, browser_specific_settings, minimum_chrome_version } = manifest('firefox');
  assert.equal(background.service_worker, undefined);
  assert.ok(
    background.scripts.includes('extension/model/host.js'),
    'which is the home of the model, too',
  );
  assert.equal(background.type, 'module');
  const { id, strict_min_version, data_collection_permissions } = browser_specific_settings.gecko;
  assert.match(id, /^[\w.-]+@[\w.-]+$/);
  assert.ok(
    Number.parseInt(strict_min_version, 10) >= 142,
    'the first in which all keys of the manifest are known; the Custom Highlight API is older',
  );
  assert.deepEqual(data_collection_permissions, { required: ['none'] });
  assert.equal(minimum_chrome_version, undefined);
});

test('each browser gets what it runs, and each script that one of them runs is in a package', () => {
  for (const [browser, only] of Object.entries({
    chrome: ['chrome.js', 'offscreen.js'],
    firefox: ['firefox.js'],
  })) {
    const there = readdirSync(join(dist, browser, 'extension/background')).sort();
    assert.deepEqual(there, [...only, 'main.js', 'tab-messages.js'].sort());
    assert.doesNotMatch(
      read(browser, 'www/worker/module.js'),
      /\bimport\(/,
      'the module comes from the package, by name: no code from an address made at run time',
    );
  }
});

test('every permission is justified in the README, and no other', () => {
  const readme = readFileSync(join(root, 'extension/README.md'), 'utf8');
  const table = readme.slice(
    readme.indexOf('## What each permission is for'),
    readme.indexOf('## How it is made'),
  );
  const told = [...table.matchAll(/^\| (.*?) \|/gm)]
    .flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)])
    .map(([, name]) => name);
  const asked = [
    ...PERMISSIONS.chrome,
    ...SITES.map((match) => new URL(match.replace('*', '')).host),
    'wasm-unsafe-eval',
  ];
  assert.deepEqual(told.toSorted(), asked.toSorted());
});

test('every word is there in English and French, and every one is used', () => {
  const [en, fr] = ['en', 'fr'].map((language) =>
    JSON.parse(read('chrome', `_locales/${language}/messages.json`)),
  );
  assert.deepEqual(Object.keys(fr), Object.keys(en));
  for (const [key, { message, placeholders }] of Object.entries(en)) {
    assert.deepEqual(fr[key].placeholders, placeholders, key);
    const names = (text) => [...text.matchAll(/\$(\w+)\$/g)].map(([, name]) => name).sort();
    for (const language of [en, fr]) {
      assert.ok(language[key].message.trim(), key);
      for (const name of names(language[key].message))
        assert.ok(placeholders?.[name.toLowerCase()], `${key}: ${name}`);
    }
    assert.ok(key === 'language' || message.length < 2 || fr[key].message !== '', key);
  }
  assert.ok(en.name.message.length <= 75 && fr.name.message.length <= 75);
  assert.ok(
    en.description.message.length <= 132 && fr.description.message.length <= 132,
    'what the stores take',
  );

  const code = ['.js', '.html', '.json']
    .flatMap((ending) => ours('chrome', ending))
    .filter((name) => /^(extension|content\.js|manifest\.json)/.test(name))
    .map((name) => read('chrome', name))
    .join('\n');
  const asked = new Set([
    ...Array.from(code.matchAll(/\bword\(\s*'(\w+)'/g), ([, key]) => key),
    ...Array.from(code.matchAll(/\bword\(\w+ \? '(\w+)' : '(\w+)'/g), ([, one, other]) => [
      one,
      other,
    ]).flat(),
    ...Array.from(code.matchAll(/\bcounted\(\s*'(\w+)'/g), ([, key]) => [
      `${key}_one`,
      `${key}_other`,
    ]).flat(),
    ...Array.from(
      code.matchAll(/data-word="(\w+)"|__MSG_(\w+)__/g),
      ([, one, other]) => one ?? other,
    ),
  ]);
  for (const key of asked) assert.ok(en[key], `${key} has no words`);
  for (const key of Object.keys(en)) {
    assert.ok(asked.has(key) || /^(type|preset|error)_/.test(key), `${key} is not used`);
  }
});

test('colours stand out from white and from dark paper alike', () => {
  const luminance = (colour) => {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
    const [r, g, b] = parts.map((part) =>
      part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  for (const colour of Object.values(PALETTES).flat()) {
    for (const paper of ['#ffffff', '#181e23']) {
      assert.ok(contrast(luminance(colour), luminance(paper)) >= 3, `${colour} on ${paper}`);
    }
  }
});
