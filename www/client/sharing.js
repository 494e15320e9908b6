// One text worked on by one worker or several. One of them leads: it takes the answers of the others, and says what
// all answers mean, in the order of the text, just as if it had worked alone. The module deals the sentences out. If a worker dies, another one goes on with
// its sentences. All answers are kept here until the text is finished, so that what was answered is not asked again.

import { isDeath } from './link.js';
import { Parts } from './parts.js';

/**
 * @typedef {import('./link.js').Link} Link
 * @typedef {import('./link.js').Answers} Answers
 * @typedef {import('./link.js').Share} Share
 * @typedef {import('./link.js').Extraction} Extraction
 *
 * A share of the sentences, and the worker that answers them. Nobody does while a new leader is looked for.
 * @typedef {{ number: number, link?: Link, cancel?: () => void }} Assignment
 */

// A text of which every worker dies, for want of memory for instance, must not go on for ever: when all that there were
// have died, so many are started one after the other.
const REPLACED = 2;

/**
 * The first worker leads.
 *
 * @param {Link[]} links
 * @param {string} text
 * @param {object} options
 * @param {() => Promise<Link>} replace  Gives a worker with the same weights when all have died.
 * @returns {Extraction}
 */
export function extractTogether(links, text, options, replace) {
  const shared = new Shared(links, text, options, replace);
  return { parts: shared.parts, cancel: () => shared.cancel() };
}

class Shared {
  /** @type {Parts<import('./link.js').Part>} */
  parts = new Parts();
  #text;
  #options;
  #replace;
  /** @type {Assignment[]} */
  #assignments;
  /** @type {{ link: Link, job: ReturnType<Link['extract']> } | undefined} */
  #lead;
  /** The answers so far, by sentence. @type {Map<number, unknown>} */
  #known = new Map();
  #begun = false;
  #done = 0;
  #deathsLeft;
  #isOver = false;

  /**
   * @param {Link[]} links
   * @param {string} text
   * @param {object} options
   * @param {() => Promise<Link>} replace
   */
  constructor(links, text, options, replace) {
    this.#text = text;
    this.#options = options;
    this.#replace = replace;
    this.#deathsLeft = links.length - 1 + REPLACED;
    this.#assignments = links.map((link, number) => ({ number, link }));
    this.#leadBy(links[0]);
    for (const assignment of this.#assignments.slice(1)) this.#helpWith(assignment);
  }

  /** Stops all that is at work on the text. */
  cancel() {
    this.#isOver = true;
    this.#lead?.job.cancel();
    for (const { cancel } of this.#assignments) cancel?.();
  }

  /** Has a worker lead, and answer the shares that are its own. @param {Link} link */
  #leadBy(link) {
    const shares = this.#assignments
      .filter((assignment) => assignment.link === link)
      .map((assignment) => this.#rest(assignment));
    const from = { shares, known: [...this.#known], done: this.#done };
    const job = link.extract(this.#text, this.#options, from, (answers) => this.#keep(answers));
    this.#lead = { link, job };
    const pass = async () => {
      for (let part = await job.parts.next(); part; part = await job.parts.next()) {
        if (this.#begun && part.done === 0) continue; // a leader before this one has said it
        this.#begun = true;
        this.#done = part.done;
        this.parts.push(part);
      }
      if (this.#isOver) return;
      this.#isOver = true;
      this.parts.finish();
    };
    pass().catch((error) => this.#onFailure(link, error));
  }

  /** Has a worker answer its share for the leader. @param {Assignment} assignment */
  #helpWith(assignment) {
    const link = /** @type {Link} */ (assignment.link);
    const { parts, cancel } = link.help(
      this.#text,
      this.#options,
      this.#rest(assignment),
      (answers) => {
        this.#keep(answers);
        this.#lead?.job.supply(answers);
      },
    );
    assignment.cancel = cancel;
    parts.next().catch((error) => this.#onFailure(link, error));
  }

  /** @param {Answers} answers */
  #keep(answers) {
    for (const [sentence, answer] of answers) this.#known.set(sentence, answer);
  }

  /** A share without what is answered. @param {Assignment} assignment @returns {Share} */
  #rest({ number }) {
    return { number, of: this.#assignments.length, answered: [...this.#known.keys()] };
  }

  /**
   * @param {Link} link
   * @param {any} error
   */
  #onFailure(link, error) {
    const lost = this.#assignments.filter((assignment) => assignment.link === link);
    const leads = this.#lead?.link === link;
    if (this.#isOver || !(lost.length || leads)) return;
    if (!isDeath(error) || this.#deathsLeft-- === 0) return this.#fail(error);
    for (const assignment of lost)
      Object.assign(assignment, { link: undefined, cancel: undefined });
    if (leads) {
      this.#lead = undefined;
      const next = this.#assignments.find(
        (assignment) => assignment.link && !assignment.link.dead,
      )?.link;
      if (next) this.#promote(next);
      else this.#startAgain();
    } else if (this.#lead) {
      const { link, job } = this.#lead;
      for (const assignment of lost) {
        assignment.link = link;
        job.take(this.#rest(assignment));
      }
    }
  }

  async #startAgain() {
    try {
      this.#promote(await this.#replace());
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Has a worker lead that did not, and answer also what nobody answers. @param {Link} link */
  #promote(link) {
    if (this.#isOver) return;
    for (const assignment of this.#assignments) {
      // What is left of its own share it answers as the leader.
      if (assignment.link === link) assignment.cancel?.();
      else if (assignment.link && !assignment.link.dead) continue;
      Object.assign(assignment, { link, cancel: undefined });
    }
    this.#leadBy(link);
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.#isOver) return;
    this.cancel();
    this.parts.fail(error);
  }
}
