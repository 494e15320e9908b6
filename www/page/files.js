// Files on their way in, chosen or dropped: a text goes into the box, several documents into the
// list, a model into use.

import { MAX_TEXT_LENGTH } from '../client.js';
import { text as words } from '../text.js';
import { byId } from './dom.js';
import { later } from './later.js';
import { decodeText } from './text-file.js';

const LARGEST_FILE = 50_000_000; // bytes; what is larger is not even read

/**
 * @typedef {import('./documents/read.js').Fresh} Fresh
 *
 * @param {import('./session.js').Session} session
 * @param {import('./documents/collection.js').Documents} documents
 * @param {(text: string, name: string) => void} put  Puts a text into the box.
 */
export function mountFiles(session, documents, put) {
  /** @param {File[]} files */
  const take = async (files) => {
    const model = files.find(isModel);
    if (model) return session.useModel(model);
    /** @type {Fresh[]} */
    const fresh = [];
    let skipped = 0;
    for (const file of files) {
      const content = await read(file, session);
      if (!content) continue;
      if (content.kind === 'text' && files.length === 1) return put(content.text, file.name);
      if (content.kind === 'text') fresh.push({ name: file.name, text: content.text });
      else {
        const found = content.kind === 'table' ? await (await later.columns()).askColumns(file.name, content.rows) : content;
        if (!found) continue;
        if (!found.documents.length) session.refuse(words.errors.noDocuments(file.name));
        fresh.push(...found.documents);
        skipped += found.skipped;
      }
    }
    const few = fresh.filter(({ text }) => text.trim());
    skipped += fresh.length - few.length;
    if (!few.length) return;
    documents.add(few);
    session.settle();
    session.say(() => words.status.added(few.length, skipped));
  };

  const picker = /** @type {HTMLInputElement} */ (byId('file'));
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    picker.value = ''; // so that the same file can be taken again
    if (files.length) take(files);
  });
  acceptDrops(take);
}

/** @param {File} file */
const isModel = (file) => /\.gguf$/i.test(file.name);

/**
 * @param {File} file
 * @param {import('./session.js').Session} session
 */
async function read(file, session) {
  if (file.size > LARGEST_FILE) return session.refuse(words.errors.largeFile(file.name, MAX_TEXT_LENGTH));
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) return session.refuse(words.errors.file(file.name));
  return (await later.read()).contentOf(file.name, text);
}

/**
 * Files let go anywhere on the page: beside the box they must not make the browser leave the page.
 *
 * @param {(files: File[]) => void} take
 */
function acceptDrops(take) {
  const zone = byId('drop-zone');
  let depth = 0;
  const carriesFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (event) => {
    if (carriesFile(event)) zone.classList.toggle('dropping', ++depth > 0);
  });
  addEventListener('dragleave', (event) => {
    if (carriesFile(event)) zone.classList.toggle('dropping', --depth > 0);
  });
  addEventListener('dragover', (event) => {
    if (carriesFile(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    depth = 0;
    zone.classList.remove('dropping');
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) take(files);
  });
}
