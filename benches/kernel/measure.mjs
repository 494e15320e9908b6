// Measures the products of a kernel module, in whatever runs WebAssembly.

/** Shapes of SmolLM2-135M, as [outputs, inputs]: fused q, k and v; q; fused gate and up; down. */
export const shapes = [
  [960, 576],
  [576, 576],
  [3072, 576],
  [576, 1536],
];

/**
 * Checks the module, then gives a line of G operations a second (2 a multiply-accumulate) for every
 * variant, format and shape: the best of several runs, on one thread.
 *
 * @param {Record<string, (...values: number[]) => number>} kernel  The exports of the module.
 * @param {number[]} counts token counts
 * @param {() => number} now milliseconds
 */
export function* measureAll(kernel, counts, now) {
  const wrong = kernel.check();
  yield `${kernel.variants()} variants, ${wrong} wrong products`;
  if (wrong) throw new Error('wrong products');
  for (const [at, name] of [
    'i32x4.dot_i16x8',
    'i16x8.relaxed_dot',
    'i32x4.relaxed_dot_add',
  ].entries()) {
    const times = 4e6;
    if (!kernel.ceiling_operations(at, times)) continue;
    const speed =
      (2 * kernel.ceiling_operations(at, times)) /
      best(() => kernel.ceiling_run(at, times), now) /
      1e6;
    yield `ceiling of ${name}`.padEnd(34) + speed.toFixed(1).padStart(6);
  }
  for (let variant = 0; variant < kernel.variants(); variant++) {
    for (const bits of [8, 5, 4]) {
      for (const [out, features] of shapes) {
        const speeds = counts.map((tokens) => {
          const speed = measure(kernel, variant, bits, out, features, tokens, now);
          return `${String(tokens).padStart(5)}: ${speed.toFixed(1).padStart(6)}`;
        });
        yield `${variant} Q${bits}_0 ${features} -> ${out}`.padEnd(22) + speeds.join('');
      }
    }
  }
}

function measure(kernel, variant, bits, out, features, tokens, now) {
  const product = kernel.product_new(variant, bits, out, features, tokens);
  const operations = 2 * out * features * tokens;
  const times = Math.ceil(4e8 / operations);
  const milliseconds = best(() => kernel.product_run(product, times), now) / times;
  kernel.product_free(product);
  return operations / milliseconds / 1e6;
}

/** The shortest of several runs, in milliseconds. */
function best(run, now) {
  let shortest = Infinity;
  for (let runs = 0, since = Date.now(); runs < 4 || Date.now() - since < 200; runs++) {
    const start = now();
    run();
    shortest = Math.min(shortest, now() - start);
  }
  return shortest;
}
