/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_engine_free: (a: number, b: number) => void;
export const __wbg_job_free: (a: number, b: number) => void;
export const __wbg_loader_free: (a: number, b: number) => void;
export const engine_description: (a: number) => [number, number, number];
export const engine_start: (a: number, b: any, c: any) => [number, number, number];
export const formats: () => any;
export const job_finished: (a: number) => number;
export const job_step: (a: number) => [number, number, number];
export const job_tokens: (a: number) => number;
export const job_total: (a: number) => number;
export const loader_finish: (a: number) => [number, number, number];
export const loader_new: () => number;
export const loader_push: (a: number, b: number, c: number) => [number, number];
export const start: () => void;
export const version: () => [number, number];
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_exn_store: (a: number) => void;
export const __externref_table_alloc: () => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __externref_table_dealloc: (a: number) => void;
export const __wbindgen_start: () => void;
