// The package's module, whose binaries lie beside it too, but a text that begins with "fail" makes its worker fail where nobody catches it.

import * as real from 'bioner/dist/lib/pkg/bioner.js';

export * from 'bioner/dist/lib/pkg/bioner.js';

export default real.default;

export class Loader {
  #real = new real.Loader();

  push(bytes) {
    this.#real.push(bytes);
  }

  finish() {
    const engine = this.#real.finish();
    const start = engine.start.bind(engine);
    engine.start = (text, options) => {
      if (text.startsWith('fail')) {
        queueMicrotask(() => {
          throw new Error('nobody catches this');
        });
      }
      return start(text, options);
    };
    return engine;
  }
}
