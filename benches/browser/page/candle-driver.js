import { hasMention, prompt } from './lines.js';

const LONGEST_ANSWER = 256;
let candle, memory;

/** @param {{ model: string }} options */
export async function load({ model }) {
  const module = await import('/candle/candle.js');
  ({ memory } = await module.default());
  const store = await caches.open('candle');
  let response = await store.match(model);
  if (!response) {
    await store.add(model);
    response = await store.match(model);
  }
  candle = new module.Candle(new Uint8Array(await response.arrayBuffer()));
  return { threads: 1 };
}

export function extract({ types, sentences }) {
  const total = { promptSeconds: 0, promptTokens: 0, answerSeconds: 0, answerTokens: 0 };
  const answers = [];
  const began = performance.now();
  let first;
  for (const { text } of sentences) {
    const start = performance.now();
    total.promptTokens += candle.tokenize(prompt(types, text));
    let end = candle.prompt();
    const read = performance.now();
    let written = 0;
    for (; !end && written < LONGEST_ANSWER; written++) {
      end = candle.step();
      if (first === undefined && hasMention(candle.answer()))
        first = (performance.now() - began) / 1000;
    }
    answers.push(candle.answer());
    if (first === undefined && hasMention(`${answers.at(-1)}\n`))
      first = (performance.now() - began) / 1000;
    total.promptSeconds += (read - start) / 1000;
    total.answerSeconds += (performance.now() - read) / 1000;
    total.answerTokens += written;
  }
  const seconds = (performance.now() - began) / 1000;
  return { seconds, first, answers, ...total, memory: memory.buffer.byteLength };
}
