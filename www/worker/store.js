// Weights kept between visits, in the browser's Cache API, by their checksum. Everything here may
// fail without harm: a browser may have no caches (private windows), or no room left. The first
// failure is reported and the rest of the session goes on without keeping anything.

// The Cache API keys by URL, and an extension's own scheme is not one it takes. Nothing is ever
// requested from this address: `.invalid` cannot resolve.
const KEYS = 'https://weights.invalid/';
const OWNER = 'x-bioner-owner';

export class Store {
  /** @type {Cache | undefined} */
  #cache;
  #onFailure;

  /** @param {(reason: unknown) => void} onFailure  Called once, when nothing (more) can be kept. */
  constructor(onFailure) {
    this.#onFailure = onFailure;
  }

  /** Opens what is kept. Never rejects. */
  async open() {
    try {
      this.#cache = await caches.open('bioner');
    } catch (reason) {
      this.#giveUp(reason);
    }
  }

  /** Whether what is put here is kept, as far as that is known. */
  get works() {
    return this.#cache !== undefined;
  }

  /**
   * @param {string} key
   * @returns {Promise<Response | undefined>}
   */
  async get(key) {
    try {
      return await this.#cache?.match(KEYS + key);
    } catch (reason) {
      this.#giveUp(reason);
    }
  }

  /**
   * Keeps `bytes`. `owner` says what they belong to, for `prune`.
   *
   * @param {string} key
   * @param {BodyInit} bytes
   * @param {string} owner
   */
  async put(key, bytes, owner) {
    try {
      await this.#cache?.put(
        KEYS + key,
        new Response(bytes, { headers: { [OWNER]: encodeURI(owner) } }),
      );
    } catch (reason) {
      this.#giveUp(reason);
    }
  }

  /** @param {string} key */
  async drop(key) {
    try {
      await this.#cache?.delete(KEYS + key);
    } catch (reason) {
      this.#giveUp(reason);
    }
  }

  /**
   * Forgets what `owner` kept and no longer uses, so that a new model does not leave the old one's
   * bytes behind.
   *
   * @param {string} owner
   * @param {string[]} used
   */
  async prune(owner, used) {
    const keep = new Set(used.map((key) => KEYS + key));
    try {
      for (const request of (await this.#cache?.keys()) ?? []) {
        if (keep.has(request.url)) continue;
        const kept = await this.#cache?.match(request);
        if (kept?.headers.get(OWNER) === encodeURI(owner)) await this.#cache?.delete(request);
      }
    } catch (reason) {
      this.#giveUp(reason);
    }
  }

  /** @param {unknown} reason */
  #giveUp(reason) {
    this.#cache = undefined;
    this.#onFailure(reason);
    this.#onFailure = () => {};
  }
}
