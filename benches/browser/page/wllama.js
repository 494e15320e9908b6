// wllama, as an application on a chat engine uses it: a sentence a call, greedy, with a grammar.
import { Wllama, LoggerWithoutDebug } from '/node_modules/@wllama/wllama/esm/index.js';
import { gbnf, hasMention, prompt } from './lines.js';

let wllama;

/** @param {{ model: string, threads: number, settings: object }} options */
export async function load({ model, threads, settings }) {
  const quiet = { ...LoggerWithoutDebug, log() {}, warn() {} };
  wllama = new Wllama(
    { default: '/node_modules/@wllama/wllama/esm/wasm/wllama.wasm' },
    { suppressNativeLog: true, logger: quiet },
  );
  await wllama.loadModelFromUrl(new URL(model, location.href).href, {
    n_threads: threads,
    ...settings,
  });
  return { threads: wllama.getNumThreads(), info: { llama: Wllama.getLibllamaVersion() } };
}

export async function extract({ types, sentences }) {
  const grammar = gbnf(types);
  const total = { promptSeconds: 0, promptTokens: 0, answerSeconds: 0, answerTokens: 0, reused: 0 };
  const answers = [];
  const began = performance.now();
  let first;
  for (const { text } of sentences) {
    let answer = '';
    let timings;
    await wllama.createCompletion({
      prompt: prompt(types, text),
      grammar,
      temperature: 0,
      samplers: ['temperature'],
      max_tokens: 256,
      cache_prompt: true,
      stream: true,
      onData: (chunk) => {
        answer += chunk.choices?.[0]?.text ?? '';
        if (first === undefined && hasMention(answer)) first = (performance.now() - began) / 1000;
        timings = chunk.timings ?? timings;
      },
    });
    if (first === undefined && hasMention(`${answer}\n`))
      first = (performance.now() - began) / 1000;
    if (!timings) throw new Error('wllama gave no timings');
    total.promptSeconds += timings.prompt_ms / 1000;
    total.promptTokens += timings.prompt_n;
    total.reused += timings.cache_n ?? 0;
    total.answerSeconds += timings.predicted_ms / 1000;
    total.answerTokens += timings.predicted_n;
    answers.push(answer);
  }
  return { seconds: (performance.now() - began) / 1000, first, answers, ...total };
}
