/* tslint:disable */
/* eslint-disable */

/**
 * The names of types that are to be asked for, as the engine takes them. If it does not, the error has the
 * code `types`, and says in `problem` why: see [`TypesError`](crate::TypesError).
 */
export function checkTypes(types: string[]): string[];

/**
 * How entities that were found compare with those that are taken for right.
 */
export function compare(gold: any, found: any): any;

/**
 * The text of a file; undefined if it is no plain text.
 */
export function decode(bytes: Uint8Array | number[]): string | undefined;

/**
 * The entities that abbreviations add to `entities`, which are sorted by start: they have the type and
 * the score of their long form.
 */
export function derive(text: string, definitions: any, entities: any): any;

/**
 * The formats that can be written.
 */
export function exportFormats(): any;

/**
 * Every abbreviation that a text defines, in order.
 */
export function findDefinitions(text: string): any;

/**
 * The name in the inventory of the type that has this name or synonym; undefined if there is none.
 */
export function findType(name: string): string | undefined;

/**
 * Which columns of a table are the text and the names, and whether its first row names them.
 */
export function guessColumns(rows: Array<any>): any;

/**
 * The types that models are tuned for, and the presets: `{types, presets}`, as `types.json` has them.
 */
export function inventory(): any;

/**
 * For each definition the index of the entity that is its long form, or null.
 */
export function named(text: string, definitions: any, entities: any): any;

/**
 * Equal for two spellings of the name of a known type, such as `Cell type` and `cell_type`.
 */
export function plainTypeName(name: string): string;

/**
 * What is in a file: documents, a table, or a text. `format` says what it is in, where it is known.
 */
export function read(name: string, content: string, format?: string | null): any;

/**
 * The document of a text and its annotations in brat's format.
 */
export function readBrat(text: string, annotations: string): any;

/**
 * The rows of a table. Without a delimiter the one that the first line has most of counts.
 */
export function readCsv(content: string, delimiter?: string | null): Array<any>;

/**
 * The documents of a table, a row each, from the columns given.
 */
export function readTable(name: string, content: string, columns: any): any;

/**
 * Runs once when the module is instantiated. A panic, which would be a defect, is then written to
 * the console with its place and its stack before the module traps.
 */
export function start(): void;

/**
 * The scores of several comparisons together, strict and partial.
 */
export function sumScores(all: any): any;

/**
 * Equal for two names of types that count as the same.
 */
export function typeKey(name: string): string;

/**
 * Files of documents in a format: one, or for brat and XMI those of each document.
 */
export function write(format: string, documents: any): any;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly checkTypes: (a: number, b: number) => [number, number, number, number];
    readonly compare: (a: any, b: any) => [number, number, number];
    readonly decode: (a: number, b: number) => [number, number];
    readonly derive: (a: number, b: number, c: any, d: any) => [number, number, number];
    readonly exportFormats: () => [number, number, number];
    readonly findDefinitions: (a: number, b: number) => [number, number, number];
    readonly findType: (a: number, b: number) => [number, number];
    readonly guessColumns: (a: any) => [number, number, number];
    readonly inventory: () => [number, number, number];
    readonly named: (a: number, b: number, c: any, d: any) => [number, number, number];
    readonly plainTypeName: (a: number, b: number) => [number, number];
    readonly read: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
    readonly readBrat: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly readCsv: (a: number, b: number, c: number, d: number) => any;
    readonly readTable: (a: number, b: number, c: number, d: number, e: any) => [number, number, number];
    readonly start: () => void;
    readonly sumScores: (a: any) => [number, number, number];
    readonly typeKey: (a: number, b: number) => [number, number];
    readonly write: (a: number, b: number, c: any) => [number, number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_drop_slice: (a: number, b: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
