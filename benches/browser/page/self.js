// Ours, as a page uses it: the client library, with its worker or workers.

let ner;

/** @param {{ threads: number, checkout?: string }} options  `checkout`: the path it is served under. */
export async function load({ threads, checkout = '/bioner/' }) {
  const { Bioner } = await import(`${checkout}client.js`);
  // `workers` is how many may be used; a library that knows no such option works with one.
  ner = await Bioner.load({ model: `${checkout}models/default/`, workers: threads });
  const used = ner.info.workers ?? ner.info.threads ?? 1;
  return { threads: used, info: { version: ner.info.version, description: ner.info.description } };
}

/** A document, whole: ours cuts it into sentences. */
export async function extract({ text, types }) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  let first;
  const entities = [];
  const answers = [];
  for await (const part of ner.extract(text, { types, format: 'lines-grouped', raw: true })) {
    if (part.entities.length) first ??= seconds();
    entities.push(...part.entities);
    answers.push(...part.raw);
  }
  return { seconds: seconds(), first, entities, answers };
}
