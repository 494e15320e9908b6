// A program for Node of somebody who installed the package: it only has to compile.
import { openAsBlob } from 'node:fs';
import { Bioner, BionerError, type Entity, type WorkerLike } from 'bioner';
import { Attributes } from 'bioner/attributes';

export async function count(text: string): Promise<number> {
  const ner = await Bioner.load({
    model: new URL('./models/default/', import.meta.url),
    workers: 4,
  });
  const found: Entity[] = [];
  try {
    for await (const part of ner.extract(text, { preset: 'note' })) found.push(...part.entities);
  } catch (error) {
    if (error instanceof BionerError && error.code === 'io') console.log(error.message);
  }
  ner.close();
  return found.length;
}

export async function link(file: string, createWorker: () => WorkerLike): Promise<number> {
  const attributes = await Attributes.load({ createWorker });
  return (await attributes.addVocabulary(await openAsBlob(file), 'mine')).concepts;
}
