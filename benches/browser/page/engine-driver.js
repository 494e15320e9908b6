// In a worker: the module itself, a sentence at a time, as its peers are used, and then all sentences
// of the document at once.
import { importModule } from '/bioner/worker/module.js';

let engine, memory;

// A sentence by itself, its prompt in one pass as its peers read it. Side by side the module's own
// limits hold.
const ALONE = { sentences: 1, tokens: 256, guesses: 0 };

/** @param {{ shards: string[] }} options */
export async function load({ shards }) {
  const module = await importModule(new URL('/bioner/pkg/bioner.js', location.href).href);
  ({ memory } = await module.default());
  const loader = new module.Loader();
  for (const shard of shards) {
    const bytes = new Uint8Array(await (await fetch(shard)).arrayBuffer());
    for (let at = 0; at < bytes.length; at += 1 << 20)
      loader.push(bytes.subarray(at, at + (1 << 20)));
  }
  engine = loader.finish();
  return { threads: 1 };
}

/**
 * @param {{ text: string, types: string[], sentences: { text: string, question: number, answer: number }[] }}
 *   document  With the tokens that each sentence's prompt, without the instruction, and its answer have.
 *   The instruction was read for the document before, and is kept.
 */
export function extract({ text, types, sentences }) {
  const total = { promptSeconds: 0, promptTokens: 0, answerSeconds: 0, answerTokens: 0 };
  for (const sentence of sentences) {
    const began = performance.now();
    const job = engine.start(sentence.text, { types, format: 'lines-grouped', limits: ALONE });
    // A pass that reads the end of the prompt may read what the grammar forces after it: that is in
    // the time, and not counted as tokens.
    while (!job.finished && job.tokens < sentence.question) job.step();
    const read = performance.now();
    while (!job.finished) job.step();
    job.free();
    total.promptSeconds += (read - began) / 1000;
    total.promptTokens += sentence.question;
    total.answerSeconds += (performance.now() - read) / 1000;
    total.answerTokens += sentence.answer;
  }
  return { ...total, batch: batch(text, types), memory: memory.buffer.byteLength };
}

/** The document as it is worked on in use: its sentences side by side. */
function batch(text, types) {
  const began = performance.now();
  const job = engine.start(text, { types, format: 'lines-grouped' });
  let passes = 0;
  for (; !job.finished; passes++) job.step();
  const { tokens } = job;
  job.free();
  return { seconds: (performance.now() - began) / 1000, tokens, passes };
}
