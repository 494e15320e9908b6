// Every text of the interface, in one place. A second language is a second object of the same shape.

const en = {
  title: 'bioner: biomedical entities, found on this device',
  skip: 'Skip to the text',
  tagline: 'Biomedical entities, found on this device',
  promise: 'Nothing you paste leaves this tab',
  themeToLight: 'Light colours',
  themeToDark: 'Dark colours',

  composeTitle: 'Text and settings',
  inputLabel: 'Text',
  inputPlaceholder: 'Paste an abstract, a clinical note, a trial record…',
  examplesLabel: 'Examples',
  examples: { abstract: 'Abstract', 'discharge-note': 'Discharge note', 'trial-eligibility': 'Trial eligibility' },
  dropHint: 'Drop a text file here',
  openFile: 'Open a .txt file',
  clearInput: 'Clear',
  size: (/** @type {number} */ characters, /** @type {number} */ words) =>
    `${number(characters)} ${plural(characters, 'character', 'characters')}, ${number(words)} ${plural(words, 'word', 'words')}`,
  sizeOver: (/** @type {number} */ characters, /** @type {number} */ limit) =>
    `${number(characters)} characters; at most ${number(limit)} at once`,
  sizeEmpty: 'The text stays in this tab.',
  fromFile: (/** @type {string} */ name, /** @type {string} */ size) => `${name}: ${size}`,

  typesLabel: 'Entity types',
  typesNote: 'Any name can be asked for. The model was tuned on the ones above; others work less surely.',
  newTypeLabel: 'Another entity type',
  newTypePlaceholder: 'Another type, such as Symptom',
  addType: 'Add',
  removeType: (/** @type {string} */ type) => `Remove ${type}`,
  formatLabel: 'Output format',
  formatDefault: (/** @type {string} */ name) => `${name} (recommended)`,
  formatPending: 'After the model is loaded',
  formatNote: 'How the model writes its answer. The twelve are our reconstruction from the literature; the model was tuned for the recommended one.',

  runTitle: 'Extraction',
  extract: 'Extract entities',
  cancel: 'Cancel',
  retry: 'Try again',

  status: {
    loading: () => 'Loading the model.',
    waiting: () => 'Loading the model. Your text is next.',
    ready: () => 'Ready. Works without a connection from here on.',
    working: (/** @type {number} */ done, /** @type {number} */ total) =>
      total ? `Reading: ${number(done)} of ${number(total)} sentences.` : 'Reading.',
    restarting: () => 'Starting the model again.',
    done: (/** @type {number} */ entities, /** @type {number} */ sentences, /** @type {number} */ seconds) =>
      entities
        ? `${number(entities)} ${plural(entities, 'entity', 'entities')} in ${number(sentences)} ${plural(sentences, 'sentence', 'sentences')}, ${duration(seconds)}.`
        : `No entity of these types in ${number(sentences)} ${plural(sentences, 'sentence', 'sentences')}, ${duration(seconds)}.`,
    cancelled: (/** @type {number} */ done, /** @type {number} */ total) =>
      total
        ? `Cancelled after ${number(done)} of ${number(total)} sentences. What was found so far is kept.`
        : 'Cancelled.',
    example: (/** @type {string} */ name) => `Example in place: ${name}.`,
    copied: (/** @type {string} */ name) => `Copied as ${name}.`,
    notCopied: () => 'The browser did not allow copying. Download the file instead.',
    downloaded: (/** @type {string} */ name) => `Saved as ${name}.`,
    failed: (/** @type {string} */ message) => message,
  },
  loadProgress: (/** @type {number} */ loaded, /** @type {number} */ total, /** @type {number} */ cached) =>
    loaded >= total && total
      ? 'Preparing the model'
      : `${bytes(loaded)} of ${bytes(total)}${cached ? `, ${cached === loaded ? 'kept on this device' : `${bytes(cached)} kept on this device`}` : ''}`,
  loadRetry: (/** @type {number} */ attempt) => `The connection is slow or was lost; attempt ${attempt}`,
  workProgress: (
    /** @type {number} */ rate, /** @type {number} */ left, /** @type {number} */ done, /** @type {number} */ total,
  ) => `${number(done)}/${number(total)}, ${decimal(rate)} sentences/s, about ${duration(Math.max(1, Math.round(left)))} left`,

  errors: {
    empty: () => 'There is no text yet. Paste one, drop a file, or take an example.',
    noTypes: () => 'No entity type is chosen. Choose at least one, or add your own.',
    typeName: () => 'That cannot be the name of a type: use letters, digits, spaces and hyphens, and no name twice.',
    file: (/** @type {string} */ name) =>
      `${name} is not plain text. Save it as .txt, or copy the text out of it and paste it here.`,
    largeFile: (/** @type {string} */ name, /** @type {number} */ limit) =>
      `${name} is far too large: the page takes ${number(limit)} characters at once. Split it, or use the command line, which has no limit: bioner extract FILE.`,
    example: () => 'The example could not be fetched. Check the connection and try again.',
    'text-too-large': (/** @type {number} */ characters, /** @type {number} */ limit) =>
      `The text has ${number(characters)} characters; the page takes ${number(limit)} at once. Split it, or use the command line, which has no limit: bioner extract FILE.`,
    /** @type {Record<string, (detail: string) => string>} */
    byCode: {
      'wasm-missing': () =>
        'This browser does not run WebAssembly, or a policy forbids it here. Chrome or Edge 91, Firefox 114, Safari 16.4 and later do.',
      'simd-missing': () =>
        'This browser, or the processor it runs on, lacks WebAssembly SIMD, which the model needs. Chrome or Edge 91, Firefox 114, Safari 16.4 and later have it.',
      'worker-missing': () =>
        'This browser does not start web workers here. Chrome or Edge 91, Firefox 114, Safari 16.4 and later do.',
      'insecure-context': () =>
        'The model can only be verified on a page opened over https, or from localhost. Open this page that way.',
      module: () => 'The program itself could not be loaded. Check the connection and try again.',
      network: (detail) =>
        `The model could not be downloaded. Check the connection and try again: what has arrived is kept. (${detail})`,
      'model-manifest': (detail) => `There is no usable model on this site. Put its files back in place. (${detail})`,
      'model-checksum': (detail) =>
        `The model's files are not the ones they should be. Try again; if it stays so, they have to be replaced on this site. (${detail})`,
      'model-file': (detail) => `The model's files are damaged and have to be replaced on this site. (${detail})`,
      'model-unsupported': (detail) => `This model is of a kind that does not run here. (${detail})`,
      crashed: () =>
        'The model stopped unexpectedly, perhaps for want of memory. What was found so far is kept, and it starts again by itself with the next text.',
    },
  },
  warnings: {
    storage: () =>
      'The model could not be kept on this device (storage full, or a private window): it will be downloaded again at the next visit. Everything else works.',
  },

  resultsTitle: 'Result',
  stale: 'The text or the settings above have changed since. Extract again to see what that changes.',
  legendLabel: 'Types and how many of each; press one to hide or show it',
  showLabels: 'Labels',
  annotatedLabel: 'The text with its entities marked',
  tip: (/** @type {string} */ type, /** @type {number} */ score) => `${type}, score ${score.toFixed(2)}`,

  entitiesTitle: 'Entities',
  findLabel: 'Find in the entities',
  findPlaceholder: 'Find',
  columns: { text: 'Mention', type: 'Type', start: 'Place', score: 'Score' },
  columnHints: {
    text: 'Sort by mention',
    type: 'Sort by type',
    start: 'Sort by place in the text (first character, counted from 0)',
    score: "Sort by score (the model's own probability)",
  },
  jump: 'Show in the text',
  noneYet: 'None found yet.',
  noneFound: 'No entity of the chosen types was found.',
  noneShown: 'None matches. Clear the search, or show hidden types.',
  pagerLabel: 'Pages of the table',
  pageBack: 'Back',
  pageOn: 'Next',
  page: (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ all) =>
    `${number(from)} to ${number(to)} of ${number(all)}`,

  rawTitle: 'As the model wrote it',
  rawNote: (/** @type {string} */ format) => format,
  rawMore: (/** @type {number} */ left) => `Show more (${number(left)} left)`,

  exportLabel: 'Export the entities',
  exportDownload: (/** @type {string} */ name) => `Download ${name}`,
  exportCopy: (/** @type {string} */ name) => `Copy ${name}`,
  exportNames: { json: 'JSON', csv: 'CSV', brat: 'BRAT', pubtator: 'PubTator' },
  exportUnits: {
    json: 'Offsets in UTF-16 code units, as JavaScript counts',
    csv: 'Offsets in UTF-16 code units, as JavaScript counts',
    brat: 'Standoff (.ann); offsets in code points, as Python counts',
    pubtator: 'First line as title; offsets in code points, as Python counts',
  },

  privacyTitle: 'What you paste stays here',
  privacyText:
    'The model is downloaded once and runs inside this tab. The page carries a Content-Security-Policy with which your browser refuses every connection to any address but the one this page came from, for the page and for the model alike; and once the model is loaded, extraction asks for nothing from there either.',
  privacyCheck:
    'To see for yourself: open the network panel of your browser, or disconnect after loading. It keeps working. Texts are not stored; only the model and your choice of colours are kept on this device.',
  modelTitle: 'The model',
  modelNote: (/** @type {string} */ name, /** @type {number} */ size, /** @type {string | undefined} */ licence) =>
    `${name}, ${bytes(size)}${licence ? `, ${licence}` : ''}. It writes the entities as text, under a grammar that lets it copy only what the sentence says.`,
  modelPending: 'A small language model writes the entities as text, under a grammar that lets it copy only what the sentence says.',
  careText: 'It misses things and makes mistakes. For research and orientation; not a medical device.',
};

/** The interface's words in the reader's language. */
export const text = en;
export const language = 'en';

/** @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}

/** @param {number} value */
function decimal(value) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** @param {number} value */
function bytes(value) {
  return `${decimal(value / 1e6)} MB`;
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 10) return `${decimal(Math.max(seconds, 0.1))} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
function plural(count, one, many) {
  return new Intl.PluralRules(language).select(count) === 'one' ? one : many;
}
