// Checks and measures the kernels in WebAssembly: `node run.mjs MODULE.wasm [tokens]...`.
// Prints G operations a second (2 a multiply-accumulate), one thread, best of several runs. Time is the
// processor's, not the clock's, so that other work on the machine does not count.
import { readFile } from 'node:fs/promises';

const [path, ...rest] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(await readFile(path), {});
const kernel = instance.exports;
const wrong = kernel.check();
console.log(`${wrong} wrong`);
if (wrong) process.exit(1);

const counts = rest.length ? rest.map(Number) : [1, 4, 16, 64, 256];
for (let variant = 0; variant < kernel.variants(); variant++) {
  for (const bits of [8, 4]) {
    for (const [out, features] of [[960, 576], [576, 576], [3072, 576], [576, 1536]]) {
      const speeds = counts.map((tokens) => {
        const speed = measure(variant, bits, out, features, tokens);
        return `${String(tokens).padStart(5)}: ${speed.toFixed(1).padStart(6)}`;
      });
      console.log(`${variant} Q${bits}_0 ${features} -> ${out}`.padEnd(22), speeds.join(''));
    }
  }
}

function measure(variant, bits, out, features, tokens) {
  const product = kernel.product_new(variant, bits, out, features, tokens);
  const operations = 2 * out * features * tokens;
  const times = Math.ceil(2e7 / operations);
  let best = Infinity;
  for (const until = performance.now() + 200; performance.now() < until;) {
    const start = process.cpuUsage();
    kernel.product_run(product, times);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / times);
  }
  kernel.product_free(product);
  return operations / best / 1e3;
}
