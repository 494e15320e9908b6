// A zip archive with Node alone. The same files give the same bytes: sorted, and all of one date.
import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;
const STORED = /\.(bin|png|zip)$/; // quantized weights do not get smaller

/**
 * @param {Record<string, string>} files  Name in the archive -> path.
 * @returns {Generator<Uint8Array>} the archive, in pieces
 */
export function* zip(files) {
  const directory = [];
  let offset = 0;
  for (const name of Object.keys(files).sort()) {
    const bytes = readFileSync(files[name]);
    const method = STORED.test(name) ? 0 : 8;
    const body = method ? deflateRawSync(bytes, { level: 9 }) : bytes;
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26); // what both headers have
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path]);
    const central = Buffer.alloc(14); // comment, disk and attributes are all 0
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, central, path);
    yield local;
    yield body;
    offset += local.length + body.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  yield entries;
  yield end;
}
