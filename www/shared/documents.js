// Documents in and out: files read and written, abbreviations, comparison. All of it is done in Rust, by
// the module that documents/ is built to; this is the way there. It holds no model and is loaded once.
//
// In browsers `ready` loads it, so that a page can start without it. In Node it is there when this file has
// been imported. The functions throw a `BionerError` as long as it is not there.

import { BionerError } from '../client/errors.js';
import { isRuntime } from '../client/runtime.js';

/**
 * An annotation; offsets are UTF-16 code units of the document's text.
 * @typedef {object} Entity
 * @property {number} start
 * @property {number} end
 * @property {string} type
 * @property {string} text
 * @property {number} [score]  Not every file says how sure it is.
 * @property {string} [id]     In a vocabulary, such as `MESH:D003924`.
 * @property {string} [assertion]    `present`, `absent` or `possible`; as those below, where a file says it.
 * @property {string} [temporality]  `current`, `historical` or `hypothetical`.
 * @property {string} [experiencer]  `patient` or `family`.
 * @property {string | { heading: string, name?: string, loinc?: string }} [section]
 * @property {string} [origin]
 *
 * @typedef {object} Doc
 * @property {string} id
 * @property {string} text
 * @property {number} [titleEnd]  Where the title ends, in a text of title, line break, abstract.
 * @property {{ start: number, end: number, type: string }[]} [passages]
 * @property {Entity[]} [entities]
 * @property {string} [name]    The next ones are written where a format has a place for them.
 * @property {string[]} [types]
 * @property {string} [format]  The output format that was asked of the model.
 * @property {string} [model]
 * @property {string} [url]
 *
 * What could not be read; the rest was. `line` is counted from 1.
 * @typedef {{ line?: number, code: string, message: string }} Problem
 *
 * @typedef {{ kind: 'documents', format: string, documents: Doc[], problems: Problem[] }
 *   | { kind: 'table', rows: string[][], problems: Problem[] }
 *   | { kind: 'text' }} Content
 *
 * The columns of a table, counted from 0: those of text, name and title, and whether the first row has their
 * names. The title is put before the text, on a line of its own.
 * @typedef {{ width: number, text: number, id?: number, title?: number, head: boolean }} Columns
 *
 * @typedef {{ name: string, content: string }} OutFile
 * @typedef {{ name: string, extension: string, mime: string, filesPerDocument: boolean }} ExportFormat
 * @typedef {{ start: number, end: number }} Span
 * @typedef {{ short: string, at: Span, long: Span }} Definition  `at` is where the short form is explained.
 *
 * @typedef {{ precision: number, recall: number, f1: number, gold: number, found: number, correct: number }} Measure
 * @typedef {{ gold?: number, found?: number, kind: 'agree' | 'partial' | 'type' | 'missed' | 'extra' }} Pair
 *   Indices into the lists compared.
 * @typedef {{ strict: Measure, partial: Measure }} Scores
 * @typedef {Scores & { byType: Record<string, Scores>, pairs: Pair[] }} Comparison
 *
 * A type that models are tuned for; `corpora` says what it means in each corpus.
 * @typedef {{ name: string, synonyms: string[], definition: string, includes: string, excludes: string, corpora: Record<string, string> }} TypeEntry
 * @typedef {{ types: TypeEntry[], presets: { name: string, types: string[] }[] }} Inventory
 *
 * @typedef {object} Module
 * @property {(bytes: Uint8Array) => string | undefined} decode
 * @property {(name: string, content: string, format?: string) => Content} read
 * @property {(text: string, annotations: string) => { document: Doc, problems: Problem[] }} readBrat
 * @property {(content: string, delimiter?: string) => string[][]} readCsv
 * @property {(rows: string[][]) => Columns} guessColumns
 * @property {(name: string, content: string, columns: Columns) => { documents: Doc[], problems: Problem[] }} readTable
 * @property {(format: string, documents: Doc[]) => OutFile[]} write
 * @property {() => ExportFormat[]} exportFormats
 * @property {(types: string[]) => string[]} checkTypes  The names as the engine takes them. If it does not, the
 *   error has the code `types` and a `problem`.
 * @property {(type: string) => string} typeKey  Equal for two names of types that count as the same.
 * @property {(type: string) => string} plainTypeName  Equal for two spellings of the name of a known type.
 * @property {() => Inventory} inventory  Types and presets.
 * @property {(name: string) => string | undefined} findType  The name in the inventory of the type that has this
 *   name or synonym.
 * @property {(text: string) => Definition[]} findDefinitions
 * @property {(text: string, definitions: Definition[], entities: Entity[]) => Entity[]} derive
 * @property {(text: string, definitions: Definition[], entities: Entity[]) => (number | null)[]} named
 * @property {(gold: Entity[], found: Entity[]) => Comparison} compare
 * @property {(all: Scores[]) => Scores} sumScores  Of several comparisons together.
 */

/** The site has pkg/ beside this folder; in a checkout, and in the extension, it is one further up. */
const AT_SITE = /^https?:/.test(import.meta.url);
const PKG = new URL(AT_SITE ? '../pkg/' : '../../pkg/', import.meta.url);

/** @type {Module | undefined} */
let module;
/** @type {unknown} */
let failure;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads the module, once; resolves when it is there and rejects with a `BionerError`. Where an attempt has
 * failed, the next call makes another.
 */
export function ready() {
  loading ??= load().catch((error) => {
    loading = undefined;
    failure = error;
    throw error;
  });
  return loading;
}

async function load() {
  if (typeof WebAssembly !== 'object') {
    throw new BionerError('wasm-missing', 'There is no WebAssembly here, or a policy forbids it.');
  }
  try {
    // By name: the checkers of extensions' stores accept no address that is made while the program runs.
    const glue = AT_SITE
      ? // @ts-expect-error  A checkout does not have it there.
        await import('../pkg/bioner_documents.js')
      : await import('../../pkg/bioner_documents.js');
    const binary = new URL('bioner_documents_bg.wasm', PKG);
    if (isRuntime()) glue.initSync({ module: (await import('node:fs')).readFileSync(binary) });
    else await glue.default({ module_or_path: binary });
    module = glue;
  } catch (cause) {
    throw new BionerError('module', 'The program could not be loaded.', { cause });
  }
}

/** The module's functions. They are there after `ready()`. */
export function documents() {
  if (module) return module;
  throw failure ?? new BionerError('module', 'The program is not loaded yet.');
}

if (isRuntime()) await ready();
