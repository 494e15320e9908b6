// Has texts read by the model, and remembers what came of it: a page that goes back, or a button that
// is pressed twice, costs nothing.

import { askedKey } from '../shared/settings.js';
import { ModelLink } from './model-link.js';

/**
 * @typedef {import('./article.js').Article} Article
 * @typedef {import('./article.js').Entity} Entity
 * @typedef {import('./article.js').Mark} Mark
 *
 * @typedef {object} ReaderEvents
 * @property {(progress: { loaded: number, total: number } | undefined) => void} onLoading  The model
 *   is being started; undefined when it is there.
 * @property {(marks: Mark[]) => void} onMarks  Found just now.
 * @property {(marks: Mark[]) => void} onDrop   To be found again.
 */

const REMEMBERED = 300; // texts

export class Reader {
  #events;
  #link;
  /** @type {Map<string, Entity[]>} */
  #memory = new Map();

  /** @param {ReaderEvents} events */
  constructor(events) {
    this.#events = events;
    this.#link = new ModelLink(events.onLoading);
  }

  /** Which files can be written. */
  formats() {
    return this.#link.formats();
  }

  /**
   * @param {string} format
   * @param {import('./article.js').Exported[]} documents
   */
  write(format, documents) {
    return this.#link.write(format, documents);
  }

  /** Lets go of the model. */
  close() {
    this.#link.close();
  }

  /**
   * Reads a text from the beginning; `article` says how far it is. Never rejects.
   *
   * @param {Article} article
   * @param {import('../shared/settings.js').Settings} settings
   * @returns {Promise<unknown>} what went wrong, if anything did
   */
  async read(article, settings) {
    const key = `${askedKey(settings)}\n\n${article.text}`;
    const { signal } = (article.running = new AbortController());
    article.forget();
    try {
      if (settings.types?.length === 0) throw { code: 'types', problem: { reason: 'none' } };
      const known = this.#memory.get(key);
      if (known) this.#events.onMarks(article.take(known));
      else {
        article.phase = 'queued';
        await this.#ask(article, settings, signal);
        this.#remember(key, article.entities);
      }
      article.phase = 'done';
    } catch (error) {
      if (signal.aborted) return undefined;
      article.phase = 'failed';
      this.#events.onLoading(undefined);
      return error;
    }
  }

  /**
   * @param {Article} article
   * @param {import('../shared/settings.js').Settings} settings
   * @param {AbortSignal} signal
   */
  #ask(article, { types, preset, keepMinutes }, signal) {
    return this.#link.ask({
      text: article.text,
      types,
      preset,
      keepMinutes,
      signal,
      onPart: ({ entities, done, total }) => {
        Object.assign(article, { phase: 'working', done, total });
        this.#events.onLoading(undefined);
        this.#events.onMarks(article.take(entities));
      },
      onRestart: () => {
        this.#events.onDrop(article.marks);
        article.forget();
      },
    });
  }

  /**
   * @param {string} key
   * @param {Entity[]} entities
   */
  #remember(key, entities) {
    this.#memory.set(key, entities);
    const oldest = this.#memory.keys().next().value;
    if (this.#memory.size > REMEMBERED && oldest !== undefined) this.#memory.delete(oldest);
  }
}
