import { Bioner } from 'bioner';
import { Attributes } from 'bioner/attributes';
import 'bioner/element';

const text = document.querySelector('#text').textContent;
const ner = await Bioner.load({
  module: '/bioner/pkg/bioner.js',
  model: '/bioner/models/default/',
});
for await (const { entities } of ner.extract(text, { types: ['Chemical', 'Disease'] })) {
  for (const { type, text } of entities)
    document.querySelector('output').append(`${type}: ${text}\n`);
}
const note = 'No Hypothyroidism was seen in patients.';
for await (const { result } of ner.extract(note, { preset: 'note', link: true })) {
  for (const { text, assertion, id } of result?.entities ?? [])
    document.querySelector('output').append(`result: ${text} ${assertion} ${id}\n`);
}
ner.close();

const attributes = await Attributes.load({ module: '/bioner/pkg/bioner_attributes.js' });
const { entities } = await attributes.annotate('No fever.', [{ start: 3, end: 8 }], {
  assertion: true,
});
document.querySelector('output').append(`alone: ${entities[0].assertion}\n`);
attributes.close();
document.querySelector('output').dataset.done = '';
