import { Bioner } from 'bioner';
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
ner.close();
document.querySelector('output').dataset.done = '';
