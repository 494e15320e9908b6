// An engine whose compilers disagree about the dot product of relaxed SIMD. None does today: it is played by a module
// in which the function that asks at the start always agrees, and the instruction is another one everywhere else.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/common.mjs';
import { DONE_MS, inLibrary, LOADED_MS, openBlank, serve } from '../browser/helper.mjs';

const DOT = [0xfd, 0x93, 0x02]; // i32x4.relaxed_dot_i8x16_i7x16_add_s
const OTHER = [0xfd, 0x89, 0x02]; // i8x16.relaxed_laneselect, which takes as much and gives as much
const CODE = 10; // the section of functions

const read = (path) => readFileSync(join(root, path));

/** An unsigned number in LEB128: its value, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

/** Where the functions of a module are. @returns {{ from: number, to: number }[]} */
function functionsOf(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = number(bytes, at + 1);
    if (id !== CODE) {
      at = start + size;
      continue;
    }
    let [count, from] = number(bytes, start);
    return Array.from({ length: count }, () => {
      const [length, body] = number(bytes, from);
      from = body + length;
      return { from: body, to: from };
    });
  }
  return [];
}

/** Where the instruction is in a function. */
function places(bytes, { from, to }) {
  const found = [];
  for (let at = from; at + 2 < to; at++)
    if (DOT.every((byte, i) => bytes[at + i] === byte)) found.push(at);
  return found;
}

const AGREE = [0x00, 0x41, 0x01, 0x0f]; // no locals, i32.const 1, return
const [NOP, END] = [0x01, 0x0b];

/** The module that is played. The function that asks at the start is the smallest that has the instruction. */
function changed() {
  const bytes = Buffer.from(read('pkg/bioner_relaxed_bg.wasm'));
  const using = functionsOf(bytes)
    .map((body) => ({ ...body, at: places(bytes, body) }))
    .filter(({ at }) => at.length)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  assert.ok(using.length >= 2, 'the function that asks, and those that multiply');
  const [{ from, to }, ...others] = using;
  bytes.fill(NOP, from, to).set(AGREE, from);
  bytes[to - 1] = END;
  for (const { at } of others) for (const place of at) bytes.set(OTHER, place);
  return bytes;
}

test('an engine that changes its mind: the same entities', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  const site = await serve();
  const module = changed();
  let given = 0;
  site.spoil((request, response) => {
    if (!request.url.endsWith('/bioner_relaxed_bg.wasm')) return false;
    given++;
    response.setHeader('content-type', 'application/wasm');
    return response.end(module);
  });
  const [{ file, types, format, entities }] = JSON.parse(
    read('tests/golden/entities.json').toString(),
  );
  const tab = await openBlank(site.url);
  const found = await inLibrary(
    tab.page,
    async ({ Bioner }, { text, types, format }) => {
      const model = new URL('../models/default/', location.href);
      const module = new URL('../pkg/bioner.js', location.href);
      const ner = await Bioner.load({ model, module, workers: 1 });
      const found = [];
      for await (const { entities } of ner.extract(text, { types, format }))
        found.push(...entities);
      ner.close();
      return found;
    },
    { text: read(file).toString(), types, format },
  );
  assert.ok(given, 'the changed module was used');
  assert.deepEqual(
    found.map(({ start, end, type }) => [start, end, type]),
    entities.map(({ start, end, type }) => [start, end, type]),
  );
  await tab.context.close();
});
