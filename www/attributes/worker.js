// The worker that gives entities their fields. It owns the module of attributes/ and the vocabularies. The
// page's side of the conversation is link.js.

import { BionerError, toPlain } from '../client/errors.js';
import { compiledLocal } from '../worker/local.js';
import { readVocabulary } from './vocabulary.js';

/** @typedef {import('./link.js').Message} Message */
/** @typedef {Extract<Message, { kind: 'load' }>} LoadRequest */

const scope = /** @type {{ postMessage(message: object): void, onmessage: unknown }} */ (
  /** @type {unknown} */ (self)
);
const PROGRESS_EVERY_MS = 100;
const SLICE_BYTES = 1 << 20; // the module copies what it is given: keep the copy small

/** @type {any} */
let module;
/** @type {any} the module's annotator, once loaded */
let annotator;
/** The address of the vocabulary that comes with the program. @type {string | null} */
let vocabulary;
/** @type {Promise<void> | undefined} */
let builtIn;
/** The files that are being read; false once nobody wants them. @type {Map<number, boolean>} */
const reading = new Map();

/** @type {Record<string, (request: any) => unknown>} */
const answers = { load, annotate, add, remove, sources };

scope.onmessage = async (/** @type {MessageEvent<Message>} */ { data }) => {
  const { id, kind } = data;
  if (kind === 'cancel') {
    if (reading.has(id)) reading.set(id, false);
    return;
  }
  try {
    scope.postMessage({ id, result: await answers[kind](data) });
  } catch (error) {
    scope.postMessage({ id, error: toPlain(error) });
  }
};

/** @param {LoadRequest} request */
async function load(request) {
  const url = request.module;
  try {
    module = await import(url);
    const binary = new URL('bioner_attributes_bg.wasm', url);
    await module.default({ module_or_path: (await compiledLocal(binary)) ?? binary });
  } catch (cause) {
    const message = `The program for assertion, sections and identifiers could not be loaded: ${toPlain(cause).message}`;
    throw new BionerError('attributes-module', message);
  }
  annotator = new module.Annotator();
  vocabulary = request.vocabulary;
}

/** @param {Extract<Message, { kind: 'annotate' }>} request */
async function annotate({ text, entities, asked }) {
  if (asked.link && vocabulary !== null) await loadBuiltIn();
  return annotator.annotate(text, entities, asked);
}

/**
 * Loads the vocabulary that comes with the program, once; where an attempt has failed, the next call makes
 * another.
 */
function loadBuiltIn() {
  const send = throttled((progress) => scope.postMessage({ vocabulary: progress }));
  builtIn ??= readVocabulary(/** @type {string} */ (vocabulary), send)
    .then(({ bytes, keep }) => {
      const reader = new module.VocabularyReader();
      for (let at = 0; at < bytes.length; at += SLICE_BYTES)
        reader.push(bytes.subarray(at, at + SLICE_BYTES));
      annotator.setBuiltIn(reader);
      return keep();
    })
    .catch((error) => {
      builtIn = undefined;
      throw error;
    });
  return builtIn;
}

/**
 * Reads a file of the user's in slices, so that it is never whole in memory.
 *
 * @param {Extract<Message, { kind: 'add' }>} request
 */
async function add({ id, name, file }) {
  const send = throttled((progress) => scope.postMessage({ id, progress }));
  const reader = new module.VocabularyReader();
  reading.set(id, true);
  try {
    for (let at = 0; at < file.size; at += SLICE_BYTES) {
      const slice = await file
        .slice(at, at + SLICE_BYTES)
        .arrayBuffer()
        .catch((error) => error);
      if (!reading.get(id)) {
        reader.free();
        return undefined;
      }
      if (!(slice instanceof ArrayBuffer)) {
        // It was changed, moved or unplugged since it was chosen.
        reader.fail(toPlain(slice).message);
        break;
      }
      reader.push(new Uint8Array(slice));
      send({ loaded: at + slice.byteLength, total: file.size });
    }
    return annotator.add(name, reader);
  } finally {
    reading.delete(id);
  }
}

/** @param {Extract<Message, { kind: 'remove' }>} request */
function remove({ name }) {
  return annotator.remove(name);
}

function sources() {
  return annotator.sources();
}

/**
 * @template {{ loaded: number, total: number }} T
 * @param {(progress: T) => void} send
 * @returns {(progress: T) => void}
 */
function throttled(send) {
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS && progress.loaded < progress.total) return;
    last = now;
    send(progress);
  };
}
