// Who is measured: a page of its own each, with the settings said here and nowhere else.
import { setTimeout as pause } from 'node:timers/promises';
import { renderers, residentBytes } from '../shared/machine.mjs';
import { named } from '../shared/peers.mjs';

const WLLAMA = { n_ctx: 1024, n_parallel: 1, n_gpu_layers: 0 };
/** What transformers.js takes by itself. The build without asyncify is as fast, and smaller. */
const ONNX_RUNTIME = 'ort-wasm-simd-threaded.asyncify';

/**
 * @param {number} cores
 * @param {{ model: string, encoder: string | undefined, shards: string[] }} files  As the pages ask for them.
 */
export function peers(cores, { model, encoder, shards }) {
  const several = cores > 1 ? [cores] : [];
  const peer = (kind, threads, { restless = false, ...more }) => ({
    name: named(kind, threads),
    kind,
    page: kind,
    threads,
    options: { threads },
    restless: restless && threads > 1,
    ...more,
  });
  const each = (kind, options, more) =>
    [1, ...several].map((threads) =>
      peer(kind, threads, { options: { ...options, threads }, ...more }),
    );
  return [
    ...each(
      'self',
      {},
      {
        about:
          'ours: the client library as a page uses it, lines-grouped under its grammar, a whole abstract a call',
      },
    ),
    peer('engine', 1, {
      options: { shards },
      about:
        'ours: the module driven directly, for what the library does not tell (prompts and answers apart)',
    }),
    ...each(
      'wllama',
      { model, settings: WLLAMA },
      {
        slow: true,
        about:
          'wllama: createCompletion, a sentence a call, greedy (temperature 0), GBNF grammar of lines-grouped, cache_prompt ' +
          `(the instruction is kept), loaded with ${JSON.stringify(WLLAMA)} and else its defaults, native log off`,
      },
    ),
    peer('candle', 1, {
      options: { model },
      slow: true,
      about:
        "candle-transformers' quantized_llama: a sentence a call, the whole prompt in one pass, greedy over all logits, " +
        'no grammar (it has none), built with simd128, LTO and one codegen unit',
    }),
    ...each(
      'encoder',
      { encoder, build: ONNX_RUNTIME },
      {
        restless: true,
        about:
          'transformers.js: pipeline token-classification, dtype q8, device wasm, ' +
          `a whole abstract a call, ${ONNX_RUNTIME} (its own choice)`,
      },
    ),
  ];
}

/** One page of the browser with one peer in it. */
export class Tab {
  #context;
  #server;
  #profile;
  #page;
  #pid;
  /** How long loading took, cold and with the files cached. */
  loaded;

  constructor(context, server, profile, peer) {
    this.#context = context;
    this.#server = server;
    this.#profile = profile;
    this.peer = peer;
  }

  /** Opens the page and loads the peer. Returns seconds, and bytes that the server sent. */
  async open({ cold }) {
    const before = new Set(renderers(this.#profile));
    const page = (this.#page = await this.#context.newPage());
    page.setDefaultTimeout(0);
    if (cold) await this.#forget(page);
    await page.goto(`${this.#server.origin}/page/index.html`);
    if (!(await page.evaluate('crossOriginIsolated'))) throw new Error('the page is not isolated');
    this.#server.sent();
    const loaded = await page.evaluate(
      async ({ script, options }) => {
        const began = performance.now();
        globalThis.peer = await import(script);
        const state = await globalThis.peer.load(options);
        return { seconds: (performance.now() - began) / 1000, ...state };
      },
      { script: `/page/${this.peer.page}.js`, options: this.peer.options },
    );
    // Of the processes that appeared with the page, the one that has the model is the page's.
    const appeared = renderers(this.#profile).filter((pid) => !before.has(pid));
    const size = (pid) => residentBytes(pid)?.peak ?? 0;
    this.#pid = appeared.sort((a, b) => size(b) - size(a))[0];
    return { ...loaded, bytes: this.#server.sent() };
  }

  /** Empties the browser's cache and the origin's storage. */
  async #forget(page) {
    const session = await this.#context.newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    await session.send('Storage.clearDataForOrigin', {
      origin: this.#server.origin,
      storageTypes: 'all',
    });
    await session.detach();
  }

  async extract(document) {
    this.#signal('SIGCONT');
    try {
      await this.#page.bringToFront();
      return await this.#page.evaluate((argument) => globalThis.peer.extract(argument), document);
    } finally {
      this.rest();
    }
  }

  /**
   * Stops the page's process until its next turn, if it would not rest by itself: ONNX Runtime's
   * threads go on looking for work, and would take a core from whoever is measured next.
   */
  rest() {
    if (this.peer.restless) this.#signal('SIGSTOP');
  }

  #signal(name) {
    if (this.peer.restless && this.#pid) process.kill(this.#pid, name);
  }

  /**
   * Megabytes: the page's process at most so far and now, as the system counts them, with all that a
   * renderer takes for itself; and what the browser says the page's JavaScript and WebAssembly hold.
   */
  async memory() {
    this.#signal('SIGCONT');
    const most = this.#pid && residentBytes(this.#pid);
    const mb = (bytes) => (Number.isFinite(bytes) ? Math.round(bytes / 1e6) : undefined);
    const measured = await Promise.race([
      this.#page
        .evaluate('performance.measureUserAgentSpecificMemory().then((memory) => memory.bytes)')
        .catch(() => undefined),
      pause(30_000, undefined, { ref: false }),
    ]);
    this.rest();
    return {
      process_peak_mb: mb(most?.peak),
      process_now_mb: mb(most?.now),
      user_agent_mb: mb(measured),
    };
  }

  async close() {
    this.#signal('SIGCONT');
    await this.#page?.close();
  }
}
