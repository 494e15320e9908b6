// Works on texts with the library alone, and says with which of the module's two binaries.

import { Bioner } from '../client.js';
import { binaryName } from '../worker/binary.js';

const ner = Bioner.load({ workers: 2 });

/**
 * @param {string} text
 * @param {{ types?: string[], preset?: string, format?: string }} asked
 */
window.entitiesOf = async (text, asked) => {
  const entities = [];
  for await (const part of (await ner).extract(text, asked)) entities.push(...part.entities);
  return entities;
};
window.binary = binaryName();
document.body.dataset.ready = '';
