/* tslint:disable */
/* eslint-disable */

/**
 * A loaded model.
 */
export class Engine {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Begins to answer a share of the sentences of `text`; `options` as `start` has them.
     */
    help(text: string, options: any): Helper;
    /**
     * Begins to extract the entities of `text`; `options` is
     * `{types or preset, format?, raw?, together?, limits?, share?}`. With a share, the job answers only the
     * sentences of the share and waits for [`Job::supply`] to bring the other answers.
     */
    start(text: string, options: any): Job;
    /**
     * What the model file says it is.
     */
    readonly description: any;
    /**
     * The name of the output format that is asked for where the options name none.
     */
    readonly format: string;
}

/**
 * Answers for a job of another engine.
 */
export class Helper {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * One pass of the model. Returns answers for [`Job::supply`], or `undefined` if there are none
     * yet.
     */
    step(): any;
    /**
     * Whether all sentences of the share are answered.
     */
    readonly finished: boolean;
}

/**
 * An extraction that is under way.
 */
export class Job {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * One pass of the model. Returns `{done, total, entities, raw}` of the sentences that are finished
     * next in the order of the text, or `undefined` if there are none yet. The client adds the texts of
     * entities, which it cuts from the string it was given.
     */
    step(): any;
    /**
     * Takes answers that [`Helper::step`] returned.
     */
    supply(answers: any): void;
    /**
     * Whether all is done.
     */
    readonly finished: boolean;
    /**
     * Tokens the model has read so far.
     */
    readonly tokens: number;
    /**
     * How many sentences the text has.
     */
    readonly total: number;
    /**
     * Whether there is nothing to do but to wait for [`Job::supply`].
     */
    readonly waiting: boolean;
}

/**
 * Takes a model file as it arrives.
 */
export class Loader {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Checks that all is there and makes the engine. The loader is used up.
     */
    finish(): Engine;
    constructor();
    /**
     * The next bytes of the file, in pieces of any size.
     */
    push(bytes: Uint8Array | number[]): void;
}

/**
 * The format that is asked for where neither the caller nor the model's file names one.
 */
export function defaultFormat(): string;

/**
 * The names of the output formats.
 */
export function formats(): Array<any>;

/**
 * Runs once when the module is instantiated. A panic, which would be a defect, is then written to
 * the console with its place and its stack before the module traps.
 */
export function start(): void;

/**
 * The version of the module.
 */
export function version(): string;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_engine_free: (a: number, b: number) => void;
    readonly __wbg_helper_free: (a: number, b: number) => void;
    readonly __wbg_job_free: (a: number, b: number) => void;
    readonly __wbg_loader_free: (a: number, b: number) => void;
    readonly defaultFormat: () => [number, number];
    readonly engine_description: (a: number) => [number, number, number];
    readonly engine_format: (a: number) => [number, number];
    readonly engine_help: (a: number, b: any, c: any) => [number, number, number];
    readonly engine_start: (a: number, b: any, c: any) => [number, number, number];
    readonly formats: () => any;
    readonly helper_finished: (a: number) => number;
    readonly helper_step: (a: number) => [number, number, number];
    readonly job_finished: (a: number) => number;
    readonly job_step: (a: number) => [number, number, number];
    readonly job_supply: (a: number, b: any) => [number, number];
    readonly job_tokens: (a: number) => number;
    readonly job_total: (a: number) => number;
    readonly job_waiting: (a: number) => number;
    readonly loader_finish: (a: number) => [number, number, number];
    readonly loader_new: () => number;
    readonly loader_push: (a: number, b: number, c: number) => [number, number];
    readonly start: () => void;
    readonly version: () => [number, number];
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
