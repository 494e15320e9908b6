// The interface's words: complete in every language, none in the pages themselves, none left over. That no
// script has words of its own is a rule of the linter: scripts/lint/interface-words.grit.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/common.mjs';

globalThis.navigator ??= { languages: ['en'] };
globalThis.localStorage ??= { getItem: () => null, setItem() {} };
const { setLanguage } = await import('../../www/language.js');
const words = await import('../../www/text.js');
const { privacyTexts } = await import('../../www/text/privacy.js');
const { documentWords } = await import('../../www/text/documents.js');
const { attributeTexts } = await import('../../www/text/attributes.js');
const { reviewWords } = await import('../../www/text/review.js');
const www = join(root, 'www');

/** Every text by its key, with dots between the parts. */
function flat(value, key = '', found = {}) {
  if (value && typeof value === 'object')
    for (const part of Object.keys(value)) flat(value[part], key ? `${key}.${part}` : part, found);
  else found[key] = value;
  return found;
}

const spoken = (language) => {
  setLanguage(language);
  return {
    ...flat({ ...words.text, proof: privacyTexts(), attributeTexts: attributeTexts() }),
    ...flat(reviewWords(), 'queue'),
    ...flat(documentWords(), 'list'),
  };
};
const [en, fr] = [spoken('en'), spoken('fr')];

test('both languages have the same texts, of the same kind, and none is empty', () => {
  assert.deepEqual(Object.keys(fr).sort(), Object.keys(en).sort());
  for (const [key, value] of Object.entries(en)) {
    assert.equal(typeof fr[key], typeof value, key);
    if (typeof value === 'string') assert.ok(value.trim() && fr[key].trim(), key);
    else assert.equal(fr[key].length, value.length, `${key} takes as many values`);
  }
});

test('what is said with numbers and names says them, in both', () => {
  const values = [3, 7, 2, 5, 4];
  for (const [key, value] of Object.entries(en)) {
    if (typeof value !== 'function' || /groupForms|errors\.types/.test(key)) continue;
    for (const [language, text] of [
      ['en', value],
      ['fr', fr[key]],
    ]) {
      setLanguage(language);
      const said = String(text(...values.slice(0, value.length)));
      assert.ok(said.trim() && !/undefined|NaN|\[object/.test(said), `${language} ${key}: ${said}`);
    }
  }
});

test('why types cannot be asked for is said, with the name and the limit, in both', () => {
  for (const reason of ['none', 'too-many', 'empty', 'too-long', 'characters', 'repeated']) {
    const [english, french] = [en, fr].map((texts) =>
      texts['errors.types']({ reason, name: 'A|B', limit: 40 }),
    );
    assert.ok(english && french && english !== french, reason);
    for (const said of [english, french]) {
      assert.equal(said.includes('A|B'), /^(too-long|characters|repeated)$/.test(reason), said);
      assert.equal(said.includes('40'), reason.startsWith('too-'), said);
    }
  }
});

test('hardly a text is the same in both: nothing was forgotten', () => {
  const same = Object.keys(en).filter((key) => typeof en[key] === 'string' && en[key] === fr[key]);
  const international =
    /^(exportNames|reviewStrict$|reviewColumns|runTitle|columns\.|groupColumns|documentColumns|documentsTitle|editType|modelFacts\.architecture|queue\.tallyColumns\.group|attributeTexts\.(?:statuses|statusWords|statusOf|sectionNames)\.)/;
  assert.deepEqual(
    same.filter((key) => !international.test(key)),
    [],
  );
});

test('numbers follow the language', () => {
  setLanguage('fr');
  assert.match(words.text.status.ready(), /^Prêt/);
  assert.match(words.text.tip('Disease', 0.5), /0,50$/);
  assert.match(words.text.size(12345, 1), /^12.345 caractères, 1 mot$/u);
  setLanguage('en');
  assert.equal(words.text.size(12345, 1), '12,345 characters, 1 word');
});

const pages = ['index.html', 'privacy.html'];
const scripts = readdirSync(www, { recursive: true })
  .map(String)
  .filter(
    (name) =>
      name.endsWith('.js') &&
      !/^(theme|service-worker)\.js$|^(text|client|worker|element|shared)([./]|$)/.test(name),
  );

test('every text that the pages name is there, and every one that is there is used', () => {
  const sources = [...pages, ...scripts]
    .map((name) => readFileSync(join(www, name), 'utf8'))
    .join('\n')
    .replaceAll('proof().', 'proof.');
  for (const page of pages) {
    const html = readFileSync(join(www, page), 'utf8');
    for (const [, key] of html.matchAll(/data-(?:text|label|hint|placeholder)="([^"]+)"/g)) {
      assert.equal(typeof en[key], 'string', `${page}: ${key}`);
    }
  }
  const unused = Object.keys(en).filter((key) => {
    // The parts up to where a text is looked up by a value.
    const parts = key.replace(/^(queue|list|attributeTexts)\./, '').split('.');
    const named = /^(status|errors|warnings|proof|said)$/.test(parts[0])
      ? `${parts[0]}\\.${parts[1]}`
      : parts[0];
    return !new RegExp(`\\b${named}\\b`).test(sources.replaceAll(/\['([\w-]+)'\]/g, '.$1'));
  });
  assert.deepEqual(unused, []);
});

test('the pages themselves have no words', () => {
  for (const page of pages) {
    const html = readFileSync(join(www, page), 'utf8')
      .replace(/<!--[\s\S]*?-->|<(script|style|noscript|title|pre|svg)\b[\s\S]*?<\/\1>/g, '')
      .replace(/<div class="unserved">[\s\S]*?<\/div>/, '') // where no script runs, nothing can put words in place
      .replace(/<[^>]+>/g, ' ');
    assert.deepEqual(
      html.split(/\s+/).filter((word) => word && word !== 'bioner'),
      [],
      page,
    );
    const attributes = [
      ...readFileSync(join(www, page), 'utf8').matchAll(
        /(?<!data-)\b(?:title|placeholder|aria-label|alt)="([^"]+)"/g,
      ),
    ];
    assert.deepEqual(
      attributes.map(([all]) => all),
      [],
      page,
    );
  }
});
