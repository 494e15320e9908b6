// How a text is worked on. The worker that leads keeps two things of the module apart: helpers, which answer
// sentences, and a job, which makes entities of the answers. All answers go to the page too. If the worker dies, the
// page has what another worker needs to go on from there (client/sharing.js).

/**
 * @typedef {import('../client/link.js').Request} Request
 * @typedef {import('../client/link.js').Answers} Answers
 * @typedef {import('../client/link.js').Share} Share
 */

/** The share of a job that answers nothing itself: a second one where there is one. */
const NOTHING = { number: 1, of: 1 };

/** A request to work on a text, with what comes for it while it is worked on. */
export class Work {
  /** Answers of other workers that are not yet used. @type {Answers[]} */
  #supplied = [];
  #cancelled = false;
  #request;
  #send;
  #wake = () => {};

  /**
   * @param {Extract<Request, { kind: 'extract' | 'help' }>} request
   * @param {(message: object) => void} send
   */
  constructor(request, send) {
    this.#request = request;
    this.#send = send;
  }

  get id() {
    return this.#request.id;
  }

  cancel() {
    this.#cancelled = true;
    this.#wake();
  }

  /** @param {Answers} answers */
  supply(answers) {
    this.#supplied.push(answers);
    this.#wake();
  }

  /** Another share is to be answered here. @param {Share} share */
  take(share) {
    this.#request.shares.push(share);
    this.#wake();
  }

  /**
   * Works to the end, or until it is cancelled. Rejects with what the module throws; after a trap nothing of it may
   * be touched again.
   *
   * @param {any} engine
   */
  async run(engine) {
    const request = this.#request;
    /** @type {{ job?: any, helper?: any }} */
    const at = {};
    try {
      if (request.kind === 'extract') at.job = this.#begin(engine, request);
      await this.#work(engine, at);
    } catch (error) {
      if (isTrap(error)) Object.assign(at, { job: undefined, helper: undefined });
      throw error;
    } finally {
      at.helper?.free();
      at.job?.free();
    }
  }

  /**
   * @param {any} engine
   * @param {{ job?: any, helper?: any }} at
   */
  async #work(engine, at) {
    const { job } = at;
    let fresh = true; // whether the job has something to look at
    while (!this.#cancelled) {
      for (const answers of this.#supplied.splice(0)) {
        job?.supply(answers);
        fresh = true;
      }
      at.helper ??= this.#help(engine);
      const answers = at.helper?.step();
      if (answers) {
        this.#say('answers', { answers });
        job?.supply(answers);
        fresh = true;
      }
      if (at.helper?.finished) {
        at.helper.free();
        at.helper = undefined;
      }
      const part = fresh && job?.step();
      fresh = false;
      if (part) this.#say('part', { part });
      if (job ? job.finished : !at.helper && !this.#next) return;
      const waits = !at.helper && !this.#next && !this.#supplied.length;
      await (waits ? this.#news() : nextTurn());
    }
  }

  /**
   * What makes entities of answers. What an earlier leader has handed out is not handed out again.
   *
   * @param {any} engine
   * @param {Extract<Request, { kind: 'extract' }>} request
   */
  #begin(engine, { text, options, known, done }) {
    const job = engine.start(text, { ...options, share: NOTHING });
    // So that the length of the way is known.
    if (!done) this.#say('part', { part: { done: 0, total: job.total, entities: [], raw: [] } });
    else {
      job.supply(known.filter(([sentence]) => sentence < done));
      job.step();
    }
    job.supply(known.filter(([sentence]) => sentence >= done));
    return job;
  }

  get #next() {
    return this.#request.shares[0];
  }

  /** What answers the next share. @param {any} engine */
  #help(engine) {
    const { text, options, shares } = this.#request;
    const share = shares.shift();
    return share && engine.help(text, { ...options, share });
  }

  /**
   * @param {'part' | 'answers'} kind
   * @param {object} what
   */
  #say(kind, what) {
    this.#send({ kind, id: this.id, ...what });
  }

  /** Waits for answers of another worker, a share, or the end. */
  #news() {
    return new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
    });
  }
}

/** An error without a code is a trap. @param {any} error */
const isTrap = (error) => typeof error?.code !== 'string';

const turns = new MessageChannel();

/**
 * Lets waiting messages in. A message of our own, because timers are held back to 4 ms. Node and Bun go on
 * with the messages of one port before they look at another, but have something better.
 */
function nextTurn() {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') return setImmediate(resolve);
    turns.port1.onmessage = resolve;
    turns.port2.postMessage(null);
  });
}
