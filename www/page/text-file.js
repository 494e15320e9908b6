// The text in a file: UTF-8, UTF-16 with its mark, or what old programs wrote.

/**
 * The text, or undefined where the bytes are not plain text.
 *
 * @param {Uint8Array} bytes
 * @returns {string | undefined}
 */
export function decodeText(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (isBinary(bytes)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Whether the first kilobyte says so: a PDF, or control characters no text has (a NUL now and then
 * is borne).
 *
 * @param {Uint8Array} bytes
 */
function isBinary(bytes) {
  const head = bytes.subarray(0, 1024);
  if (new TextDecoder('latin1').decode(head.subarray(0, 5)) === '%PDF-') return true;
  const controls = head.filter((byte) => byte < 32 && ![9, 10, 12, 13].includes(byte)).length;
  return controls > head.length / 50;
}
