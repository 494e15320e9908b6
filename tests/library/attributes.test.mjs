// Assertion, sections and identifiers in the browser: the library's `Attributes`, and `Bioner` with it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { root } from '../../scripts/common.mjs';
import { assertEntities, DONE_MS, LOADED_MS, open, openBlank, serve } from '../browser/helper.mjs';

const GOLDEN = readFileSync(join(root, 'tests/golden/attributes.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const NOTE = GOLDEN[0];
const OWN = 'L:1\tmetformin\tDrug\nno tab\nL:2\tzorbulated quux\n';

const site = await serve();
let tab;
before(async () => {
  tab = await openBlank(site.url);
  tab.page.setDefaultTimeout(DONE_MS);
});
afterEach(() => site.mend());
after(async () => {
  assert.deepEqual(tab.trouble, [], 'nothing is asked of others, and no policy is broken');
  await tab.context.close();
});

/** Runs a function in the page with the library, an argument, and what makes a file of base64. */
function inPage(body, argument = null, page = tab.page) {
  return page.evaluate(
    `(async () => {
      const library = { ...(await import('${site.url}client.js')), ...(await import('${site.url}attributes.js')) };
      const fileOf = (base64) => new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
      const caught = ({ name, code, message }) => ({ name, code, message });
      return (${body})(library, ${JSON.stringify(argument)}, { fileOf, caught });
    })()`,
  );
}
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/** Offsets of code points as JavaScript counts. */
function utf16({ text, entities, sections }) {
  const points = [...text];
  const at = (offset) => points.slice(0, offset).join('').length;
  const moved = (one) => ({
    ...one,
    start: at(one.start),
    end: at(one.end),
    ...('body' in one && { body: at(one.body) }),
  });
  return { text, entities: entities.map(moved), sections: sections.map(moved) };
}
const given = ({ entities }) => entities.map(({ start, end, type }) => ({ start, end, type }));

test('the fields are those of the command line', async () => {
  const lines = GOLDEN.map(utf16);
  const found = await inPage(
    async ({ Attributes }, texts) => {
      const attributes = await Attributes.load();
      const options = { assertion: true, sections: true, link: true };
      const all = [];
      for (const { text, entities } of texts)
        all.push(await attributes.annotate(text, entities, options));
      const sources = await attributes.sources();
      attributes.close();
      return { all, sources };
    },
    lines.map((line) => ({ text: line.text, entities: given(line) })),
  );
  for (const [index, { text, ...expected }] of lines.entries()) {
    assert.deepEqual(found.all[index], expected);
    for (const { start, end, heading, body } of expected.sections) {
      assert.ok(text.slice(start, end).startsWith(heading));
      if (body !== undefined) assert.match(text.slice(body, end), /^[^\s:]/);
    }
  }
  const names = found.sources.map(({ name, license, credit, vocabulary }) => {
    assert.ok(license && credit && vocabulary === undefined);
    return name;
  });
  assert.ok(names.includes('MeSH'), `${names}`);
});

test('only what is asked for is given, in place of what was there; all else stays', async () => {
  const { text, entities } = utf16(NOTE);
  const [entity] = entities.filter(({ assertion }) => assertion === 'absent');
  const old = { ...entity, id: 'X:1', assertion: 'possible', origin: 'repeat', note: { own: 1 } };
  const found = await inPage(
    async ({ Attributes }, { text, old }) => {
      const attributes = await Attributes.load();
      const all = {};
      for (const name of ['none', 'assertion', 'sections'])
        all[name] = await attributes.annotate(text, [old], name === 'none' ? {} : { [name]: true });
      all.same = all.none.entities[0] !== old;
      // A name that no vocabulary has loses its identifier.
      all.link = await attributes.annotate('zorbulated', [{ ...old, start: 0, end: 10 }], {
        link: true,
      });
      attributes.close();
      return all;
    },
    { text, old },
  );
  assert.deepEqual(found.none, { entities: [old], sections: [] });
  assert.ok(found.same, 'a copy');
  assert.deepEqual(found.assertion, { entities: [{ ...old, assertion: 'absent' }], sections: [] });
  assert.deepEqual(found.sections.entities, [old]);
  assert.ok(found.sections.sections.length >= 5);
  const { id, candidates, ...rest } = old;
  assert.deepEqual(found.link.entities, [{ ...rest, start: 0, end: 10 }]);
  assert.equal(found.link.sections.length, 0);
});

test('nothing is fetched before it is used, and the vocabulary once', async () => {
  const { page, context, trouble } = await openBlank(site.url);
  site.requests.length = 0;
  const asked = () => site.requests.splice(0).filter((url) => /attributes|vocab/.test(url));
  await inPage(async ({ Bioner }) => typeof Bioner, null, page);
  assert.deepEqual(asked(), ['/attributes.js', '/attributes/link.js'], 'imported by this test');
  const progress = await inPage(
    async ({ Attributes }) => {
      const progress = [];
      const attributes = await Attributes.load({ onProgress: (state) => progress.push(state) });
      await attributes.annotate('No fever.', [{ start: 3, end: 8 }], { assertion: true });
      window.before = progress.length;
      window.attributes = attributes;
      const both = await Promise.all(
        ['a', 'b'].map(() =>
          attributes.annotate('fever', [{ start: 0, end: 5, type: 'Symptom' }], { link: true }),
        ),
      );
      return { before: window.before, progress, ids: both.map(({ entities }) => entities[0].id) };
    },
    null,
    page,
  );
  const files = asked();
  assert.ok(files.includes('/pkg/bioner_attributes_bg.wasm'));
  assert.equal(files.filter((url) => url.includes('builtin')).length, 1, `${files}`);
  assert.equal(progress.before, 0);
  assert.deepEqual(progress.ids, ['HP:0001945', 'HP:0001945']);
  const last = progress.progress.at(-1);
  assert.ok(last.loaded === last.total && last.total > 3e6 && last.cached === 0, `${last}`);
  // Another time it is taken from where it is kept.
  const cached = await inPage(
    async ({ Attributes }) => {
      window.attributes.close();
      const progress = [];
      const attributes = await Attributes.load({ onProgress: (state) => progress.push(state) });
      await attributes.annotate('fever', [], { link: true });
      attributes.close();
      return progress.at(-1);
    },
    null,
    page,
  );
  assert.equal(cached.cached, cached.total);
  assert.ok(!asked().some((url) => url.includes('builtin')));
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a vocabulary of one’s own is asked first, and what is wrong with it is told', async () => {
  const text = 'Metformin for zorbulated quux.';
  const found = await inPage(
    async ({ Attributes }, { text, files }, { fileOf }) => {
      const entities = [
        { start: 0, end: 9, type: 'Chemical' },
        { start: 14, end: 29, type: 'Disease' },
      ];
      const attributes = await Attributes.load();
      const ids = async () =>
        (await attributes.annotate(text, entities, { link: true })).entities.map(({ id }) => id);
      const all = [];
      for (const file of files) {
        const progress = [];
        const added = await attributes.addVocabulary(fileOf(file), 'mine', {
          onProgress: (state) => progress.push(state),
        });
        all.push({ added, progress, ids: await ids() });
      }
      const removed = [
        await attributes.removeVocabulary('mine'),
        await attributes.removeVocabulary('mine'),
      ];
      const after = await ids();
      attributes.close();
      return { all, removed, after };
    },
    { text, files: [base64(OWN), base64(gzipSync(OWN))] },
  );
  for (const { added, progress, ids } of found.all) {
    const { problems, ...counts } = added;
    assert.deepEqual(counts, { name: 'mine', concepts: 2, names: 2, problemCount: 1 });
    assert.deepEqual(
      problems.map(({ line, code }) => [line, code]),
      [[2, 'columns']],
    );
    assert.deepEqual(ids, ['L:1', 'L:2']);
    assert.equal(progress.at(-1).loaded, progress.at(-1).total);
  }
  assert.deepEqual(found.removed, [true, false]);
  assert.deepEqual(found.after, ['DRUGBANK:DB00331', undefined]);
});

test('half a file: the whole lines are used, and a file without a concept is refused', async () => {
  const many = Array.from({ length: 50_000 }, (_, n) => `L:${n}\tname ${n * 7919}`).join('\n');
  const whole = gzipSync(many);
  const vocabulary = readFileSync(join(root, 'vocabulary/builtin.vocab.gz'));
  const found = await inPage(
    async ({ Attributes }, { half, bad }, { fileOf, caught }) => {
      const attributes = await Attributes.load({ vocabulary: null });
      const added = await attributes.addVocabulary(fileOf(half), 'half');
      const refused = [];
      for (const file of bad)
        refused.push(await attributes.addVocabulary(fileOf(file), 'bad').catch(caught));
      const { entities } = await attributes.annotate(
        'name 0',
        [{ start: 0, end: 6, type: 'Disease' }],
        { link: true },
      );
      attributes.close();
      return { added, refused, entities };
    },
    {
      half: base64(whole.subarray(0, whole.length / 2)),
      bad: ['', 'no tab', 'PK\x03\x04\0\0', vocabulary.subarray(0, 100_000)].map(base64),
    },
  );
  assert.ok(found.added.concepts > 1000 && found.added.concepts < 49_000);
  assert.equal(found.added.problems.at(-1).code, 'io');
  assert.equal(found.added.problems.at(-1).line, found.added.concepts);
  assert.equal(found.entities[0].id, 'L:0');
  for (const { name, code, message } of found.refused) {
    assert.deepEqual([name, code], ['BionerError', 'vocabulary'], message);
    assert.match(message, /no concept|cannot be read on/);
  }
  assert.match(found.refused[1].message, /line 1: .* tab /);
});

test('what cannot be used is refused with a code, and the rest goes on', async () => {
  const found = await inPage(async ({ Attributes }, _, { caught }) => {
    const attributes = await Attributes.load();
    const text = '🧬 No fever.';
    const of = (...values) => attributes.annotate(...values).catch(caught);
    const fever = { start: 6, end: 11 };
    const refused = [
      await of(7, []),
      await of('x'.repeat(1_000_001), []),
      await of(text, 'fever'),
      await of(text, [null]),
      await of(text, [{ start: 0.5, end: 2 }]),
      await of(text, [{ ...fever, type: 7 }]),
      await of(text, [fever, { start: 1, end: 3 }], { assertion: true }),
      await of(text, [{ start: 5, end: 99 }], { assertion: true }),
      await of(text, [{ start: 5, end: 2 }], { assertion: true }),
      await of(text, [fever], { negation: true }),
      await of(text, [fever], { assertion: 'yes' }),
      await attributes.addVocabulary('L:1\tfever', 'mine').catch(caught),
      await attributes.addVocabulary(new Blob(['L:1\tfever']), '').catch(caught),
    ];
    const { entities } = await attributes.annotate(text, [fever], { assertion: true });
    attributes.close();
    attributes.close();
    const closed = await of(text, [fever]);
    return { refused, entities, closed };
  }, null);
  assert.deepEqual(
    found.refused.map(({ code }) => code),
    ['input', 'text-too-large', ...Array(11).fill('input')],
  );
  assert.match(found.refused[6].message, /^entity 2: the offsets 1 to 3 do not fit the text/);
  assert.match(found.refused[9].message, /no option negation; there are assertion, sections, link/);
  assert.equal(found.entities[0].assertion, 'absent');
  assert.equal(found.closed.code, 'closed');
});

test('a lone surrogate moves nothing', async () => {
  const [entity] = await inPage(async ({ Attributes }) => {
    const attributes = await Attributes.load();
    const given = [{ start: 6, end: 11, type: 'Symptom', text: 'fever' }];
    const { entities } = await attributes.annotate(
      '\ud83e: No fever.',
      [{ ...given[0], start: 6 }],
      {
        assertion: true,
      },
    );
    attributes.close();
    return entities;
  });
  assert.equal(entity.assertion, 'absent');
});

test('a module, a worker or a vocabulary that is not there or not right', async () => {
  const { page, context } = await openBlank(site.url);
  const fails = (options = {}) =>
    inPage(
      ({ Attributes }, settings, { caught }) =>
        Attributes.load(settings).then(
          (attributes) => attributes.close(),
          (error) => caught(error),
        ),
      options,
      page,
    );
  const isCode = async (failing, code) => {
    const { name, code: found, message } = await failing;
    assert.deepEqual([name, found], ['BionerError', code], message);
    return message;
  };
  await isCode(fails({ module: '/nowhere/bioner_attributes.js' }), 'attributes-module');
  site.spoil(
    (request, response) =>
      request.url.endsWith('attributes/worker.js') && response.writeHead(404).end(),
  );
  await isCode(fails(), 'attributes-module');
  site.mend();
  site.spoil(
    (request, response) =>
      request.url.endsWith('attributes_bg.wasm') && response.writeHead(200).end('\0asm'),
  );
  await isCode(fails(), 'attributes-module');
  site.mend();

  // The same object can be used again once the vocabulary can be had.
  await inPage(
    async ({ Attributes }) => {
      window.attributes = await Attributes.load();
      window.link = () =>
        window.attributes.annotate('fever', [{ start: 0, end: 5, type: 'Symptom' }], {
          assertion: true,
          link: true,
        });
    },
    null,
    page,
  );
  const link = () =>
    inPage((_library, _none, { caught }) => window.link().catch(caught), null, page);
  const vocabulary = readFileSync(join(root, 'vocabulary/builtin.vocab.gz'));
  const other = Buffer.from(vocabulary);
  other[1000] ^= 1;
  for (const [file, body] of [
    ['builtin', other],
    ['builtin', vocabulary.subarray(0, vocabulary.length / 2)],
    ['manifest.json', '{"shards": 3}'],
  ]) {
    site.spoil(
      (request, response) =>
        request.url.includes(`vocabulary/${file}`) && response.writeHead(200).end(body),
    );
    const message = await isCode(link(), 'vocabulary');
    assert.match(message, /^The vocabulary cannot be used: /);
    site.mend();
  }
  site.spoil(
    (request, response) => request.url.includes('vocabulary/') && response.writeHead(404).end(),
  );
  await isCode(link(), 'network');
  site.mend();
  assert.equal((await link()).entities[0].id, 'HP:0001945');
  await context.close();

  const without = await openBlank(site.url);
  await without.page.evaluate(() => delete globalThis.Worker);
  const { code } = await inPage(
    ({ Attributes }, _none, { caught }) => Attributes.load().catch(caught),
    null,
    without.page,
  );
  assert.equal(code, 'worker-missing');
  await without.context.close();
});

test('without a network: the module and the vocabulary are kept once they were used', {
  timeout: 2 * LOADED_MS,
}, async () => {
  let gone = false;
  const kept = await serve();
  kept.spoil((_request, response) => gone && response.destroy());
  const { page, context } = await open(kept.url);
  const link = () =>
    page.evaluate(async () => {
      const { Attributes } = await import(new URL('attributes.js', location.href).href);
      const attributes = await Attributes.load();
      const given = [{ start: 0, end: 5, type: 'Symptom' }];
      const { entities } = await attributes.annotate('fever', given, { link: true });
      attributes.close();
      return entities[0].id;
    });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  assert.equal(await link(), 'HP:0001945');
  gone = true;
  await context.setOffline(true);
  await page.reload();
  assert.equal(await link(), 'HP:0001945');
  await context.close();
});

test('aborted: at once, and nothing of a vocabulary is kept', async () => {
  const found = await inPage(async ({ Attributes }, _none, { caught }) => {
    const attributes = await Attributes.load({ vocabulary: null });
    const entity = { start: 0, end: 6, type: 'Disease' };
    const gone = AbortSignal.abort();
    const names = [
      await Attributes.load({ signal: gone }).catch(caught),
      await attributes.annotate('fever', [], { signal: gone }).catch(caught),
      await attributes.addVocabulary(new Blob(['L:1\tx']), 'x', { signal: gone }).catch(caught),
    ];
    const running = new AbortController();
    const work = attributes
      .annotate('name 1', [entity], { link: true, signal: running.signal })
      .catch(caught);
    running.abort(new Error('enough'));
    names.push(await work);
    const line = 'L:1\tname 1\n';
    const file = new Blob(Array(200).fill(line.repeat(1000)));
    const reading = new AbortController();
    const onProgress = () => reading.abort();
    const { signal } = reading;
    names.push(await attributes.addVocabulary(file, 'big', { onProgress, signal }).catch(caught));
    const { entities } = await attributes.annotate('name 1', [entity], { link: true });
    const there = await attributes.removeVocabulary('big');
    attributes.close();
    return { names: names.map(({ name }) => name), id: entities[0].id, there };
  });
  assert.deepEqual(found, { names: Array(5).fill('AbortError'), id: undefined, there: false });
});

test('a worker that dies is started again, with the vocabularies that were added', async () => {
  const found = await inPage(async ({ Attributes }, _none, { caught }) => {
    const workers = [];
    const createWorker = () => {
      const worker = new Worker(new URL('/attributes/worker.js', location.href), {
        type: 'module',
      });
      workers.push(worker);
      return worker;
    };
    const attributes = await Attributes.load({ vocabulary: null, createWorker });
    await attributes.addVocabulary(new Blob(['L:1\tfever']), 'mine');
    const link = () =>
      attributes.annotate('fever', [{ start: 0, end: 5, type: 'Disease' }], { link: true });
    // Once it is asked, what the browser does when it ends a worker for want of memory.
    const { postMessage } = workers[0];
    workers[0].postMessage = function (message) {
      postMessage.call(this, message);
      this.onerror(new ErrorEvent('error', { message: 'out of memory' }));
    };
    const dead = await link().catch(caught);
    const { entities } = await link();
    attributes.close();
    return { dead, id: entities[0].id, count: workers.length };
  });
  assert.deepEqual([found.dead.code, found.id, found.count], ['crashed', 'L:1', 2]);
});

test('a large vocabulary is read in slices, and the page stays alive', {
  timeout: DONE_MS,
}, async () => {
  const found = await inPage(async ({ Attributes }) => {
    const lines = (from) =>
      Array.from({ length: 10_000 }, (_, n) => `L:${from + n}\tname ${(from + n).toString(36)}\n`);
    const file = new Blob(Array.from({ length: 20 }, (_, k) => lines(k * 10_000).join('')));
    const attributes = await Attributes.load({ vocabulary: null });
    const progress = [];
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const { concepts, problemCount } = await attributes.addVocabulary(file, 'large', {
      onProgress: ({ loaded, total }) => progress.push(loaded / total),
    });
    clearInterval(counting);
    const { entities } = await attributes.annotate(
      'name 2n9c',
      [{ start: 0, end: 9, type: 'Disease' }],
      { link: true },
    );
    attributes.close();
    return { concepts, problemCount, turns, progress, id: entities[0].id };
  });
  assert.deepEqual([found.concepts, found.problemCount], [200_000, 0]);
  assert.equal(found.id, `L:${parseInt('2n9c', 36)}`);
  assert.ok(found.turns > 1);
  assert.equal(found.progress.at(-1), 1);
});

test('with the model: parts without the fields, a result with them, in the order of the text', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  const { text } = NOTE;
  site.requests.length = 0;
  const found = await inPage(async ({ Bioner }, text, { caught }) => {
    const ner = await Bioner.load({ workers: 1 });
    const parts = async (options) => {
      const all = [];
      for await (const part of ner.extract(text, options)) all.push(part);
      return all;
    };
    const off = await parts({ preset: 'note', assertion: false });
    const asked = performance
      .getEntriesByType('resource')
      .filter(({ name }) => /pkg.bioner_attributes/.test(name)).length;
    const note = await parts({ preset: 'note' });
    const types = ['Chemical', 'Disease'];
    const plain = await parts({ types });
    const all = await parts({ types, assertion: true, sections: true, link: true });
    const { result } = all.at(-1);
    const again = await ner.annotate(
      text,
      all.flatMap(({ entities }) => entities),
      {
        assertion: true,
        sections: true,
        link: true,
      },
    );
    const attributes = await ner.attributes();
    await attributes.addVocabulary(new Blob(['L:1\tmetformin']), 'mine');
    const own = (await parts({ types, link: true })).at(-1).result;
    const controller = new AbortController();
    const aborted = await (async () => {
      for await (const { done, total } of ner.extract(text, {
        types,
        assertion: true,
        signal: controller.signal,
      }))
        if (done === total) controller.abort();
    })().catch(caught);
    const refused = await ner.extract(text, { types, link: 'yes' }).next().catch(caught);
    ner.close();
    const closed = await ner.annotate(text, [], { assertion: true }).catch(caught);
    return { off, asked, note, plain, all, result, again, own, aborted, refused, closed };
  }, text);
  for (const parts of [found.off, found.plain])
    assert.ok(parts.every((part) => !('result' in part) || part.result === undefined));
  const entitiesOf = (parts) => parts.flatMap(({ entities }) => entities);
  for (const parts of [found.note, found.all]) {
    const { result, ...last } = parts.at(-1);
    assert.deepEqual([last.entities, last.done], [[], last.total]);
    assert.ok(entitiesOf(parts).every((entity) => !('assertion' in entity || 'id' in entity)));
    const bare = result.entities.map(
      ({ assertion, temporality, experiencer, section, id, candidates, ...rest }) => {
        assert.ok(assertion && temporality && experiencer);
        return rest;
      },
    );
    assert.deepEqual(bare, entitiesOf(parts));
  }
  assert.deepEqual(entitiesOf(found.all), entitiesOf(found.plain), 'they change nothing of it');
  assertEntities(found.result.entities, text, ['Chemical', 'Disease']);
  assert.deepEqual(found.again, found.result);
  const entity = (result, mention) => result.entities.find((one) => one.text === mention);
  assert.equal(entity(found.note.at(-1).result, 'fever').assertion, 'absent');
  assert.equal(found.note.at(-1).result.sections.length, 0);
  assert.equal(entity(found.result, 'metformin').id, 'DRUGBANK:DB00331');
  assert.equal(entity(found.own, 'metformin').id, 'L:1');
  assert.equal(entity(found.result, 'myocardial infarction').experiencer, 'family');
  assert.ok(found.result.sections.length >= 5);
  assert.equal(found.aborted.name, 'AbortError');
  assert.equal(found.refused.code, 'input');
  assert.equal(found.closed.code, 'closed');
  assert.equal(found.asked, 0);
});
