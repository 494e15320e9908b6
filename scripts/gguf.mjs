// The head of a GGUF file: its metadata, and what it says of its tensors. The layout is that of ggml's
// docs/gguf.md.
import { readFileSync } from 'node:fs';
import { Problem } from './common.mjs';

/** Bytes of a metadata value, by its type; 0 for a string and a list. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const [STRING, ARRAY] = [8, 9];

/** Reads values one after another. */
class Reader {
  #bytes;
  at = 0;

  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }
  u32() {
    return this.#bytes.readUInt32LE((this.at += 4) - 4);
  }
  u64() {
    return Number(this.#bytes.readBigUInt64LE((this.at += 8) - 8));
  }
  string() {
    const length = this.u64();
    return this.#bytes.toString('utf8', this.at, (this.at += length));
  }
  /**
   * A metadata value; undefined for numbers, which nobody here needs.
   *
   * @param {number} type
   * @returns {any}
   */
  value(type) {
    if (type === STRING) return this.string();
    if (type === ARRAY) {
      const of = this.u32();
      return Array.from({ length: this.u64() }, () => this.value(of));
    }
    this.at += SIZES[type];
    return undefined;
  }
}

/**
 * The head of a file: strings and lists of strings of its metadata by key; of each tensor its number of
 * values, its type, and where in the file its entry's last 12 bytes (type and offset) and its data are.
 *
 * @param {string} path   For messages.
 * @param {Buffer} bytes  The file, or so much of it that the head is whole.
 */
export function head(path, bytes) {
  if (bytes.toString('latin1', 0, 4) !== 'GGUF') throw new Problem(`${path}: not a GGUF file`);
  const reader = new Reader(bytes);
  reader.at = 8;
  const [tensors, pairs] = [reader.u64(), reader.u64()];
  /** @type {Record<string, any>} */
  const metadata = {};
  for (let i = 0; i < pairs; i++) {
    const key = reader.string();
    metadata[key] = reader.value(reader.u32());
  }
  const found = [];
  for (let i = 0; i < tensors; i++) {
    const name = reader.string();
    let values = 1;
    for (let left = reader.u32(); left > 0; left--) values *= reader.u64();
    const entry = reader.at;
    found.push({ name, values, entry, type: reader.u32(), offset: reader.u64() });
  }
  const end = reader.at;
  return { metadata, tensors: found, end, data: aligned(end) };
}

/**
 * Data begin, and each tensor begins, at a multiple of 32 bytes, unless a file says otherwise; ours does not.
 *
 * @param {number} at
 */
export const aligned = (at) => Math.ceil(at / 32) * 32;

/**
 * The strings and lists of strings of a file's metadata, by key.
 *
 * @param {string} path
 */
export function metadata(path) {
  return head(path, readFileSync(path)).metadata;
}
