/* tslint:disable */
/* eslint-disable */

/**
 * What gives entities their fields.
 */
export class Annotator {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Adds a vocabulary of the user's, in place of one of the same name, and gives
     * `{name, concepts, names, problems, problemCount}`. The reader is used up.
     */
    add(name: string, reader: VocabularyReader): any;
    /**
     * `{fields, sections}` of a text and its entities, `[{start, end, type?}]`; `asked` is
     * `{assertion, sections, link}`. An entity that does not fit the text is an error.
     */
    annotate(text: string, entities: any, asked: any): any;
    /**
     * One without vocabularies.
     */
    constructor();
    /**
     * Takes away a vocabulary of the user's; false if there is none of that name.
     */
    remove(name: string): boolean;
    /**
     * Sets the vocabulary that comes with the program. The reader is used up.
     */
    setBuiltIn(reader: VocabularyReader): void;
    /**
     * Where the vocabularies come from: `[{vocabulary?, name, version, license, credit}]`.
     */
    sources(): any;
}

/**
 * Reads a vocabulary as it arrives.
 */
export class VocabularyReader {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Tells that the file cannot be read on; what was read before is kept where it can be.
     */
    fail(why: string): void;
    /**
     * Begins to read.
     */
    constructor();
    /**
     * The next bytes of the file, compressed or not, in pieces of any size.
     */
    push(bytes: Uint8Array | number[]): void;
}

/**
 * Runs once when the module is instantiated. A panic, which would be a defect, is then written to
 * the console with its place and its stack before the module traps.
 */
export function start(): void;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_annotator_free: (a: number, b: number) => void;
    readonly __wbg_vocabularyreader_free: (a: number, b: number) => void;
    readonly annotator_add: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly annotator_annotate: (a: number, b: any, c: any, d: any) => [number, number, number];
    readonly annotator_new: () => number;
    readonly annotator_remove: (a: number, b: number, c: number) => number;
    readonly annotator_setBuiltIn: (a: number, b: number) => [number, number];
    readonly annotator_sources: (a: number) => [number, number, number];
    readonly start: () => void;
    readonly vocabularyreader_fail: (a: number, b: number, c: number) => void;
    readonly vocabularyreader_new: () => number;
    readonly vocabularyreader_push: (a: number, b: number, c: number) => void;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
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
