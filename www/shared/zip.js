// Writes a ZIP archive of text files, without compression: that is enough to download many small files as one.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

const UTF8_NAMES = 1 << 11;
const MAX_COUNT = 0xffff; // an archive with more files needs a ZIP64 record for their number

/**
 * @param {{ name: string, content: string }[]} files  Less than 4 GB in all.
 * @returns {Blob}
 */
export function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  for (const { name, content } of files) {
    const path = encoder.encode(name);
    const bytes = encoder.encode(content);
    const common = [
      [2, 20],
      [2, UTF8_NAMES],
      [2, 0], // version needed, flags, no compression
      [2, 0],
      [2, 0x21], // midnight, 1980-01-01: the archive does not say when it was made
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ];
    const head = record(0x04034b50, common);
    directory.push(
      record(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]),
      path,
    );
    parts.push(head, path, bytes);
    offset += head.length + path.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  return new Blob([...parts, ...directory, ...end(files.length, size, offset)], {
    type: 'application/zip',
  });
}

/**
 * The end of the archive.
 *
 * @param {number} count  Of the files.
 * @param {number} size   Of the directory, in bytes.
 * @param {number} offset  Of the directory.
 */
function end(count, size, offset) {
  const counted = Math.min(count, MAX_COUNT);
  const last = record(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, counted],
    [2, counted],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  if (count < MAX_COUNT) return [last];
  const large = record(0x06064b50, [
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, offset],
  ]);
  return [
    large,
    record(0x07064b50, [
      [4, 0],
      [8, offset + size],
      [4, 1],
    ]),
    last,
  ];
}

/**
 * A signature and numbers, in little-endian order.
 *
 * @param {number} signature
 * @param {number[][]} fields  The width in bytes and the value of each number.
 */
function record(signature, fields) {
  const all = [[4, signature], ...fields];
  const bytes = new Uint8Array(all.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of all) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true); // of a value of 8 bytes, the upper half is 0
    at += width;
  }
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}
