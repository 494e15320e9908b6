// The weights of a GGUF file in blocks that every peer computes with fast.
import { readFileSync, writeFileSync } from 'node:fs';
import { Problem } from '../../scripts/common.mjs';
import { aligned, head } from '../../scripts/gguf.mjs';

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
