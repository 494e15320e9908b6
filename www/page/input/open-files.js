// Opens files: a text goes into the text box, several documents into the list, and a model into use.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { documents as documentsModule, ready } from '../../shared/documents.js';
import { reviewWords } from '../../text/review.js';
import { text as words } from '../../text.js';
import { contentOf, readBrat, readTable } from '../documents/read.js';
import { openReview } from '../review/queue/open.js';
import { isReviewFile } from '../review/queue/saved.js';
import { choiceOf } from '../state/format.js';
import { askForColumns } from './column-dialog.js';

const MAX_FILE_BYTES = 50_000_000; // a larger file is not read at all

/**
 * @typedef {import('../documents/read.js').NewDocument} NewDocument
 * @typedef {import('../state/state.js').FileProblem} FileProblem
 * @typedef {{ name: string, text: string }} TextFile
 * @typedef {(file: string, code: string, message: () => string) => void} Refuse
 */

/**
 * @param {File[]} files
 * @param {object} page
 * @param {import('../state/state.js').State} page.state
 * @param {import('../state/session.js').Session} page.session
 * @param {import('../documents/collection.js').Documents} page.documents
 * @param {import('../settings/presets.js').Presets} page.presets
 * @param {(text: string, name: string) => void} page.setText  Puts a text into the text box.
 */
export async function openFiles(files, { state, session, documents, presets, setText }) {
  const model = files.find(isModel);
  if (model) return session.useModel(model);
  state.set({ problems: [] });
  await ready();

  /** Files that are not taken. @type {FileProblem[]} */
  const refused = [];
  /** @type {Refuse} */
  const refuse = (file, code, message) => {
    session.showError(message);
    refused.push({ file, code, message: '' });
  };
  /** @type {NewDocument[]} */
  const found = [];
  /** @type {FileProblem[]} */
  const problems = [];
  let skipped = 0;
  /** Saved reviews that are opened: how many documents were added, and joined with those here. */
  const reviews = { added: 0, merged: 0 };
  for (const { file, annotations } of withAnnotations(await textFilesOf(files, refuse))) {
    if (!annotations && isBratAnnotations(file)) {
      refuse(file.name, 'annotations-alone', () => words.errors.annotationsAlone(file.name));
      continue;
    }
    if (!file.text.trim()) {
      refuse(file.name, 'no-documents', () => words.errors.noDocuments(file.name));
      continue;
    }
    if (isReviewFile(file.text)) {
      const { added, merged, made, problems: found } = openReview(file.text, { state, documents });
      problems.push(...found.map((problem) => ({ ...problem, file: file.name })));
      state.set({ problems: [...problems] });
      reviews.added += added;
      reviews.merged += merged;
      if (made) await takeSettings(made, state, presets);
      const isOther = found.some(({ code }) => code === 'review-version');
      if (!added && !merged)
        session.showError(() => reviewWords()[isOther ? 'otherVersion' : 'notOpened'](file.name));
      continue;
    }
    const content = await read(file, annotations);
    if (!content) continue; // the reader has cancelled
    if (content.kind === 'text') {
      if (files.length === 1) return setText(content.text, file.name);
      found.push({ name: file.name, text: content.text });
      continue;
    }
    problems.push(
      ...content.problems.map((problem) => ({ ...problem, file: (annotations ?? file).name })),
    );
    state.set({ problems });
    if (!content.documents.length)
      refuse(file.name, 'no-documents', () => words.errors.noDocuments(file.name));
    found.push(...content.documents);
    skipped += content.skipped - content.problems.length;
  }
  const withText = found.filter(({ text }) => text.trim());
  skipped += found.length - withText.length;
  if (files.length > 1 && refused.length) {
    // The status line shows the last message only, so they are listed too.
    problems.push(...refused);
    state.set({ problems: [...problems] });
  }
  if (reviews.added + reviews.merged) {
    session.clearError();
    const { added, merged } = reviews;
    session.showMessage(() => reviewWords().opened(added, merged, problems.length));
  }
  if (!withText.length) return;
  await documents.add(withText); // before they are said to be there, so that a reload finds them
  session.clearError();
  session.showMessage(() => words.status.added(withText.length, skipped, problems.length));
}

/**
 * Sets the types and the output format with which the results of a review were found, as far as the reader has
 * chosen none. Otherwise the review would differ from settings that nobody has made.
 *
 * @param {import('../storage/document-store.js').StoredResults} made
 * @param {import('../state/state.js').State} state
 * @param {import('../settings/presets.js').Presets} presets
 */
async function takeSettings({ types, format }, state, presets) {
  await presets.take(types, false).catch(() => {}); // what cannot be taken is offered with the result
  const { model, format: now } = state.values;
  if (now === undefined && model?.formats.includes(format))
    state.set({ format: choiceOf(format, { model, chosen: types }) });
}

/**
 * What is in a file; undefined if the reader cancels the dialog about its columns.
 *
 * @param {TextFile} file
 * @param {TextFile | undefined} annotations
 */
async function read(file, annotations) {
  const kind = /** @type {const} */ ('documents');
  if (annotations) return { kind, ...readBrat(file.name, file.text, annotations.text) };
  const content = contentOf(file.name, file.text);
  if (content.kind !== 'table') return content;
  const columns = await askForColumns(file, content.rows);
  return columns && { kind, ...readTable(file.name, file.text, columns) };
}

/** @param {{ name: string }} file */
const isModel = ({ name }) => /\.gguf$/i.test(name);

/** @param {{ name: string }} file */
const isBratAnnotations = ({ name }) => /\.ann$/i.test(name);

/**
 * Pairs each text with its annotations: brat has them in a file of the same name.
 *
 * @param {TextFile[]} files
 * @returns {{ file: TextFile, annotations?: TextFile }[]}
 */
function withAnnotations(files) {
  const stem = (/** @type {TextFile} */ { name }) =>
    name.replace(/\.(txt|ann)$/i, '').toLowerCase();
  const isText = (/** @type {TextFile} */ { name }) => /\.txt$/i.test(name);
  const annotations = new Map(files.filter(isBratAnnotations).map((file) => [stem(file), file]));
  const texts = new Set(files.filter(isText).map(stem));
  return files
    .filter((file) => !isBratAnnotations(file) || !texts.has(stem(file)))
    .map((file) => ({ file, annotations: isText(file) ? annotations.get(stem(file)) : undefined }));
}

/**
 * The texts of the files. Those that are too large or not plain text are refused.
 *
 * @param {File[]} files
 * @param {Refuse} refuse
 */
async function textFilesOf(files, refuse) {
  /** @type {TextFile[]} */
  const texts = [];
  for (const file of files) {
    const { name } = file;
    if (file.size > MAX_FILE_BYTES) {
      refuse(name, 'text-too-large', () => words.errors.largeFile(name, MAX_TEXT_LENGTH));
      continue;
    }
    const text = documentsModule().decode(new Uint8Array(await file.arrayBuffer()));
    if (text === undefined) refuse(name, 'not-text', () => words.errors.file(name));
    else texts.push({ name, text });
  }
  return texts;
}
