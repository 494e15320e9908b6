// The entities of many documents as one file to download.

import { zip } from '../../shared/zip.js';
import { filesOf } from './files.js';

/**
 * One file, or an archive if the format has several files a document.
 *
 * @param {import('../../shared/documents.js').ExportFormat} format
 * @param {import('./files.js').Document[]} documents
 * @returns {{ content: string | Blob, extension: string, mime: string }}
 */
export function exportAll({ name, extension, mime, filesPerDocument }, documents) {
  const files = filesOf(name, documents);
  if (filesPerDocument) return { content: zip(files), extension: 'zip', mime: 'application/zip' };
  return { content: files.map(({ content }) => content).join(''), extension, mime };
}
