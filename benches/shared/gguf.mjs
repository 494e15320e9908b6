// A GGUF file as far as the benchmarks need it: its words, and its weights in blocks that every peer
// computes with fast. The layout is that of ggml's docs/gguf.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { Problem } from '../../scripts/common.mjs';

/** Bytes of a metadata value, by its type; 0 for a string and a list. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const [STRING, ARRAY] = [8, 9];
const BLOCK = 32;
/** Tensor types: their number in a file, and the bytes of so many values. */
const TYPES = new Map([
  [0, { bytes: 4, values: 1 }], // F32
  [1, { bytes: 2, values: 1 }], // F16
  [2, { bytes: 18, values: BLOCK }], // Q4_0
  [6, { bytes: 22, values: BLOCK }], // Q5_0
  [8, { bytes: 34, values: BLOCK }], // Q8_0
]);
const [Q4_0, Q5_0, Q8_0] = [2, 6, 8];

/** Reads values one after another. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  u32() {
    return this.bytes.readUInt32LE((this.at += 4) - 4);
  }
  u64() {
    return Number(this.bytes.readBigUInt64LE((this.at += 8) - 8));
  }
  string() {
    const length = this.u64();
    return this.bytes.toString('utf8', this.at, (this.at += length));
  }
  /** A metadata value; undefined for numbers, which nobody here needs. */
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
 */
function head(path, bytes) {
  const reader = new Reader(bytes);
  if (bytes.toString('latin1', 0, 4) !== 'GGUF') throw new Problem(`${path}: not a GGUF file`);
  reader.at = 8;
  const [tensors, pairs] = [reader.u64(), reader.u64()];
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

/** Data begin, and each tensor begins, at a multiple of 32 bytes, unless a file says otherwise; ours does not. */
const aligned = (at) => Math.ceil(at / 32) * 32;

/** The strings and lists of strings of a file's metadata, by key. */
export function metadata(path) {
  return head(path, readFileSync(path)).metadata;
}

/**
 * Writes the file again with its Q4_0 and Q5_0 blocks as Q8_0 ones of the same scale, whose codes hold 4 bits
 * and 5 as well as 8: exactly the same weights.
 */
export function widen(path, out) {
  const bytes = readFileSync(path);
  const { tensors, end, data } = head(path, bytes);
  const start = Buffer.alloc(data);
  bytes.copy(start, 0, 0, end);
  const parts = [start];
  let offset = 0;
  for (const { name, values, entry, type, offset: from } of tensors) {
    const kind = TYPES.get(type);
    if (!kind)
      throw new Problem(`${path}: ${name} is of type ${type}, which this benchmark does not know`);
    const stored = bytes.subarray(data + from, data + from + (values / kind.values) * kind.bytes);
    const narrow = type === Q4_0 || type === Q5_0;
    const part = narrow ? eightBits(stored, type) : stored;
    start.writeUInt32LE(narrow ? Q8_0 : type, entry);
    start.writeBigUInt64LE(BigInt(offset), entry + 4);
    parts.push(part, Buffer.alloc(aligned(part.length) - part.length));
    offset += aligned(part.length);
  }
  writeFileSync(out, Buffer.concat(parts));
}

/** Bytes of a block. */
function blockBytes(type) {
  const kind = TYPES.get(type);
  if (!kind) throw new Problem(`no block of type ${type} is known`);
  return kind.bytes;
}

/** Q4_0 or Q5_0 blocks (scale, in Q5_0 a fifth bit each, lower halves of value i and i + 16 in byte i) as Q8_0. */
function eightBits(stored, type) {
  const [narrow, wide] = [blockBytes(type), blockBytes(Q8_0)];
  const count = stored.length / narrow;
  const out = Buffer.alloc(count * wide);
  const [lows, middle] = type === Q5_0 ? [6, 16] : [2, 8];
  for (let block = 0; block < count; block++) {
    const [from, to] = [block * narrow, block * wide];
    stored.copy(out, to, from, from + 2);
    const fifths = type === Q5_0 ? stored.readUInt32LE(from + 2) : 0;
    for (let i = 0; i < BLOCK; i++) {
      const low = stored[from + lows + (i & 15)];
      const code = (i < 16 ? low & 15 : low >> 4) | (((fifths >>> i) & 1) << 4);
      out.writeInt8(code - middle, to + 2 + i);
    }
  }
  return out;
}
