// Works on texts with the library alone, and says with which of the module's two binaries.

import { Bioner } from '../client.js';
import { binaryName } from '../worker/binary.js';

const ner = Bioner.load({ workers: 2 });

/**
 * @param {string} text
 * @param {string[]} types
 * @param {string} format
 */
window.entitiesOf = async (text, types, format) => {
  const entities = [];
  for await (const part of (await ner).extract(text, { types, format }))
    entities.push(...part.entities);
  return entities;
};
window.binary = binaryName();
document.body.dataset.ready = '';
