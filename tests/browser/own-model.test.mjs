// A model of one's own: a GGUF file given to the library, then dropped on the page.

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { before } from 'node:test';
import {
  assertEntities,
  DONE_MS,
  inLibrary,
  LOADED_MS,
  open,
  openBlank,
  serve,
} from './helper.mjs';

const site = await serve();
let tab, page;

before(
  async () => {
    tab = await openBlank(site.url);
    ({ page } = tab);
    page.setDefaultTimeout(DONE_MS);
    await page.evaluate(async () => {
      const folder = new URL('../models/default/', location.href);
      const { shards } = await (await fetch(new URL('manifest.json', folder))).json();
      const parts = await Promise.all(
        shards.map(async ({ path }) => (await fetch(new URL(path, folder))).blob()),
      );
      globalThis.whole = new File(parts, 'my own.gguf');
      globalThis.refusal = async (model) => {
        const { Bioner, BionerError } = await import(new URL('../client.js', location.href).href);
        try {
          (await Bioner.load({ model })).close();
        } catch (error) {
          return { code: error.code, message: error.message, typed: error instanceof BionerError };
        }
      };
    });
  },
  { timeout: LOADED_MS },
);

test('the file is the model: same entities, its own name, nothing asked for, nothing kept', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const text = 'Selegiline-induced postural hypotension in two patients with asthma.';
  site.weights();
  const { info, entities, progress, kept } = await inLibrary(
    page,
    async ({ Bioner }, text) => {
      const progress = [];
      const ner = await Bioner.load({
        model: globalThis.whole,
        onProgress: (state) => progress.push(state),
      });
      const entities = [];
      for await (const part of ner.extract(text, { types: ['Chemical', 'Disease'] }))
        entities.push(...part.entities);
      ner.close();
      return { info: ner.info, entities, progress, kept: await caches.keys() };
    },
    text,
  );
  assert.equal(info.model.name, 'my own');
  assert.equal(info.model.size, info.description.bytes);
  assert.equal(info.description.architecture, 'llama');
  assert.ok(info.description.parameters > 1e8);
  assert.equal(
    Object.values(info.description.tensors).reduce((a, b) => a + b),
    692,
  );
  assertEntities(entities, text, ['Chemical', 'Disease']);
  assert.ok(entities.some((entity) => entity.text === 'Selegiline'));
  assert.ok(progress.length >= 2 && progress.at(-1).loaded === info.model.size);
  assert.deepEqual(kept, []);
  assert.deepEqual(site.weights(), []);
});

test('what cannot be used is refused with a code and a reason', {
  timeout: LOADED_MS,
}, async () => {
  const refusals = await page.evaluate(async () => {
    const { whole, refusal } = globalThis;
    const text = (value) => [
      ...new Uint8Array(new BigUint64Array([BigInt(value.length)]).buffer),
      ...new TextEncoder().encode(value),
    ];
    const u32 = (value) => [...new Uint8Array(new Uint32Array([value]).buffer)];
    const u64 = (value) => [...new Uint8Array(new BigUint64Array([BigInt(value)]).buffer)];
    const gpt2 = [
      ...new TextEncoder().encode('GGUF'),
      ...u32(3),
      ...u64(0),
      ...u64(1),
      ...text('general.architecture'),
      ...u32(8),
      ...text('gpt2'),
      ...Array(4096).fill(0),
    ];
    return {
      empty: await refusal(new File([], 'empty.gguf')),
      pdf: await refusal(new File(['%PDF-1.7 not a model at all '.repeat(50)], 'paper.gguf')),
      cut: await refusal(whole.slice(0, 30_000_000)),
      foreign: await refusal(new File([Uint8Array.from(gpt2)], 'gpt2.gguf')),
      huge: await refusal(
        new Blob(Array(Math.ceil(1.6e9 / whole.size)).fill(whole)).slice(0, 1.6e9),
      ),
    };
  });
  const expected = {
    empty: ['model-file', /./],
    pdf: ['model-file', /GGUF/],
    cut: ['model-file', /./],
    foreign: ['model-unsupported', /gpt2/],
    huge: ['model-unsupported', /1\.6 GB.*1\.5 GB at most/],
  };
  for (const [name, [code, reason]] of Object.entries(expected)) {
    assert.equal(refusals[name]?.code, code, `${name}: ${JSON.stringify(refusals[name])}`);
    assert.match(refusals[name].message, reason, name);
    assert.equal(refusals[name].typed, true, name);
  }
});

/** Drops a small file on the page. */
const drop = (target, name, content) =>
  target.evaluate(
    ([name, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], name));
      dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, content],
  );

test('on the page: shown for what it is, used; refused with a reason; and back', {
  timeout: 4 * LOADED_MS,
}, async (t) => {
  await tab.context.close();
  const folder = mkdtempSync(join(tmpdir(), 'bioner-own-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'my own.gguf');
  const models = new URL('../../models/default/', import.meta.url);
  const { shards, name, size, quantization } = JSON.parse(
    readFileSync(new URL('manifest.json', models), 'utf8'),
  );
  for (const { path } of shards) appendFileSync(file, readFileSync(new URL(path, models)));

  const own = await open(site.url);
  const back = own.page.locator('.model-back');
  await own.ready();
  assert.equal(await back.first().isVisible(), false);
  site.requests.length = 0;

  await own.page.setInputFiles('#file', file);
  await own.page.getByText('Your model: my own.gguf').waitFor({ timeout: LOADED_MS });
  await own.ready();
  assert.match((await own.status.textContent()) ?? '', /Ready, with my own.*not stored/);
  const facts = (await own.page.locator('#model-facts').textContent()) ?? '';
  for (const fact of [
    /llama/,
    /134 million/,
    new RegExp(quantization),
    `${Math.round(size / 1e6)} MB`,
  ]) {
    assert.match(facts, new RegExp(fact));
  }
  await own.run('Aspirin for headache.');
  assert.ok((await own.rows.count()) >= 2);
  assert.ok(!site.requests.some((url) => url.includes('/models/')), 'nothing was fetched');

  await drop(own.page, 'paper.gguf', '%PDF-1.7 not a model at all '.repeat(50));
  await own.state('error');
  assert.match(
    (await own.status.textContent()) ?? '',
    /paper\.gguf cannot be used.*stays in use.*GGUF/,
  );
  await own.run('Ibuprofen for fever.');
  assert.ok((await own.rows.count()) >= 1, 'the model from before goes on');
  assert.equal(await own.page.locator('#own-model-name').isVisible(), true);

  await back.first().click();
  await own.ready();
  assert.equal(await back.first().isVisible(), false);
  assert.match((await own.page.locator('#model-note').textContent()) ?? '', new RegExp(name));
  assert.deepEqual(site.weights(), [], 'the default model was kept');
  await own.run('Aspirin for headache.');
  assert.deepEqual(own.trouble, []);
  await own.context.close();
});
