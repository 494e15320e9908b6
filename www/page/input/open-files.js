// Files on their way in, chosen or dropped: a text goes into the box, several documents into the
// list, a model into use.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';
import { later } from '../lazy.js';
import { decodeText } from '../documents/text-file.js';

const LARGEST_FILE = 50_000_000; // bytes; what is larger is not even read

/**
 * @typedef {import('../documents/read.js').Fresh} Fresh
 * @typedef {import('../state/state.js').FileProblem} FileProblem
 * @typedef {{ name: string, text: string }} Opened
 */

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('../documents/collection.js').Documents} documents
 * @param {(text: string, name: string) => void} put  Puts a text into the box.
 */
export function mountFiles(state, session, documents, put) {
  /** @param {File[]} files */
  const take = async (files) => {
    const model = files.find(isModel);
    if (model) return session.useModel(model);
    state.set({ problems: [] });
    try {
      await later.documents();
    } catch (error) {
      return session.tell(error);
    }
    /** Files of which nothing is taken: told at once, and listed where what is told next would hide it. @type {FileProblem[]} */
    const refused = [];
    const refuse = (/** @type {string} */ file, /** @type {string} */ code, /** @type {string} */ message) => {
      session.refuse(message);
      refused.push({ file, code, message: '' });
    };
    /** @type {Opened[]} */
    const opened = [];
    for (const file of files) {
      const text = await read(file, refuse);
      if (text !== undefined) opened.push({ name: file.name, text });
    }
    /** @type {Fresh[]} */
    const fresh = [];
    /** @type {FileProblem[]} */
    const problems = [];
    let skipped = 0;
    for (const { file, annotations } of withAnnotations(opened)) {
      if (!annotations && isAnnotations(file)) {
        refuse(file.name, 'annotations-alone', words.errors.annotationsAlone(file.name));
        continue;
      }
      if (!file.text.trim()) {
        refuse(file.name, 'no-documents', words.errors.noDocuments(file.name));
        continue;
      }
      const content = await documentsIn(file, annotations);
      if (!content) continue;
      if (content.kind === 'text') {
        if (files.length === 1) return put(content.text, file.name);
        fresh.push({ name: file.name, text: content.text });
        continue;
      }
      problems.push(...content.problems.map((problem) => ({ ...problem, file: (annotations ?? file).name })));
      state.set({ problems });
      if (!content.documents.length) {
        refuse(file.name, 'no-documents', words.errors.noDocuments(file.name));
      }
      fresh.push(...content.documents);
      skipped += content.skipped - content.problems.length;
    }
    const few = fresh.filter(({ text }) => text.trim());
    skipped += fresh.length - few.length;
    if (files.length > 1 && refused.length) {
      problems.push(...refused);
      state.set({ problems: [...problems] });
    }
    if (!few.length) return;
    documents.add(few);
    session.settle();
    session.say(() => words.status.added(few.length, skipped, problems.length));
  };

  const picker = /** @type {HTMLInputElement} */ (byId('file'));
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    picker.value = ''; // so that the same file can be taken again
    if (files.length) take(files);
  });
  acceptDrops(take);

  /**
   * @param {Opened} file
   * @param {Opened | undefined} annotations
   */
  const documentsIn = async (file, annotations) => {
    const { contentOf, readBrat } = await later.read();
    if (annotations) return { kind: /** @type {const} */ ('documents'), ...readBrat(file.name, file.text, annotations.text) };
    const content = contentOf(file.name, file.text);
    if (content.kind !== 'table') return content;
    const found = await (await later.columns()).askColumns(file.name, content.rows);
    if (!found) return undefined;
    const { problems } = content;
    return { kind: /** @type {const} */ ('documents'), ...found, problems, skipped: found.skipped + problems.length };
  };
}

/** @param {{ name: string }} file */
const isAnnotations = ({ name }) => /\.ann$/i.test(name);

/**
 * Every file by itself, except that brat has the annotations of a text in a file beside it.
 *
 * @param {Opened[]} opened
 * @returns {{ file: Opened, annotations?: Opened }[]}
 */
function withAnnotations(opened) {
  const stem = (/** @type {Opened} */ { name }) => name.replace(/\.(txt|ann)$/i, '').toLowerCase();
  const beside = new Map(opened.filter(isAnnotations).map((file) => [stem(file), file]));
  const texts = new Set(opened.filter(({ name }) => /\.txt$/i.test(name)).map(stem));
  return opened
    .filter((file) => !isAnnotations(file) || !texts.has(stem(file)))
    .map((file) => ({ file, annotations: /\.txt$/i.test(file.name) ? beside.get(stem(file)) : undefined }));
}

/** @param {File} file */
const isModel = (file) => /\.gguf$/i.test(file.name);

/**
 * @param {File} file
 * @param {(file: string, code: string, message: string) => void} refuse
 */
async function read(file, refuse) {
  if (file.size > LARGEST_FILE) {
    return void refuse(file.name, 'text-too-large', words.errors.largeFile(file.name, MAX_TEXT_LENGTH));
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === undefined) refuse(file.name, 'not-text', words.errors.file(file.name));
  return text;
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
