// A review as a file: the documents with what was found and decided, to go on with on another machine.

import { wholeFrom } from '../../entities/edits.js';
import { outermostFirst } from '../../entities/order.js';
import { toStored } from '../../documents/stored.js';

const FORMAT = 'bioner-review';
const VERSION = 1;

/**
 * @typedef {import('../../documents/read.js').NewDocument} NewDocument
 * @typedef {import('../../documents/read.js').Problem} Problem
 * @typedef {import('../../documents/collection.js').Document} Document
 * @typedef {import('../../entities/edits.js').Edit} Edit
 * @typedef {Record<string, unknown>} Plain
 */

/** Whether a file is a saved review, or part of one. @param {string} text */
export const isReviewFile = (text) =>
  new RegExp(`^\\s*\\{\\s*"format"\\s*:\\s*"${FORMAT}"`).test(text.slice(0, 200));

/**
 * The content of the file. A line is a document, so that the line of a mistake can be told.
 *
 * @param {readonly Document[]} documents
 */
export function reviewFile(documents) {
  const lines = documents.map((document) => {
    const { key: _, error: __, results, ...stored } = toStored(document);
    // Attributes are found anew; what the reader has changed of them is among the decisions.
    return JSON.stringify({
      ...stored,
      ...(results && { results: { ...results, annotation: undefined } }),
    });
  });
  return `{"format": "${FORMAT}", "version": ${VERSION}, "documents": [\n${lines.join(',\n')}\n]}\n`;
}

/** What is wrong with a document of the file; everything else is read. */
class Bad extends Error {}

/**
 * The documents of a saved review. Those that are damaged are left out and named in the problems.
 *
 * @param {string} text
 * @returns {{ documents: NewDocument[], problems: Problem[] }}
 */
export function readReviewFile(text) {
  /** @type {Problem[]} */
  const problems = [];
  /** @type {NewDocument[]} */
  const documents = [];
  const take = (/** @type {unknown} */ value, /** @type {number | undefined} */ line) => {
    try {
      documents.push(checkedDocument(object(value, 'a document')));
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      problems.push(problem('review', error.message, line));
    }
  };
  const whole = parsed(text);
  if (whole) {
    const { version, documents: all } = /** @type {Plain} */ (whole);
    if (version !== VERSION)
      return { documents, problems: [problem('review-version', `version ${version}`)] };
    if (!Array.isArray(all))
      return { documents, problems: [problem('review', '"documents" is no list')] };
    // As written, the first document stands in the second line.
    for (const [i, value] of all.entries()) take(value, i + 2);
    return { documents, problems };
  }
  // The file is cut off or damaged: each line that is whole is a document.
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const content = line.trim().replace(/,$/, '');
    if (i === 0 || !content || content === ']}') continue;
    const value = parsed(content);
    if (value) take(value, i + 1);
    else
      problems.push(
        problem(i === lines.length - 1 ? 'truncated' : 'syntax', 'not valid JSON', i + 1),
      );
  }
  if (!problems.length) problems.push(problem('truncated', 'the end is missing', lines.length));
  return { documents, problems };
}

/** @param {string} code @param {string} message @param {number} [line] @returns {Problem} */
const problem = (code, message, line) => ({ line, code, message });

/** The value of a JSON text; undefined if it is none. @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {Plain} value
 * @returns {NewDocument}
 */
function checkedDocument(value) {
  const text = string(value.text, 'text');
  const given = value.given === undefined ? undefined : list(value.given, 'given');
  const titleEnd =
    value.titleEnd === undefined ? undefined : offset(value.titleEnd, text, 'titleEnd');
  const results = value.results === undefined ? undefined : object(value.results, 'results');
  return {
    name: string(value.name, 'name'),
    text,
    ...(titleEnd !== undefined && { titleEnd }),
    ...(given && {
      given: given.map((one) => checkedEntity(one, text)),
      givenTypes: strings(value.givenTypes ?? [], 'givenTypes'),
    }),
    ...(value.edit !== undefined && { edit: checkedEdit(object(value.edit, 'edit'), text, []) }),
    ...(results && { results: checkedResults(results, text) }),
  };
}

/**
 * @param {Plain} value
 * @param {string} text
 * @returns {import('../../storage/document-store.js').StoredResults}
 */
function checkedResults(value, text) {
  const types = strings(value.types, 'types');
  return {
    types,
    format: string(value.format, 'format'),
    found: list(value.found, 'found')
      .map((one) => scoredEntity(one, text))
      .sort(outermostFirst),
    raw: list(value.raw, 'raw').map((one) => {
      const answer = object(one, 'an answer');
      return { ...span(answer, text), text: string(answer.text, 'an answer') };
    }),
    total: typeof value.total === 'number' ? value.total : 0,
    wanted: checkedWanted(object(value.wanted ?? {}, 'wanted')),
    edit: checkedEdit(object(value.edit ?? {}, 'edit'), text, types),
  };
}

const ORIGINS = ['abbreviation', 'repeat', 'added', 'edited'];

/**
 * @param {unknown} value
 * @param {string} text
 * @returns {any}
 */
function checkedEntity(value, text) {
  const entity = object(value, 'an entity');
  const { start, end } = span(entity, text);
  const { score, origin } = entity;
  if (entity.text !== text.slice(start, end)) throw new Bad(`another text stands at ${start}`);
  if (score !== undefined && !(typeof score === 'number' && score >= 0 && score <= 1))
    throw new Bad('a score is not between 0 and 1');
  if (origin !== undefined && !ORIGINS.includes(/** @type {string} */ (origin)))
    throw new Bad('an origin is unknown');
  const type = string(entity.type, 'type');
  if (!type.trim()) throw new Bad('an entity has no type');
  // Further fields, such as an identifier, stay.
  return { ...entity, start, end, type };
}

/** @param {unknown} value @param {string} text */
function scoredEntity(value, text) {
  const entity = checkedEntity(value, text);
  if (entity.score === undefined) throw new Bad('a score is missing');
  return entity;
}

/**
 * @param {Plain} value
 * @param {string} text
 * @param {string[]} types  Those that were asked for.
 * @returns {Partial<Edit>}
 */
function checkedEdit(value, text, types) {
  const keys = (/** @type {string} */ name) => strings(value[name] ?? [], name);
  return {
    removed: keys('removed'),
    added: list(value.added ?? [], 'added').map((one) => scoredEntity(one, text)),
    accepted: keys('accepted'),
    acceptedTogether: keys('acceptedTogether'),
    whole: wholeFrom(Array.isArray(value.whole) ? keys('whole') : value.whole, types),
    ...(value.attributes !== undefined && {
      attributes: checkedAttributes(object(value.attributes, 'attributes')),
    }),
  };
}

/** @param {Plain} value @returns {import('../../entities/attributes.js').Wanted} */
const checkedWanted = ({ assertion, sections, link }) => ({
  assertion: assertion === true,
  sections: sections === true,
  link: link === true,
});

/** The values that each attribute may have. An identifier is a text, or null where none is meant. */
const ATTRIBUTES = {
  assertion: ['present', 'absent', 'possible'],
  temporality: ['current', 'historical', 'hypothetical'],
  experiencer: ['patient', 'family'],
};

/**
 * @param {Plain} value
 * @returns {Record<string, import('../../entities/attributes.js').AttributeChange>}
 */
function checkedAttributes(value) {
  for (const change of Object.values(value)) {
    const { id, ...said } = object(change, 'an attribute');
    if (id !== undefined && id !== null) string(id, 'id');
    for (const [name, one] of Object.entries(said)) {
      const known = /** @type {Record<string, unknown[]>} */ (ATTRIBUTES)[name];
      if (!known?.includes(one)) throw new Bad('an attribute has an unknown value');
    }
  }
  return /** @type {any} */ (value);
}

/** @param {Plain} value @param {string} text */
function span({ start, end }, text) {
  const checked = { start: offset(start, text, 'start'), end: offset(end, text, 'end') };
  if (checked.start >= checked.end) throw new Bad(`nothing stands at ${checked.start}`);
  return checked;
}

/** @param {unknown} value @param {string} text @param {string} name @returns {number} */
function offset(value, text, name) {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > text.length)
    throw new Bad(`"${name}" is not in the text`);
  // Nor within a character that takes two code units.
  if (value > 0 && (text.codePointAt(value - 1) ?? 0) > 0xffff)
    throw new Bad(`"${name}" is within a character`);
  return value;
}

/** @param {unknown} value @param {string} name @returns {Plain} */
function object(value, name) {
  if (typeof value === 'object' && value && !Array.isArray(value))
    return /** @type {Plain} */ (value);
  throw new Bad(`${name} is no object`);
}

/** @param {unknown} value @param {string} name @returns {unknown[]} */
function list(value, name) {
  if (Array.isArray(value)) return value;
  throw new Bad(`"${name}" is no list`);
}

/** @param {unknown} value @param {string} name @returns {string} */
function string(value, name) {
  if (typeof value === 'string') return value;
  throw new Bad(`"${name}" is no text`);
}

/** @param {unknown} value @param {string} name */
const strings = (value, name) => list(value, name).map((one) => string(one, name));
