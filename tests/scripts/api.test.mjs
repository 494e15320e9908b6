// docs/API.md has a table for every type of the library, and its rows are the type's members: what is
// typed and what is documented are the same.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'vite';
import { root } from '../../scripts/common.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const DOCUMENT = read('docs/API.md');
const DECLARED = new Map(
  ['client', 'attributes', 'element'].flatMap((name) => declarations(`www/${name}.d.ts`)),
);

/** What a file of types exports: name -> its declaration's syntax tree. */
function declarations(path) {
  const { program, errors } = parseSync(path, read(path));
  assert.deepEqual(errors, []);
  const exported = program.body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ declaration }) => declaration?.declarations ?? declaration ?? []);
  return exported.map((declaration) => [declaration.id.name, declaration]);
}

/** The public members of a class or an interface, or the values of a union of strings. */
function membersOf(declaration) {
  if (declaration.type === 'TSTypeAliasDeclaration') {
    return declaration.typeAnnotation.types.map(({ literal }) => literal.value);
  }
  const members = declaration.body.body.filter(
    ({ key, accessibility }) => key && key.name !== 'constructor' && accessibility !== 'private',
  );
  return [...new Set(members.map(({ key }) => key.name))];
}

/** The sections of the document whose heading is a name: name -> text. */
const SECTIONS = new Map(
  DOCUMENT.split(/^## /m)
    .find((part) => part.startsWith('Reference\n'))
    .split(/^### /m)
    .slice(1)
    .map((part) => [/^`(\w+)`\n/.exec(part)?.[1], part]),
);

/** What the first column of a text's table names: `a`, `b` | … and `Class.method(options)` | …. */
function rowsOf(text) {
  const cells = [...text.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell]) => cell);
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  return names.map((name) => name.replace(/\(.*\)$/, '').replace(/^\w+\./, ''));
}

const TABLES = [...DECLARED].filter(([, { type }]) => type !== 'VariableDeclarator');

test('every type has a section, and every section is of a type', () => {
  assert.ok(TABLES.length >= 10, `${TABLES.length} types`);
  assert.deepEqual([...SECTIONS.keys()].sort(), TABLES.map(([name]) => name).sort());
});

for (const [name, declaration] of TABLES) {
  test(`the table of ${name} has its members`, () => {
    const members = membersOf(declaration);
    assert.ok(members.length > 0);
    assert.deepEqual(rowsOf(SECTIONS.get(name)).sort(), members.sort());
  });
}

test('the values of members that are one of a few strings are named', () => {
  const members = ['origin', 'phase', 'assertion', 'temporality', 'experiencer'];
  const types = TABLES.flatMap(([, { body }]) => body?.body ?? []);
  const values = members.flatMap((member) => {
    const union = types.find(
      ({ key, typeAnnotation }) => key?.name === member && typeAnnotation.typeAnnotation.types,
    );
    return union.typeAnnotation.typeAnnotation.types.map(({ literal }) => literal.value);
  });
  assert.ok(values.length >= 7, `${values}`);
  for (const value of values) assert.ok(DOCUMENT.includes(`\`${value}\``), value);
});

test('the constants are named with their values', async () => {
  const client = await import('../../www/client.js');
  const constants = [...DECLARED]
    .filter(([, { type }]) => type === 'VariableDeclarator')
    .map(([name]) => name);
  assert.deepEqual(constants, ['MAX_TEXT_LENGTH']);
  for (const name of constants) {
    assert.ok(DOCUMENT.includes(`\`${name}\` is`), name);
    assert.ok(DOCUMENT.includes(`${client[name].toLocaleString('en')} UTF-16 code units`), name);
  }
});

for (const name of ['client', 'attributes']) {
  test(`${name}.js exports what its types say`, async () => {
    const values = declarations(`www/${name}.d.ts`)
      .filter(([, { type }]) => !/^TS/.test(type))
      .map(([value]) => value);
    assert.deepEqual(Object.keys(await import(`../../www/${name}.js`)).sort(), values.sort());
  });
}

test('the attributes of the element are the same in the document and in its types', () => {
  const table = /\| attribute \|[\s\S]*?\n\n/.exec(DOCUMENT)[0];
  const [, attributes] = /`<bioner-text ([\w ]+)>`/.exec(read('www/element.d.ts'));
  assert.deepEqual(rowsOf(table).sort(), attributes.split(' ').sort());
});

test('every error code of the engine is one of the library', () => {
  const [, codes] = /fn code\(&self\)[^{]*\{([\s\S]*?)\n {4}\}/.exec(read('src/error.rs'));
  const engine = [...codes.matchAll(/=> "([\w-]+)"/g)].map(([, code]) => code);
  assert.ok(engine.length >= 8, `${engine}`);
  const library = membersOf(DECLARED.get('ErrorCode'));
  assert.deepEqual(
    engine.filter((code) => !library.includes(code)),
    [],
  );
});
