// In a worker: the module itself, a sentence at a time, as its peers are used, and then all sentences
// of the document at once.
let engine, memory;

/** @param {{ shards: string[] }} options */
export async function load({ shards }) {
  const module = await import('/bioner/pkg/bioner.js');
  ({ memory } = await module.default());
  const loader = new module.Loader();
  for (const shard of shards) {
    const bytes = new Uint8Array(await (await fetch(shard)).arrayBuffer());
    for (let at = 0; at < bytes.length; at += 1 << 20) loader.push(bytes.subarray(at, at + (1 << 20)));
  }
  engine = loader.finish();
  return { threads: 1 };
}

/**
 * @param {{ text: string, types: string[], sentences: { text: string, prompt: number, answer: number }[],
 *   shared: number }} document  With the tokens that each sentence's whole prompt and its answer have,
 *   and those of the instruction that all prompts begin with.
 */
export function extract({ text, types, sentences, shared }) {
  const total = { promptSeconds: 0, promptTokens: 0, answerSeconds: 0, answerTokens: 0 };
  for (const sentence of sentences) {
    const began = performance.now();
    const job = engine.start(sentence.text, { types, format: 'lines-grouped' });
    // A pass that reads the end of the prompt may read what the grammar forces after it: that is in
    // the time, and not counted as tokens.
    while (!job.finished && job.tokens < sentence.prompt) job.step();
    const read = performance.now();
    while (!job.finished) job.step();
    job.free();
    total.promptSeconds += (read - began) / 1000;
    total.promptTokens += sentence.prompt;
    total.answerSeconds += (performance.now() - read) / 1000;
    total.answerTokens += sentence.answer;
  }
  return { ...total, batch: batch(text, types), prompts: prompts(text, types, sentences, shared), memory: memory.buffer.byteLength };
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

/** All the document's prompts read side by side and not answered, if the module can. */
function prompts(text, types, sentences, shared) {
  if (!engine.readPrompts) return undefined;
  const began = performance.now();
  const job = engine.readPrompts(text, { types, format: 'lines-grouped' });
  while (!job.finished) job.step();
  const { tokens } = job;
  job.free();
  const needed = sentences.reduce((sum, { prompt }) => sum + prompt - shared, shared);
  return { seconds: (performance.now() - began) / 1000, tokens, needed };
}
