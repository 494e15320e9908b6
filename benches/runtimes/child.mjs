// Ours in a runtime: answers a line with a document by a line with its entities and seconds, as the page of the
// browser does (../browser/page/self.js).
import { createInterface } from 'node:readline';
import { Bioner } from '../../www/client.js';

const at = (path) => new URL(`../../${path}`, import.meta.url);
const ner = await Bioner.load({
  model: at('models/default/'),
  module: at('pkg/bioner.js'),
  workers: Number(process.argv[2]),
});
console.log(JSON.stringify({ threads: ner.info.workers }));

for await (const line of createInterface({ input: process.stdin })) {
  const { text, types } = JSON.parse(line);
  const began = performance.now();
  const entities = [];
  for await (const part of ner.extract(text, { types, format: 'lines-grouped', raw: true }))
    entities.push(...part.entities);
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, entities }));
}
ner.close();
