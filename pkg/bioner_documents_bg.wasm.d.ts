/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const checkTypes: (a: number, b: number) => [number, number, number, number];
export const compare: (a: any, b: any) => [number, number, number];
export const decode: (a: number, b: number) => [number, number];
export const derive: (a: number, b: number, c: any, d: any) => [number, number, number];
export const exportFormats: () => [number, number, number];
export const findDefinitions: (a: number, b: number) => [number, number, number];
export const guessColumns: (a: any) => [number, number, number];
export const named: (a: number, b: number, c: any, d: any) => [number, number, number];
export const read: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number];
export const readBrat: (a: number, b: number, c: number, d: number) => [number, number, number];
export const readCsv: (a: number, b: number, c: number, d: number) => any;
export const readTable: (a: number, b: number, c: number, d: number, e: any) => [number, number, number];
export const start: () => void;
export const sumScores: (a: any) => [number, number, number];
export const typeKey: (a: number, b: number) => [number, number];
export const write: (a: number, b: number, c: any) => [number, number, number];
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_exn_store: (a: number) => void;
export const __externref_table_alloc: () => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __externref_drop_slice: (a: number, b: number) => void;
export const __externref_table_dealloc: (a: number) => void;
export const __wbindgen_start: () => void;
