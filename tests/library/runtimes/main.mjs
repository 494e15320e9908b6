// What is tried in each runtime, in a project that has installed the package. asked.json says what; one line of JSON
// says what came of it. Nothing here ends the process.

import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Bioner, BionerError } from 'bioner';
import { Attributes } from 'bioner/attributes';

const asked = JSON.parse(await readFile('asked.json', 'utf8'));
const { cases, downloads } = JSON.parse(process.argv[2]);
const caught = (error) => ({
  name: error.name,
  code: error.code,
  message: error.message,
  typed: error instanceof BionerError,
});
const refusal = (options) =>
  Bioner.load(options).then((ner) => {
    ner.close();
    return 'loaded';
  }, caught);
const entitiesOf = async (ner, text, options) => {
  const entities = [];
  for await (const part of ner.extract(text, options)) entities.push(...part.entities);
  return entities;
};
const disease = { types: ['Disease'] };
const found = { refused: {} };

for (const [name, options] of Object.entries(asked.refused))
  found.refused[name] = await refusal(options);
found.refused.blob = await refusal({ model: await openAsBlob('not.gguf') });
found.binary = (await refusal({ model: 'weights/', module: 'apart/module.mjs' })).message;

const ner = await Bioner.load({ model: 'weights/', module: 'failing.mjs', workers: 2 });
found.workers = ner.info.workers;

const stop = new AbortController();
// So long that a worker that went on with it would be given up before it has finished.
const long = ner.extract(asked.cases[0].text.repeat(40), { ...disease, signal: stop.signal });
await long.next();
let aborted;
setTimeout(() => {
  aborted = performance.now();
  stop.abort();
}, 50);
try {
  for await (const part of long) found.early = part.done;
} catch (error) {
  found.aborted = { ...caught(error), ms: performance.now() - aborted };
}

found.golden = [];
for (const { text, types, format } of asked.cases.slice(0, cases))
  found.golden.push(await entitiesOf(ner, text, { types, format }));

found.failed = await entitiesOf(ner, 'fail: asthma.', disease).catch(caught);
found.again = await entitiesOf(ner, 'She has asthma.', disease);
ner.close();
found.closed = await entitiesOf(ner, 'She has asthma.', disease).catch(caught);

const warnings = [];
const served = await Bioner.load({
  model: asked.address,
  workers: downloads,
  onWarning: ({ code }) => warnings.push(code),
});
found.served = { workers: served.info.workers, warnings };
served.close();

const attributes = await Attributes.load();
found.annotated = [];
for (const { text, entities } of asked.annotated) {
  const options = { assertion: true, sections: true, link: true };
  found.annotated.push(await attributes.annotate(text, entities, options));
}
const vocabulary = new Blob(['L:1\tzorbulated quux\n']);
found.added = (await attributes.addVocabulary(vocabulary, 'mine')).concepts;
attributes.close();

console.log(JSON.stringify(found));
