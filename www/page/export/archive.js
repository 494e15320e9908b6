// The entities of many documents as one file to download.

import { asOneFile } from '../../shared/exports.js';
import { filesOf } from './files.js';

/**
 * One file, or an archive if the format has several files a document.
 *
 * @param {import('../../shared/documents.js').ExportFormat} format
 * @param {import('./files.js').Document[]} documents
 * @returns {{ content: string | Blob, extension: string, mime: string }}
 */
export function exportAll(format, documents) {
  return asOneFile(format, filesOf(format.name, documents));
}
