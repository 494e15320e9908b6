/* tslint:disable */
/* eslint-disable */
export const memory: WebAssembly.Memory;
export const __wbg_annotator_free: (a: number, b: number) => void;
export const __wbg_vocabularyreader_free: (a: number, b: number) => void;
export const annotator_add: (a: number, b: number, c: number, d: number) => [number, number, number];
export const annotator_annotate: (a: number, b: any, c: any, d: any) => [number, number, number];
export const annotator_new: () => number;
export const annotator_remove: (a: number, b: number, c: number) => number;
export const annotator_setBuiltIn: (a: number, b: number) => [number, number];
export const annotator_sources: (a: number) => [number, number, number];
export const start: () => void;
export const vocabularyreader_fail: (a: number, b: number, c: number) => void;
export const vocabularyreader_new: () => number;
export const vocabularyreader_push: (a: number, b: number, c: number) => void;
export const __wbindgen_malloc: (a: number, b: number) => number;
export const __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
export const __wbindgen_free: (a: number, b: number, c: number) => void;
export const __wbindgen_exn_store: (a: number) => void;
export const __externref_table_alloc: () => number;
export const __wbindgen_externrefs: WebAssembly.Table;
export const __externref_table_dealloc: (a: number) => void;
export const __wbindgen_start: () => void;
