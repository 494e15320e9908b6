// The text in a file: UTF-8, UTF-16 with its mark, or what old programs wrote. Told apart in Rust
// (documents/).

import { documents } from '../../shared/documents.js';

/**
 * The text, or undefined where the bytes are not plain text.
 *
 * @param {Uint8Array} bytes
 * @returns {string | undefined}
 */
export const decodeText = (bytes) => documents().decode(bytes);
