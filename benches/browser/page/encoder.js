// transformers.js on ONNX Runtime's WebAssembly backend: token classification of the whole abstract.
import { env, pipeline } from '/node_modules/@huggingface/transformers/dist/transformers.min.js';

let classify;

/** @param {{ encoder: string, build: string, threads: number }} options */
export async function load({ encoder, build, threads }) {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/cache/';
  env.backends.onnx.wasm.wasmPaths = {
    mjs: `/node_modules/onnxruntime-web/dist/${build}.mjs`,
    wasm: `/node_modules/onnxruntime-web/dist/${build}.wasm`,
  };
  env.backends.onnx.wasm.numThreads = threads;
  classify = await pipeline('token-classification', encoder, { dtype: 'q8', device: 'wasm' });
  return {
    threads: env.backends.onnx.wasm.numThreads,
    info: { onnxruntime: env.backends.onnx.versions?.web },
  };
}

export async function extract({ text, chunks = [text] }) {
  const began = performance.now();
  let labels = 0;
  for (const chunk of chunks) labels += (await classify(chunk, { ignore_labels: [] })).length;
  const seconds = (performance.now() - began) / 1000;
  const tokens = chunks.reduce((sum, chunk) => sum + classify.tokenizer.encode(chunk).length, 0);
  // An encoder gives everything at its end. Its tokens are all read: it has no answer to write.
  return { seconds, first: seconds, labels, promptTokens: tokens, promptSeconds: seconds };
}
