// Documents as one file to be handed out. What is in the files, Rust writes (documents/).

import { zip } from './zip.js';

/** What the formats are called; the same in every language. One that is not listed has its own name. @type {Record<string, string>} */
export const EXPORT_NAMES = {
  csv: 'CSV',
  json: 'JSON',
  pubtator: 'PubTator',
  brat: 'BRAT',
  'bioc-xml': 'BioC XML',
  'bioc-json': 'BioC JSON',
  'json-lines': 'JSON Lines',
  conll: 'CoNLL',
  'web-annotation': 'Web Annotation',
  xmi: 'UIMA CAS XMI',
  doccano: 'doccano',
  'label-studio': 'Label Studio',
};

/**
 * The files of a format as one: in an archive, where it has files for each document.
 *
 * @param {import('./documents.js').ExportFormat} format
 * @param {import('./documents.js').OutFile[]} files
 * @returns {{ content: string | Blob, extension: string, mime: string }}
 */
export function asOneFile({ extension, mime, filesPerDocument }, files) {
  if (filesPerDocument) return { content: zip(files), extension: 'zip', mime: 'application/zip' };
  return { content: files.map(({ content }) => content).join(''), extension, mime };
}
