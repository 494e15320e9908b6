// The entities of many documents as one file; where a format has files for each document, in an archive.

import { asOneFile } from '../../shared/exports.js';
import { filesOf } from '../exports.js';

/**
 * @param {import('../../shared/documents.js').ExportFormat} format
 * @param {import('../exports.js').Document[]} documents
 * @returns {{ content: string | Blob, extension: string, mime: string }}
 */
export function exportAll(format, documents) {
  return asOneFile(format, filesOf(format.name, documents));
}
