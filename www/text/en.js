// The interface in English. The other languages have the same shape.

import { counted, decimal, duration, megabytes, number, score } from '../language.js';
import { typeProblemWords } from '../shared/type-problems.js';

/** What an export has left out. @param {number} hidden  Entities. */
const leftOut = (hidden) =>
  hidden
    ? `, without ${counted(hidden, 'entity that the filters hide', 'entities that the filters hide')}`
    : '';

export const en = {
  lang: 'en',
  title: 'bioner: biomedical entities, found on this device',
  skip: 'Skip to the text',
  tagline: 'Biomedical entities, found on this device',
  promise: 'Nothing you paste leaves this tab',
  themeToLight: 'Light colours',
  themeToDark: 'Dark colours',
  otherLanguage: 'Français',

  composeTitle: 'Text and settings',
  inputLabel: 'Text',
  inputPlaceholder: 'Paste an abstract, a clinical note, a trial record…',
  examplesLabel: 'Examples',
  examples: {
    abstract: 'Abstract',
    'discharge-note': 'Discharge note',
    'trial-eligibility': 'Trial eligibility',
  },
  dropHint: 'Drop text files here',
  openFile: 'Open files',
  openFileHint:
    'Text, CSV, JSON, PubTator, BioC, BRAT (.txt with .ann) or CoNLL files, one or many; or a model (.gguf)',
  clearInput: 'Clear',
  size: (/** @type {number} */ characters, /** @type {number} */ words) =>
    `${counted(characters, 'character', 'characters')}, ${counted(words, 'word', 'words')}`,
  sizeOver: (/** @type {number} */ characters, /** @type {number} */ limit) =>
    `${number(characters)} characters; at most ${number(limit)} at once`,
  sizeEmpty: 'The text stays in this tab.',
  fromFile: (/** @type {string} */ name, /** @type {string} */ size) => `${name}: ${size}`,

  typesLabel: 'Entity types',
  presetLabel: 'Preset',
  presets: {
    literature: 'Literature',
    note: 'Clinical note',
    trial: 'Trial criteria',
    safety: 'Drug safety',
  },
  presetOwn: 'Own choice',
  presetOffer: (/** @type {string} */ preset) =>
    `For this text there is the preset “${preset}”. You have chosen other types, so they stay.`,
  presetTake: 'Take the preset',
  typeHint: (
    /** @type {string} */ definition,
    /** @type {string} */ includes,
    /** @type {string} */ excludes,
  ) => `${definition}\nIncludes: ${includes}${excludes && `\nExcludes: ${excludes}`}`,
  typeUnknown: 'The model was not tuned on this type: it knows nothing of it but the name.',
  typesNote: 'Any name can be asked for. Names that the model was not tuned on work less reliably.',
  newTypeLabel: 'Another entity type',
  newTypePlaceholder: 'Another type, such as Variant',
  addType: 'Add',
  removeType: (/** @type {string} */ type) => `Remove ${type}`,
  formatLabel: 'Output format',
  formatDefault: (/** @type {string} */ name) => `${name} (recommended)`,
  formatPending: 'After the model is loaded',
  formatNote:
    'How the model writes its answer. Twelve formats are our reconstruction from the literature. The thirteenth, compact, is made for speed: one token says the type, and types without mentions are left out. The model was tuned mostly for the recommended one.',

  // Status, sections and identifiers. What is shown with a result is in attributes/.
  attributesLabel: 'About each entity',
  attributesAssertion: 'Absent, possible, in the family…',
  attributesAssertionHint:
    'Tell what the patient has from what is denied, suspected, past, or a relative’s',
  attributesSections: 'Sections',
  attributesSectionsHint: 'Find the headings of the text, and tell which entity is under which',
  attributesLink: 'Identifiers',
  attributesLinkNote:
    'MeSH, DrugBank, HPO, NCBI Taxonomy, or a vocabulary of your own. Fetches 3.5 MB once; your text stays here.',
  attributesLinkBusy: 'Fetching the vocabulary.',

  problems: (/** @type {number} */ count) =>
    `${counted(count, 'problem', 'problems')} in the files opened; everything else was read`,
  problemsMore: (/** @type {number} */ left) => `and ${number(left)} more`,
  problemPlace: (/** @type {string} */ file, /** @type {number | undefined} */ line) =>
    line === undefined ? `${file}:` : `${file}, line ${line}:`,
  problemKinds: {
    syntax: 'This does not follow the format.',
    truncated: 'The file ends too early.',
    columns: 'The number of columns is wrong.',
    missing: 'Something is missing.',
    io: 'The file cannot be read on from here.',
    offsets: 'Offsets do not fit the text.',
    mismatch: 'Another text stands at these offsets.',
    'text-too-large': 'This is too large.',
    'not-text': 'This is not plain text.',
    'no-documents': 'There is no text in it.',
    'annotations-alone':
      'Its annotations are without their text: open it together with the .txt file of the same name.',
    format: 'This is of no format that is read, or not of the one in its name.',
    review: 'This document of the saved review is damaged.',
    'review-version': 'The review was saved by another version.',
  },

  documentsTitle: 'Documents',
  documentsAgain: 'Start over',
  documentsAgainHint: 'Extract from all of them again, with the types and the format chosen now',
  documentsClear: 'Remove all',
  documentColumns: { name: 'Document', state: 'Entities', remove: 'Remove' },
  documentsPager: 'Pages of the documents',

  columnTitle: (/** @type {string} */ name) => `${name}: which column is the text?`,
  columnText: 'Text',
  columnTitleField: 'Title, put before the text',
  columnNoTitle: 'None',
  columnId: 'Name of each document',
  columnLines: 'Number of the line',
  columnHead: 'The first line has the names of the columns',
  columnPreview: 'The first documents begin as follows:',
  columnNumber: (/** @type {number} */ column) => `Column ${number(column)}`,
  columnTake: (/** @type {number} */ rows) => `Take ${counted(rows, 'document', 'documents')}`,
  dialogCancel: 'Cancel',
  dialogConfirm: 'Yes, do it',

  runTitle: 'Extraction',
  extract: 'Extract entities',
  cancel: 'Cancel',
  retry: 'Try again',
  extractAsk: (/** @type {number} */ lost, /** @type {boolean} */ isAll) =>
    `Extract from the text as it is now? ${counted(lost, 'correction of yours is', 'corrections of yours are')} on words that have changed, and will be lost.${isAll ? '' : ' The others are kept.'}`,

  status: {
    loading: () => 'Loading the model.',
    opening: (/** @type {string} */ name) => `Opening ${name}.`,
    waiting: () => 'Loading the model. Your text is next.',
    waitingDocuments: () => 'Loading the model. Your documents are next.',
    ready: () => 'Ready. Works without a connection from here on.',
    readyWith: (/** @type {string} */ name) =>
      `Ready, with ${name}. It is read from your file and not stored.`,
    working: (/** @type {number} */ done, /** @type {number} */ total) =>
      total ? `Reading: ${number(done)} of ${number(total)} sentences.` : 'Reading.',
    queue: (/** @type {number} */ done, /** @type {number} */ all, /** @type {string} */ name) =>
      `Document ${number(done + 1)} of ${number(all)}: ${name}.`,
    done: (
      /** @type {number} */ entities,
      /** @type {number} */ sentences,
      /** @type {number} */ seconds,
    ) =>
      entities
        ? `${counted(entities, 'entity', 'entities')} in ${counted(sentences, 'sentence', 'sentences')}, ${duration(seconds)}.`
        : `No entity of these types in ${counted(sentences, 'sentence', 'sentences')}, ${duration(seconds)}.`,
    queueDone: (
      /** @type {number} */ documents,
      /** @type {number} */ entities,
      /** @type {number} */ failed,
    ) =>
      `${counted(documents, 'document', 'documents')} done, ${counted(entities, 'entity', 'entities')}${failed ? `, ${number(failed)} failed` : ''}.`,
    cancelled: (/** @type {number} */ done, /** @type {number} */ total) =>
      total
        ? `Cancelled after ${number(done)} of ${number(total)} sentences. What was found so far is kept.`
        : 'Cancelled.',
    queueCancelled: (/** @type {number} */ waiting) =>
      `Cancelled. ${counted(waiting, 'document waits', 'documents wait')}; go on whenever you like.`,
    queueFound: (/** @type {number} */ waiting) =>
      `${counted(waiting, 'document of your last visit waits', 'documents of your last visit wait')}. Extract to go on.`,
    added: (
      /** @type {number} */ documents,
      /** @type {number} */ skipped,
      /** @type {number} */ problems,
    ) =>
      `${counted(documents, 'document', 'documents')} added${skipped ? `; ${counted(skipped, 'entry has no text and was', 'entries have no text and were')} left out` : ''}${problems ? `; ${counted(problems, 'problem is', 'problems are')} listed under the text` : ''}. Extract to work on ${documents === 1 ? 'it' : 'them'}.`,
    example: (/** @type {string} */ name) => `Example in place: ${name}.`,
    exampleWithPreset: (/** @type {string} */ name, /** @type {string} */ preset) =>
      `Example in place: ${name}. The types are those of the preset “${preset}”.`,
    copied: (/** @type {string} */ name, /** @type {number} */ hidden) =>
      `Copied as ${name}${leftOut(hidden)}.`,
    notCopied: () => 'The browser did not allow copying. Download the file instead.',
    downloaded: (/** @type {string} */ name, /** @type {number} */ hidden) =>
      `Saved as ${name}${leftOut(hidden)}.`,
    marked: (/** @type {number} */ count) => `${counted(count, 'mention', 'mentions')} marked.`,
    edited: () => 'Changed.',
    removed: (/** @type {string} */ mention) => `No longer marked: ${mention}.`,
    undone: () => 'Undone.',
    redone: () => 'Done again.',
    deleted: () =>
      'Deleted: documents, vocabularies, the kept model and settings. Nothing of bioner is kept on this device now.',
  },
  loadProgress: (
    /** @type {number} */ loaded,
    /** @type {number} */ total,
    /** @type {number} */ cached,
  ) =>
    loaded >= total && total
      ? 'Preparing the model'
      : `${megabytes(loaded)} of ${megabytes(total)}${cached ? `, ${cached === loaded ? 'kept on this device' : `${megabytes(cached)} kept on this device`}` : ''}`,
  loadRetry: (/** @type {number} */ attempt) =>
    `The connection is slow or was lost; attempt ${attempt}`,
  workProgress: (
    /** @type {number} */ rate,
    /** @type {number} */ left,
    /** @type {number} */ done,
    /** @type {number} */ total,
  ) =>
    `${number(done)}/${number(total)}, ${decimal(rate)} sentences/s, about ${duration(Math.max(1, Math.round(left)))} left`,

  errors: {
    withCode: (/** @type {string} */ sentence, /** @type {string} */ code) =>
      `${sentence} Code: ${code}.`,
    empty: () => 'There is no text yet. Paste one, drop a file, or take an example.',
    types: (/** @type {import('../client.d.ts').TypeProblem} */ problem) =>
      typeProblemWords('en', problem),
    file: (/** @type {string} */ name) =>
      `${name} is not plain text. Save it as .txt, or copy the text out of it and paste it here.`,
    noDocuments: (/** @type {string} */ name) =>
      `There is no text in ${name}. A .jsonl file has {"id", "text"} on every line, a PubTator file ID|t|title and ID|a|abstract.`,
    annotationsAlone: (/** @type {string} */ name) =>
      `${name} has annotations without their text. Open it together with the .txt file of the same name.`,
    largeFile: (/** @type {string} */ name, /** @type {number} */ limit) =>
      `${name} is far too large: the page takes ${number(limit)} characters at once. Split it, or use the command line, which takes longer texts: bioner extract FILE.`,
    example: () => 'The example could not be fetched. Check the connection and try again.',
    busy: () => 'The model is at work. Cancel first, or wait until it is done.',
    elsewhere: () => 'Another tab is working on these documents.',
    notFound: (/** @type {string} */ mention) =>
      `“${mention}” is not in the text, or is marked already.`,
    ownModel: (/** @type {string} */ name, /** @type {string} */ why) =>
      `${name} cannot be used; the current model stays in use. ${why}`,
    'text-too-large': (/** @type {number} */ characters, /** @type {number} */ limit) =>
      `The text has ${number(characters)} characters; the page takes ${number(limit)} at once. Split it, or use the command line, which takes longer texts: bioner extract FILE.`,
    /** @type {Record<string, (detail: string) => string>} */
    ownByCode: {
      'model-file': (detail) => `It is not an intact GGUF file. (${detail})`,
      'model-unsupported': (detail) => `It is of a kind that does not run here. (${detail})`,
      memory: () => 'This tab does not get enough memory for it. Close other tabs and programs.',
      crashed: (detail) =>
        `It does not fit into this tab's memory, or stopped unexpectedly. (${detail})`,
    },
    /** @type {Record<string, (detail: string) => string>} */
    byCode: {
      'wasm-missing': () =>
        'This browser does not run WebAssembly, or a policy forbids it here. Chrome or Edge 96, Firefox 114, Safari 16.4 and later do.',
      'simd-missing': () =>
        'This browser, or the processor it runs on, lacks WebAssembly SIMD, which the model needs. Chrome or Edge 96, Firefox 114, Safari 16.4 and later have it.',
      'worker-missing': () =>
        'This browser does not start web workers here. Chrome or Edge 96, Firefox 114, Safari 16.4 and later do.',
      'insecure-context': () =>
        'The model can only be verified on a page opened over https, or from localhost. Open this page that way.',
      module: () =>
        'The program itself could not be loaded. Check the connection and try again. If that does not help, reload the page: there may be a new version of it.',
      network: (detail) =>
        `The model could not be downloaded. Check the connection and try again: what has arrived is kept. (${detail})`,
      'model-manifest': (detail) =>
        `There is no usable model on this site. Put its files back in place. (${detail})`,
      'model-checksum': (detail) =>
        `The model's files are not the ones they should be. Try again; if that does not help, close all tabs of this page and open it again: there may be a new version of it. If that does not help either, the files have to be replaced on this site. (${detail})`,
      'model-file': (detail) =>
        `The model's files are damaged and have to be replaced on this site. (${detail})`,
      'model-unsupported': (detail) =>
        `This model is of a kind that does not run here. (${detail})`,
      memory: () =>
        'This tab does not get enough memory for the model. Close other tabs and programs, then try again. What was found so far is kept.',
      crashed: () =>
        'The model stopped unexpectedly, perhaps for want of memory. What was found so far is kept, and it starts again by itself with the next text.',
      input: (detail) => `The model cannot take this. (${detail})`,
      internal: (detail) =>
        `Something went wrong in the program. What was found so far is kept. (${detail})`,
    },
  },
  warnings: {
    unreadable: (/** @type {number} */ documents) =>
      `${counted(documents, 'stored document', 'stored documents')} cannot be read: another version of this page has stored ${documents === 1 ? 'it' : 'them'}, or ${documents === 1 ? 'it is' : 'they are'} damaged. Nothing of ${documents === 1 ? 'it' : 'them'} was changed; reload the page when there is a newer version.`,
    /** @type {(code: string) => string} */
    attributes: (code) =>
      code === 'vocabulary'
        ? 'The vocabulary could not be fetched, or is damaged. Entities are shown without identifiers; extract again to try again.'
        : 'Status, sections and identifiers could not be found: their module could not be loaded. Entities are shown without them; extract again to try again.',
    storage: () =>
      'The model could not be kept on this device (storage full, or a private window): it will be downloaded again at the next visit. Everything else works.',
  },

  resultsTitle: 'Result',
  boxResult: 'Back to the pasted text',
  staleText: 'The text above has changed since. Extract again to see what that changes.',
  staleSettings:
    'This result was found with other types or another output format than those set above. Extract again to see what that changes.',
  staleDocument:
    'This result was found with other types or another output format than those set above.',
  staleAgain: 'Extract from this document again',
  staleTake: 'Set those of this result',
  legendLabel: 'Types and how many of each; press one to hide or show it',
  filterLabel: 'What is shown and exported',
  thresholdLabel: 'Score at least',
  showLabels: 'Labels',
  abbreviations: 'Abbreviations',
  abbreviationsHint:
    'Mark every abbreviation that the text has defined, as in “Parkinson’s disease (PD)”',
  annotatedLabel: 'The text with its entities marked',
  annotatedHint:
    'Select words to mark them; press a mark to change it. The paler a mark, the less sure it is.',
  tip: (/** @type {string} */ type, /** @type {number} */ value) =>
    `${type}, score ${score(value)}`,
  tipOrigin: {
    abbreviation: 'abbreviation, with the score of its long form',
    repeat: 'named in an earlier sentence',
    added: 'marked by you',
    edited: 'changed by you',
  },

  review: 'Compare with the file',
  reviewHint: 'Show the annotations that the file came with beside those found here',
  reviewTitle: 'Compared with the file',
  reviewOf: 'Measured in',
  reviewKinds: {
    agree: 'agree',
    partial: 'overlap',
    type: 'other type',
    missed: 'missed',
    extra: 'extra',
  },
  reviewKindHints: {
    agree: 'Found with the place and the type that the file has',
    partial: 'Found with the type that the file has, at a place that overlaps the file’s',
    type: 'Found where the file has another type',
    missed: 'In the file, and not found',
    extra: 'Found, and not in the file',
  },
  reviewComparison: {
    agree: 'as in the file',
    partial: 'overlaps one in the file',
    type: 'another type in the file',
    missed: 'in the file, not found',
    extra: 'not in the file',
    given: 'in the file',
  },
  reviewStrict: 'Strict',
  reviewStrictHint: 'An entity is right if it has the same place and the same type',
  reviewPartial: 'Partial',
  reviewPartialHint: 'An entity is also right if it overlaps and has the same type',
  reviewColumns: {
    type: 'Type',
    gold: 'In the file',
    found: 'Found',
    precision: 'Precision',
    recall: 'Recall',
    f1: 'F1',
  },
  reviewAll: 'All types',
  reviewDifferences: 'Differences',
  reviewKey:
    'In the text, a dashed frame is an annotation of the file; a sign says how the two differ.',
  reviewDifferenceColumns: { kind: 'What', given: 'In the file', found: 'Found' },
  reviewNoDifference: 'No differences of the kinds chosen.',
  reviewMore: (/** @type {number} */ left) => `and ${number(left)} more`,
  reviewOnlyGiven: (/** @type {string} */ types) =>
    `Not compared, because only the file has them: ${types}.`,
  reviewOnlyAsked: (/** @type {string} */ types) =>
    `Not compared, because the file never has them: ${types}.`,
  reviewNothing:
    'The file and the types asked for have no type in common, so nothing is compared. Choose the file’s types and extract again.',
  reviewRunning: 'The comparison follows when the text has been read.',
  reviewTake: (/** @type {string} */ type) => `In the file: ${type}`,

  editLabel: 'Change this entity',
  editAdd: 'Mark as',
  editType: 'Type',
  editBounds: 'Bounds',
  editRemove: 'Remove',
  editStartBack: 'Begin a word earlier',
  editStartOn: 'Begin a word later',
  editEndBack: 'End a word earlier',
  editEndOn: 'End a word later',
  undo: 'Undo',
  redo: 'Redo',
  addLabel: 'Mark words in the text',
  addPlaceholder: 'Words to mark, everywhere',
  addTypeLabel: 'As which type',
  addButton: 'Mark',

  entitiesTitle: 'Entities',
  findLabel: 'Find in the entities',
  findPlaceholder: 'Find',
  grouped: 'Merge',
  groupedHint:
    'One line for all mentions of the same thing: upper and lower case, singular and plural, abbreviation and long form',
  columns: { text: 'Mention', type: 'Type', start: 'Place', score: 'Score' },
  columnHints: {
    text: 'Sort by mention',
    type: 'Sort by type',
    start: 'Sort by place in the text (first character, counted from 0)',
    score: 'Sort by score (how likely the mention is right)',
  },
  groupColumns: { text: 'Entity', type: 'Type', count: 'Mentions', score: 'Score' },
  groupForms: (/** @type {string[]} */ forms) => `also ${forms.join(', ')}`,
  jump: 'Show in the text',
  jumpNext: 'Show the next mention in the text',
  tableMore: 'There are more columns: scroll the table sideways.',
  noneYet: 'None found yet.',
  noneFound: 'No entity of the chosen types was found.',
  noneShown: 'None matches. Clear the search, lower the score, or show hidden types.',
  pagerLabel: 'Pages of the table',
  pageBack: 'Back',
  pageOn: 'Next',
  page: (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ all) =>
    `${number(from)} to ${number(to)} of ${number(all)}`,

  chartTitle: 'Summary',
  chartOf: 'Most mentioned in',
  chartHere: 'this document',
  chartAll: 'all documents',
  chartLabel: (/** @type {string} */ list) => `Bar chart of the most mentioned: ${list}.`,
  chartBar: (/** @type {string} */ name, /** @type {string} */ type, /** @type {number} */ count) =>
    `${name} (${type}), ${counted(count, 'mention', 'mentions')}`,
  chartNone: 'Nothing to show yet.',

  rawTitle: 'As the model wrote it',
  rawNote: (/** @type {string} */ format) => format,
  rawMore: (/** @type {number} */ left) => `Show more (${number(left)} left)`,

  exportLabel: 'Export the entities',
  exportAllLabel: 'Export the entities of all documents',
  exportDownload: (/** @type {string} */ name) => `Download ${name}`,
  exportAllDownload: (/** @type {string} */ name) => `Download all documents as ${name}`,
  exportCopy: (/** @type {string} */ name) => `Copy ${name}`,
  exportMore: 'More formats',
  exportArchive: (/** @type {string} */ name) => `${name} (zip)`,
  exportUnits: {
    json: 'Offsets in UTF-16 code units, as JavaScript counts',
    'json-lines': 'A line a document; offsets in UTF-16 code units, as JavaScript counts',
    csv: 'Offsets in UTF-16 code units, as JavaScript counts',
    brat: 'Standoff (.ann); offsets in code points, as Python counts',
    pubtator: 'First line as title; offsets in code points, as Python counts',
    'bioc-xml': 'Passages with annotations; offsets in code points, as Python counts',
    'bioc-json': 'Passages with annotations; offsets in code points, as Python counts',
    conll: 'A word and its tag (IOB2) a line',
    'web-annotation': 'W3C Web Annotation, JSON-LD',
    xmi: 'For INCEpTION; offsets in UTF-16 code units',
    doccano: 'For import; offsets in code points',
    'label-studio': 'Tasks with predictions; offsets in UTF-16 code units',
  },

  privacyTitle: 'What you paste stays here',
  privacyText:
    'The model is downloaded once and runs inside this tab. The page carries a Content-Security-Policy with which your browser refuses every connection to any address but the one this page came from, for the page and for the model alike; and once the model is loaded, extraction requests nothing from there either.',
  privacyCheck:
    'A pasted text is not stored. Documents you open are kept on this device, so that closing the tab loses nothing; so are the vocabularies you add, the page itself, the model, and your choice of types, colours and language.',
  privacyProof: 'See for yourself',
  deleteAll: 'Delete everything kept here',
  deleteAllAsk:
    'Delete all documents with what was found in them, your vocabularies, the kept model and all settings from this device?',
  modelTitle: 'The model',
  modelNote: (
    /** @type {string} */ name,
    /** @type {number} */ size,
    /** @type {string | undefined} */ licence,
  ) =>
    `${name}, ${megabytes(size)}${licence ? `, ${licence}` : ''}. It writes the entities as text, under a grammar that lets it copy only what the sentence says.`,
  modelPending:
    'A small language model writes the entities as text, under a grammar that lets it copy only what the sentence says.',
  modelFacts: {
    name: 'Name',
    architecture: 'Architecture',
    parameters: 'Parameters',
    quantization: 'Quantization',
    size: 'Size',
  },
  modelParameters: (/** @type {number} */ millions) => `${decimal(millions)} million`,
  modelSize: (/** @type {number} */ size) => megabytes(size),
  modelOpen: 'Use a model of your own (.gguf)',
  modelOpenHint:
    'A Llama, Qwen2 or Qwen3 model of up to 1.5 GB. It is read from your disk, and neither uploaded nor stored.',
  modelOwn: (/** @type {string} */ name) => `Your model: ${name}`,
  modelBack: 'Back to the default model',
  careText:
    'It misses things and makes mistakes. For research and orientation; not a medical device.',
};
