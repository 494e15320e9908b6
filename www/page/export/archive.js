// The entities of many documents as one file; where a format has files for each document, in an archive.

import { filesOf } from './files.js';
import { zip } from '../../shared/zip.js';

/**
 * @param {import('../../shared/documents.js').ExportFormat} format
 * @param {import('./files.js').Document[]} documents
 * @returns {{ content: string | Blob, extension: string, mime: string }}
 */
export function exportAll({ name, extension, mime, filesPerDocument }, documents) {
  const files = filesOf(name, documents);
  if (filesPerDocument) return { content: zip(files), extension: 'zip', mime: 'application/zip' };
  return { content: files.map(({ content }) => content).join(''), extension, mime };
}
