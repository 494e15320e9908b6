// Every text of the interface, in one place, in every language it speaks. The two objects have the
// same shape: the type checker and tests/scripts/text.test.mjs see to it.

import { counted, decimal, duration, language, megabytes, number, onLanguage, plural, score } from './language.js';

const en = {
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
  examples: { abstract: 'Abstract', 'discharge-note': 'Discharge note', 'trial-eligibility': 'Trial eligibility' },
  dropHint: 'Drop text files here',
  openFile: 'Open files',
  openFileHint: 'Text, CSV, JSON Lines or PubTator files, one or many; or a model (.gguf)',
  clearInput: 'Clear',
  size: (/** @type {number} */ characters, /** @type {number} */ words) =>
    `${counted(characters, 'character', 'characters')}, ${counted(words, 'word', 'words')}`,
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
  formatNote: 'How the model writes its answer. The twelve are our reconstruction from the literature; the model was tuned mostly for the recommended one.',

  documentsTitle: 'Documents',
  documentsKept: 'Kept on this device, and nowhere else, until you remove them.',
  documentsUnkept: 'This browser keeps nothing here (a private window, or storage is full): these documents are gone when the tab is closed.',
  documentsSummary: (/** @type {number} */ done, /** @type {number} */ all, /** @type {number} */ entities) =>
    `${number(done)} of ${number(all)} done, ${counted(entities, 'entity', 'entities')}`,
  documentsRun: (/** @type {number} */ waiting) => `Extract from ${counted(waiting, 'document', 'documents')}`,
  documentsAgain: 'Start over',
  documentsAgainHint: 'Work on all of them again, with the types and the format chosen now',
  documentsAgainAsk: 'Work on all documents again? What was found and corrected so far is replaced.',
  documentsClear: 'Remove all',
  documentsClearAsk: 'Remove all documents with everything found in them?',
  documentColumns: { name: 'Document', state: 'Entities', remove: 'Remove' },
  documentStates: { waiting: 'waiting', working: 'reading', done: 'done', failed: 'failed' },
  documentNone: 'none found',
  documentRemove: (/** @type {string} */ name) => `Remove ${name}`,
  documentsPager: 'Pages of the documents',

  columnTitle: (/** @type {string} */ name) => `${name}: which column is the text?`,
  columnText: 'Text',
  columnId: 'Name of each document',
  columnLines: 'Number of the line',
  columnHead: 'The first line has the names of the columns',
  columnPreview: 'So the first documents begin:',
  columnNumber: (/** @type {number} */ column) => `Column ${number(column)}`,
  columnTake: (/** @type {number} */ rows) => `Take ${counted(rows, 'document', 'documents')}`,
  dialogCancel: 'Cancel',
  dialogConfirm: 'Yes, do it',

  runTitle: 'Extraction',
  extract: 'Extract entities',
  cancel: 'Cancel',
  retry: 'Try again',

  status: {
    loading: () => 'Loading the model.',
    opening: (/** @type {string} */ name) => `Opening ${name}.`,
    waiting: () => 'Loading the model. Your text is next.',
    ready: () => 'Ready. Works without a connection from here on.',
    readyWith: (/** @type {string} */ name) => `Ready, with ${name}. It is read from your file and not stored.`,
    working: (/** @type {number} */ done, /** @type {number} */ total) =>
      total ? `Reading: ${number(done)} of ${number(total)} sentences.` : 'Reading.',
    queue: (/** @type {number} */ done, /** @type {number} */ all, /** @type {string} */ name) =>
      `Document ${number(done + 1)} of ${number(all)}: ${name}.`,
    done: (/** @type {number} */ entities, /** @type {number} */ sentences, /** @type {number} */ seconds) =>
      entities
        ? `${counted(entities, 'entity', 'entities')} in ${counted(sentences, 'sentence', 'sentences')}, ${duration(seconds)}.`
        : `No entity of these types in ${counted(sentences, 'sentence', 'sentences')}, ${duration(seconds)}.`,
    queueDone: (/** @type {number} */ documents, /** @type {number} */ entities, /** @type {number} */ failed) =>
      `${counted(documents, 'document', 'documents')} done, ${counted(entities, 'entity', 'entities')}${failed ? `, ${number(failed)} failed` : ''}.`,
    cancelled: (/** @type {number} */ done, /** @type {number} */ total) =>
      total
        ? `Cancelled after ${number(done)} of ${number(total)} sentences. What was found so far is kept.`
        : 'Cancelled.',
    queueCancelled: (/** @type {number} */ waiting) =>
      `Cancelled. ${counted(waiting, 'document waits', 'documents wait')}; go on whenever you like.`,
    queueFound: (/** @type {number} */ waiting) =>
      `${counted(waiting, 'document of your last visit waits', 'documents of your last visit wait')}. Extract to go on.`,
    added: (/** @type {number} */ documents, /** @type {number} */ skipped) =>
      `${counted(documents, 'document', 'documents')} added${skipped ? `; ${counted(skipped, 'entry has no text and was', 'entries have no text and were')} left out` : ''}. Extract to work on ${documents === 1 ? 'it' : 'them'}.`,
    example: (/** @type {string} */ name) => `Example in place: ${name}.`,
    copied: (/** @type {string} */ name) => `Copied as ${name}.`,
    notCopied: () => 'The browser did not allow copying. Download the file instead.',
    downloaded: (/** @type {string} */ name) => `Saved as ${name}.`,
    marked: (/** @type {number} */ count) => `${counted(count, 'mention', 'mentions')} marked.`,
    edited: () => 'Changed.',
    removed: (/** @type {string} */ mention) => `No longer marked: ${mention}.`,
    undone: () => 'Undone.',
    redone: () => 'Done again.',
    deleted: () => 'Deleted: documents, the kept model and settings. Nothing of bioner is kept on this device now.',
  },
  loadProgress: (/** @type {number} */ loaded, /** @type {number} */ total, /** @type {number} */ cached) =>
    loaded >= total && total
      ? 'Preparing the model'
      : `${megabytes(loaded)} of ${megabytes(total)}${cached ? `, ${cached === loaded ? 'kept on this device' : `${megabytes(cached)} kept on this device`}` : ''}`,
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
    noDocuments: (/** @type {string} */ name) =>
      `There is no text in ${name}. A .jsonl file has {"id", "text"} on every line, a PubTator file ID|t|title and ID|a|abstract.`,
    largeFile: (/** @type {string} */ name, /** @type {number} */ limit) =>
      `${name} is far too large: the page takes ${number(limit)} characters at once. Split it, or use the command line, which has no limit: bioner extract FILE.`,
    example: () => 'The example could not be fetched. Check the connection and try again.',
    busy: () => 'The model is at work. Cancel first, or wait until it is done.',
    elsewhere: () => 'Another tab is working on these documents.',
    notFound: (/** @type {string} */ mention) => `“${mention}” is not in the text, or is marked already.`,
    ownModel: (/** @type {string} */ name, /** @type {string} */ why) =>
      `${name} cannot be used; the model from before stays in place. ${why}`,
    'text-too-large': (/** @type {number} */ characters, /** @type {number} */ limit) =>
      `The text has ${number(characters)} characters; the page takes ${number(limit)} at once. Split it, or use the command line, which has no limit: bioner extract FILE.`,
    /** @type {Record<string, (detail: string) => string>} */
    ownByCode: {
      'model-file': (detail) => `It is no sound GGUF file. (${detail})`,
      'model-unsupported': (detail) => `It is of a kind that does not run here. (${detail})`,
      crashed: (detail) => `It does not fit into this tab's memory, or stopped unexpectedly. (${detail})`,
    },
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
  filterLabel: 'What is shown and exported',
  thresholdLabel: 'Score at least',
  showLabels: 'Labels',
  abbreviations: 'Abbreviations',
  abbreviationsHint: 'Mark an abbreviation wherever it stands once the text has explained it, as in “Parkinson’s disease (PD)”',
  annotatedLabel: 'The text with its entities marked',
  annotatedHint: 'Select words to mark them; press a mark to change it. The paler a mark, the less sure it is.',
  tip: (/** @type {string} */ type, /** @type {number} */ value) => `${type}, score ${score(value)}`,
  tipOrigin: {
    abbreviation: 'abbreviation, with the score of its long form',
    added: 'marked by you',
    edited: 'changed by you',
  },

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
  together: 'Merge',
  togetherHint: 'One line for all mentions of the same thing: upper and lower case, singular and plural, abbreviation and long form',
  columns: { text: 'Mention', type: 'Type', start: 'Place', score: 'Score' },
  columnHints: {
    text: 'Sort by mention',
    type: 'Sort by type',
    start: 'Sort by place in the text (first character, counted from 0)',
    score: 'Sort by score (how likely the mention is right)',
  },
  thingColumns: { text: 'Entity', type: 'Type', count: 'Mentions', score: 'Score' },
  thingForms: (/** @type {string[]} */ forms) => `also ${forms.join(', ')}`,
  jump: 'Show in the text',
  jumpNext: 'Show the next mention in the text',
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
  exportNames: { json: 'JSON', csv: 'CSV', brat: 'BRAT', pubtator: 'PubTator' },
  exportAllNames: { json: 'JSON Lines', csv: 'CSV', brat: 'BRAT (zip)', pubtator: 'PubTator' },
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
    'A pasted text is not stored. Documents you open are kept on this device, so that closing the tab loses nothing; so are the page itself, the model, and your choice of colours and language.',
  privacyProof: 'See for yourself',
  deleteAll: 'Delete everything kept here',
  deleteAllAsk: 'Delete all documents with what was found in them, the kept model and all settings from this device?',
  modelTitle: 'The model',
  modelNote: (/** @type {string} */ name, /** @type {number} */ size, /** @type {string | undefined} */ licence) =>
    `${name}, ${megabytes(size)}${licence ? `, ${licence}` : ''}. It writes the entities as text, under a grammar that lets it copy only what the sentence says.`,
  modelPending: 'A small language model writes the entities as text, under a grammar that lets it copy only what the sentence says.',
  modelFacts: { name: 'Name', architecture: 'Architecture', parameters: 'Parameters', quantization: 'Quantization', size: 'Size' },
  modelParameters: (/** @type {number} */ millions) => `${decimal(millions)} million`,
  modelSize: (/** @type {number} */ size) => megabytes(size),
  modelOpen: 'Use a model of your own (.gguf)',
  modelOpenHint: 'A Llama, Qwen2 or Qwen3 model of up to 1.5 GB. It is read from your disk, and neither uploaded nor stored.',
  modelOwn: (/** @type {string} */ name) => `Your model: ${name}`,
  modelBack: 'Back to the default model',
  careText: 'It misses things and makes mistakes. For research and orientation; not a medical device.',
  proof: {
    title: 'bioner: nothing leaves this tab, and how to check it',
    skip: 'Skip to the check',
    back: 'Back to bioner',
    heading: 'Nothing leaves this tab. Check it yourself.',
    lead: 'You need not believe us. On this page your own browser counts every request, and you can cut the network before you try it.',
    stepsTitle: 'In four steps',
    stepLoad: 'The page and the model are loaded',
    loading: 'Loading the model.',
    ready: 'Loaded. From here on nothing more is needed from the network.',
    stepCut: 'Cut the network',
    stepCutHow: 'Switch to flight mode, or pull the cable. You can even reload the page after that: it is kept on this device.',
    online: 'Your browser says: connected',
    offline: 'Your browser says: no network',
    stepRun: 'Extract',
    done: (/** @type {number} */ entities, /** @type {number} */ requests, /** @type {boolean} */ offline) =>
      `${counted(entities, 'entity', 'entities')} found${offline ? ' without a network' : ''}, with ${counted(requests, 'request', 'requests')}.`,
    stepLeak: 'Try to get out',
    stepLeakHow: 'This button tries to send the text above to example.com, from the page and from the model’s worker. With the network cut it says nothing; try it connected.',
    leak: 'Try to send the text away',
    refused: 'Not sent: both attempts failed. Where the browser’s rule stopped them, the table below counts them as refused.',
    leaked: 'Something was sent. Do not use this copy of the page: somebody has changed it.',
    ledgerTitle: 'What your browser reports',
    ledgerText: 'These numbers do not come from our code. They are what the browser records as resource timings and policy violations, in the page and in the worker that runs the model.',
    columns: { loading: 'while loading', after: 'after that', foreign: 'to another address', refused: 'refused by the policy' },
    where: { page: 'The page', worker: 'The model’s worker' },
    all: 'Every one of them',
    line: {
      request: (/** @type {string} */ url) => url,
      refused: (/** @type {string} */ url, /** @type {string} */ rule) => `refused ${url} (${rule})`,
    },
    blindTitle: 'What these numbers cannot see',
    blind: {
      resources: 'Resource timings list files and fetches, also those answered from this device. They do not list WebSocket and WebRTC connections; the policy forbids the former to any other address, and no code here uses the latter, which no policy can forbid in every browser.',
      violations: 'Policy violations list what the browser refused. What is allowed, a request to the address this page came from, is not among them.',
      browser: 'Neither sees what the browser does on its own account (updates, checks for this page’s own updates, spelling help), what extensions do, or what other programs send.',
      trust: 'All of it is shown by a page that you would have to trust. With the network cut you need not: that is why the second step is there. The network panel of your browser’s developer tools is another witness.',
    },
    policyTitle: 'What the policy forbids',
    policyText: 'The page carries a Content-Security-Policy: rules by which your browser itself refuses, whatever the page’s code tries. The model’s worker is started so that the same rules bind it.',
    policy: {
      'default-src': 'Nothing is allowed that is not named below: no frames, no fonts, no media, no plug-ins.',
      'script-src': 'Code comes from this page’s own address alone. WebAssembly may run; text may not become code.',
      'worker-src': 'Background threads are started from this page’s own code alone.',
      'connect-src': 'Data is exchanged with this page’s own address alone: no other server can be told anything.',
      'style-src': 'Styles come from this page’s own address alone.',
      'img-src': 'Images come from this page’s own address alone: none can carry a text away in its name.',
      'manifest-src': 'The description used to install the page comes from its own address alone.',
      'base-uri': 'The page cannot be made to take relative addresses for others.',
      'form-action': 'No form can be sent anywhere.',
    },
    stickTitle: 'On a stick',
    stickText: 'The first command gathers page, program and model in one folder of some 90 MB, which needs nothing else. Copy it to a stick; either of the other two serves it on a computer without a network, at http://localhost:8080/.',
    stickFile: 'A double click on index.html is not enough: opened as a file, browsers refuse to start the page’s scripts and the worker, and would not verify the model. Serving it from this computer is not going online.',
  },
};

/** @type {typeof en} */
const fr = {
  lang: 'fr',
  title: 'bioner : entités biomédicales, trouvées sur cet appareil',
  skip: 'Aller au texte',
  tagline: 'Entités biomédicales, trouvées sur cet appareil',
  promise: 'Rien de ce que vous collez ne quitte cet onglet',
  themeToLight: 'Couleurs claires',
  themeToDark: 'Couleurs sombres',
  otherLanguage: 'English',

  composeTitle: 'Texte et réglages',
  inputLabel: 'Texte',
  inputPlaceholder: 'Collez un résumé, une note clinique, une fiche d’essai…',
  examplesLabel: 'Exemples',
  examples: { abstract: 'Résumé', 'discharge-note': 'Lettre de sortie', 'trial-eligibility': 'Critères d’un essai' },
  dropHint: 'Déposez ici des fichiers de texte',
  openFile: 'Ouvrir des fichiers',
  openFileHint: 'Fichiers texte, CSV, JSON Lines ou PubTator, un ou plusieurs ; ou un modèle (.gguf)',
  clearInput: 'Effacer',
  size: (characters, words) => `${counted(characters, 'caractère', 'caractères')}, ${counted(words, 'mot', 'mots')}`,
  sizeOver: (characters, limit) => `${number(characters)} caractères ; au plus ${number(limit)} à la fois`,
  sizeEmpty: 'Le texte reste dans cet onglet.',
  fromFile: (name, size) => `${name} : ${size}`,

  typesLabel: 'Types d’entités',
  typesNote: 'Tout nom peut être demandé, de préférence en anglais. Le modèle a été entraîné sur ceux ci-dessus ; les autres sont moins sûrs.',
  newTypeLabel: 'Un autre type d’entité',
  newTypePlaceholder: 'Un autre type, comme Symptom',
  addType: 'Ajouter',
  removeType: (type) => `Retirer ${type}`,
  formatLabel: 'Format de sortie',
  formatDefault: (name) => `${name} (recommandé)`,
  formatPending: 'Une fois le modèle chargé',
  formatNote: 'La façon dont le modèle écrit sa réponse. Les douze formats sont notre reconstruction d’après la littérature ; le modèle a été entraîné surtout pour celui qui est recommandé.',

  documentsTitle: 'Documents',
  documentsKept: 'Conservés sur cet appareil, et nulle part ailleurs, jusqu’à ce que vous les retiriez.',
  documentsUnkept: 'Ce navigateur ne conserve rien ici (fenêtre privée, ou stockage plein) : ces documents disparaissent à la fermeture de l’onglet.',
  documentsSummary: (done, all, entities) =>
    `${number(done)} sur ${number(all)} ${plural(done, 'terminé', 'terminés')}, ${counted(entities, 'entité', 'entités')}`,
  documentsRun: (waiting) => `Extraire de ${counted(waiting, 'document', 'documents')}`,
  documentsAgain: 'Recommencer',
  documentsAgainHint: 'Les traiter tous à nouveau, avec les types et le format choisis maintenant',
  documentsAgainAsk: 'Traiter tous les documents à nouveau ? Ce qui a été trouvé et corrigé jusqu’ici sera remplacé.',
  documentsClear: 'Tout retirer',
  documentsClearAsk: 'Retirer tous les documents, avec tout ce qui y a été trouvé ?',
  documentColumns: { name: 'Document', state: 'Entités', remove: 'Retirer' },
  documentStates: { waiting: 'en attente', working: 'en lecture', done: 'terminé', failed: 'échec' },
  documentNone: 'rien trouvé',
  documentRemove: (name) => `Retirer ${name}`,
  documentsPager: 'Pages de la liste des documents',

  columnTitle: (name) => `${name} : quelle colonne est le texte ?`,
  columnText: 'Texte',
  columnId: 'Nom de chaque document',
  columnLines: 'Numéro de la ligne',
  columnHead: 'La première ligne porte les noms des colonnes',
  columnPreview: 'Les premiers documents commencent ainsi :',
  columnNumber: (column) => `Colonne ${number(column)}`,
  columnTake: (rows) => `Prendre ${counted(rows, 'document', 'documents')}`,
  dialogCancel: 'Annuler',
  dialogConfirm: 'Oui',

  runTitle: 'Extraction',
  extract: 'Extraire les entités',
  cancel: 'Annuler',
  retry: 'Réessayer',

  status: {
    loading: () => 'Chargement du modèle.',
    opening: (name) => `Ouverture de ${name}.`,
    waiting: () => 'Chargement du modèle. Votre texte suit.',
    ready: () => 'Prêt. Fonctionne désormais sans connexion.',
    readyWith: (name) => `Prêt, avec ${name}. Il est lu depuis votre fichier et n’est pas conservé.`,
    working: (done, total) => (total ? `Lecture : ${number(done)} phrases sur ${number(total)}.` : 'Lecture.'),
    queue: (done, all, name) => `Document ${number(done + 1)} sur ${number(all)} : ${name}.`,
    done: (entities, sentences, seconds) =>
      entities
        ? `${counted(entities, 'entité', 'entités')} dans ${counted(sentences, 'phrase', 'phrases')}, ${duration(seconds)}.`
        : `Aucune entité de ces types dans ${counted(sentences, 'phrase', 'phrases')}, ${duration(seconds)}.`,
    queueDone: (documents, entities, failed) =>
      `${counted(documents, 'document terminé', 'documents terminés')}, ${counted(entities, 'entité', 'entités')}${failed ? `, ${counted(failed, 'échec', 'échecs')}` : ''}.`,
    cancelled: (done, total) =>
      total
        ? `Annulé après ${number(done)} phrases sur ${number(total)}. Ce qui a été trouvé jusque-là est conservé.`
        : 'Annulé.',
    queueCancelled: (waiting) =>
      `Annulé. ${counted(waiting, 'document attend', 'documents attendent')} ; reprenez quand vous voulez.`,
    queueFound: (waiting) =>
      `${counted(waiting, 'document de votre dernière visite attend', 'documents de votre dernière visite attendent')}. Lancez l’extraction pour continuer.`,
    added: (documents, skipped) =>
      `${counted(documents, 'document ajouté', 'documents ajoutés')}${skipped ? ` ; ${counted(skipped, 'entrée sans texte a été laissée', 'entrées sans texte ont été laissées')} de côté` : ''}. Lancez l’extraction pour ${documents === 1 ? 'le' : 'les'} traiter.`,
    example: (name) => `Exemple en place : ${name}.`,
    copied: (name) => `Copié au format ${name}.`,
    notCopied: () => 'Le navigateur n’a pas permis la copie. Téléchargez plutôt le fichier.',
    downloaded: (name) => `Enregistré sous ${name}.`,
    marked: (count) => `${counted(count, 'mention marquée', 'mentions marquées')}.`,
    edited: () => 'Modifié.',
    removed: (mention) => `N’est plus marqué : ${mention}.`,
    undone: () => 'Annulé.',
    redone: () => 'Rétabli.',
    deleted: () => 'Supprimés : les documents, le modèle conservé et les réglages. Il ne reste rien de bioner sur cet appareil.',
  },
  loadProgress: (loaded, total, cached) =>
    loaded >= total && total
      ? 'Préparation du modèle'
      : `${megabytes(loaded, 'Mo')} sur ${megabytes(total, 'Mo')}${cached ? `, ${cached === loaded ? 'conservé sur cet appareil' : `dont ${megabytes(cached, 'Mo')} conservés sur cet appareil`}` : ''}`,
  loadRetry: (attempt) => `La connexion est lente ou a été perdue ; essai ${attempt}`,
  workProgress: (rate, left, done, total) =>
    `${number(done)}/${number(total)}, ${decimal(rate)} phrases/s, encore ${duration(Math.max(1, Math.round(left)))} environ`,

  errors: {
    empty: () => 'Il n’y a pas encore de texte. Collez-en un, déposez un fichier ou prenez un exemple.',
    noTypes: () => 'Aucun type d’entité n’est choisi. Choisissez-en au moins un, ou ajoutez le vôtre.',
    typeName: () => 'Ce ne peut être le nom d’un type : lettres, chiffres, espaces et traits d’union, et aucun nom deux fois.',
    file: (name) =>
      `${name} n’est pas du texte brut. Enregistrez-le en .txt, ou copiez-en le texte et collez-le ici.`,
    noDocuments: (name) =>
      `Il n’y a pas de texte dans ${name}. Un fichier .jsonl porte {"id", "text"} à chaque ligne, un fichier PubTator ID|t|titre et ID|a|résumé.`,
    largeFile: (name, limit) =>
      `${name} est bien trop grand : la page prend ${number(limit)} caractères à la fois. Divisez-le, ou utilisez la ligne de commande, qui n’a pas de limite : bioner extract FICHIER.`,
    example: () => 'L’exemple n’a pas pu être chargé. Vérifiez la connexion et réessayez.',
    busy: () => 'Le modèle travaille. Annulez d’abord, ou attendez qu’il ait fini.',
    elsewhere: () => 'Un autre onglet traite ces documents.',
    notFound: (mention) => `« ${mention} » n’est pas dans le texte, ou y est déjà marqué.`,
    ownModel: (name, why) => `${name} ne peut pas être utilisé ; le modèle précédent reste en place. ${why}`,
    'text-too-large': (characters, limit) =>
      `Le texte a ${number(characters)} caractères ; la page en prend ${number(limit)} à la fois. Divisez-le, ou utilisez la ligne de commande, qui n’a pas de limite : bioner extract FICHIER.`,
    ownByCode: {
      'model-file': (detail) => `Ce n’est pas un fichier GGUF intact. (${detail})`,
      'model-unsupported': (detail) => `Il est d’un genre qui ne fonctionne pas ici. (${detail})`,
      crashed: (detail) => `Il ne tient pas dans la mémoire de cet onglet, ou s’est arrêté de façon inattendue. (${detail})`,
    },
    byCode: {
      'wasm-missing': () =>
        'Ce navigateur n’exécute pas WebAssembly, ou une règle l’interdit ici. Chrome ou Edge 91, Firefox 114, Safari 16.4 et suivants le font.',
      'simd-missing': () =>
        'Il manque à ce navigateur, ou à son processeur, WebAssembly SIMD, dont le modèle a besoin. Chrome ou Edge 91, Firefox 114, Safari 16.4 et suivants l’ont.',
      'worker-missing': () =>
        'Ce navigateur ne lance pas de « web workers » ici. Chrome ou Edge 91, Firefox 114, Safari 16.4 et suivants le font.',
      'insecure-context': () =>
        'Le modèle ne peut être vérifié que sur une page ouverte en https, ou depuis localhost. Ouvrez cette page ainsi.',
      module: () => 'Le programme lui-même n’a pas pu être chargé. Vérifiez la connexion et réessayez.',
      network: (detail) =>
        `Le modèle n’a pas pu être téléchargé. Vérifiez la connexion et réessayez : ce qui est arrivé est conservé. (${detail})`,
      'model-manifest': (detail) => `Il n’y a pas de modèle utilisable sur ce site. Remettez ses fichiers en place. (${detail})`,
      'model-checksum': (detail) =>
        `Les fichiers du modèle ne sont pas ceux qu’ils devraient être. Réessayez ; si cela persiste, il faut les remplacer sur ce site. (${detail})`,
      'model-file': (detail) => `Les fichiers du modèle sont endommagés et doivent être remplacés sur ce site. (${detail})`,
      'model-unsupported': (detail) => `Ce modèle est d’un genre qui ne fonctionne pas ici. (${detail})`,
      crashed: () =>
        'Le modèle s’est arrêté de façon inattendue, peut-être faute de mémoire. Ce qui a été trouvé est conservé, et il redémarre de lui-même au prochain texte.',
    },
  },
  warnings: {
    storage: () =>
      'Le modèle n’a pas pu être conservé sur cet appareil (stockage plein, ou fenêtre privée) : il sera téléchargé de nouveau à la prochaine visite. Tout le reste fonctionne.',
  },

  resultsTitle: 'Résultat',
  stale: 'Le texte ou les réglages ci-dessus ont changé depuis. Relancez l’extraction pour voir ce que cela change.',
  legendLabel: 'Les types et le nombre de chacun ; appuyez sur l’un pour le masquer ou le montrer',
  filterLabel: 'Ce qui est montré et exporté',
  thresholdLabel: 'Score d’au moins',
  showLabels: 'Étiquettes',
  abbreviations: 'Abréviations',
  abbreviationsHint: 'Marquer une abréviation partout dès que le texte l’a expliquée, comme dans « Parkinson’s disease (PD) »',
  annotatedLabel: 'Le texte, entités marquées',
  annotatedHint: 'Sélectionnez des mots pour les marquer ; appuyez sur une marque pour la modifier. Plus une marque est pâle, moins elle est sûre.',
  tip: (type, value) => `${type}, score ${score(value)}`,
  tipOrigin: {
    abbreviation: 'abréviation, avec le score de sa forme longue',
    added: 'marqué par vous',
    edited: 'modifié par vous',
  },

  editLabel: 'Modifier cette entité',
  editAdd: 'Marquer comme',
  editType: 'Type',
  editBounds: 'Limites',
  editRemove: 'Retirer',
  editStartBack: 'Commencer un mot plus tôt',
  editStartOn: 'Commencer un mot plus tard',
  editEndBack: 'Finir un mot plus tôt',
  editEndOn: 'Finir un mot plus tard',
  undo: 'Annuler la correction',
  redo: 'Rétablir',
  addLabel: 'Marquer des mots dans le texte',
  addPlaceholder: 'Mots à marquer, partout',
  addTypeLabel: 'De quel type',
  addButton: 'Marquer',

  entitiesTitle: 'Entités',
  findLabel: 'Chercher parmi les entités',
  findPlaceholder: 'Chercher',
  together: 'Fusionner',
  togetherHint: 'Une ligne pour toutes les mentions d’une même chose : majuscules et minuscules, singulier et pluriel, abréviation et forme longue',
  columns: { text: 'Mention', type: 'Type', start: 'Place', score: 'Score' },
  columnHints: {
    text: 'Trier par mention',
    type: 'Trier par type',
    start: 'Trier par place dans le texte (premier caractère, compté depuis 0)',
    score: 'Trier par score (la probabilité que la mention soit juste)',
  },
  thingColumns: { text: 'Entité', type: 'Type', count: 'Mentions', score: 'Score' },
  thingForms: (forms) => `aussi ${forms.join(', ')}`,
  jump: 'Montrer dans le texte',
  jumpNext: 'Montrer la mention suivante dans le texte',
  noneYet: 'Rien trouvé encore.',
  noneFound: 'Aucune entité des types choisis n’a été trouvée.',
  noneShown: 'Aucune ne correspond. Effacez la recherche, abaissez le score ou montrez les types masqués.',
  pagerLabel: 'Pages du tableau',
  pageBack: 'Précédent',
  pageOn: 'Suivant',
  page: (from, to, all) => `${number(from)} à ${number(to)} sur ${number(all)}`,

  chartTitle: 'Vue d’ensemble',
  chartOf: 'Les plus mentionnées dans',
  chartHere: 'ce document',
  chartAll: 'tous les documents',
  chartLabel: (list) => `Diagramme en barres des plus mentionnées : ${list}.`,
  chartBar: (name, type, count) => `${name} (${type}), ${counted(count, 'mention', 'mentions')}`,
  chartNone: 'Rien à montrer encore.',

  rawTitle: 'Tel que le modèle l’a écrit',
  rawNote: (format) => format,
  rawMore: (left) => `En montrer plus (encore ${number(left)})`,

  exportLabel: 'Exporter les entités',
  exportAllLabel: 'Exporter les entités de tous les documents',
  exportDownload: (name) => `Télécharger en ${name}`,
  exportAllDownload: (name) => `Télécharger tous les documents en ${name}`,
  exportCopy: (name) => `Copier en ${name}`,
  exportNames: { json: 'JSON', csv: 'CSV', brat: 'BRAT', pubtator: 'PubTator' },
  exportAllNames: { json: 'JSON Lines', csv: 'CSV', brat: 'BRAT (zip)', pubtator: 'PubTator' },
  exportUnits: {
    json: 'Positions en unités de code UTF-16, comme JavaScript les compte',
    csv: 'Positions en unités de code UTF-16, comme JavaScript les compte',
    brat: 'Annotations séparées (.ann) ; positions en points de code, comme Python les compte',
    pubtator: 'Première ligne comme titre ; positions en points de code, comme Python les compte',
  },

  privacyTitle: 'Ce que vous collez reste ici',
  privacyText:
    'Le modèle est téléchargé une fois et fonctionne dans cet onglet. La page porte une « Content-Security-Policy » par laquelle votre navigateur refuse toute connexion à une autre adresse que celle d’où vient cette page, pour la page comme pour le modèle ; et une fois le modèle chargé, l’extraction ne demande rien non plus à cette adresse.',
  privacyCheck:
    'Un texte collé n’est pas conservé. Les documents que vous ouvrez sont conservés sur cet appareil, afin que rien ne se perde si l’onglet se ferme ; de même la page elle-même, le modèle, et votre choix de couleurs et de langue.',
  privacyProof: 'Voyez par vous-même',
  deleteAll: 'Supprimer tout ce qui est conservé ici',
  deleteAllAsk: 'Supprimer de cet appareil tous les documents avec ce qui y a été trouvé, le modèle conservé et tous les réglages ?',
  modelTitle: 'Le modèle',
  modelNote: (name, size, licence) =>
    `${name}, ${megabytes(size, 'Mo')}${licence ? `, ${licence}` : ''}. Il écrit les entités sous forme de texte, d’après une grammaire qui ne lui laisse copier que ce que dit la phrase.`,
  modelPending: 'Un petit modèle de langue écrit les entités sous forme de texte, d’après une grammaire qui ne lui laisse copier que ce que dit la phrase.',
  modelFacts: { name: 'Nom', architecture: 'Architecture', parameters: 'Paramètres', quantization: 'Quantification', size: 'Taille' },
  modelParameters: (millions) => `${decimal(millions)} millions`,
  modelSize: (size) => megabytes(size, 'Mo'),
  modelOpen: 'Utiliser votre propre modèle (.gguf)',
  modelOpenHint: 'Un modèle Llama, Qwen2 ou Qwen3 de 1,5 Go au plus. Il est lu depuis votre disque, ni envoyé ni conservé.',
  modelOwn: (name) => `Votre modèle : ${name}`,
  modelBack: 'Revenir au modèle par défaut',
  careText: 'Il oublie des choses et se trompe. Pour la recherche et l’orientation ; ce n’est pas un dispositif médical.',
  proof: {
    title: 'bioner : rien ne quitte cet onglet, et comment le vérifier',
    skip: 'Aller à la vérification',
    back: 'Retour à bioner',
    heading: 'Rien ne quitte cet onglet. Vérifiez-le vous-même.',
    lead: 'Vous n’avez pas à nous croire. Sur cette page, votre propre navigateur compte chaque requête, et vous pouvez couper le réseau avant d’essayer.',
    stepsTitle: 'En quatre étapes',
    stepLoad: 'La page et le modèle sont chargés',
    loading: 'Chargement du modèle.',
    ready: 'Chargé. Plus rien n’est désormais nécessaire du réseau.',
    stepCut: 'Coupez le réseau',
    stepCutHow: 'Passez en mode avion, ou débranchez le câble. Vous pouvez même recharger la page ensuite : elle est conservée sur cet appareil.',
    online: 'Votre navigateur dit : connecté',
    offline: 'Votre navigateur dit : pas de réseau',
    stepRun: 'Extrayez',
    done: (entities, requests, offline) =>
      `${counted(entities, 'entité trouvée', 'entités trouvées')}${offline ? ' sans réseau' : ''}, avec ${counted(requests, 'requête', 'requêtes')}.`,
    stepLeak: 'Essayez de sortir',
    stepLeakHow: 'Ce bouton essaie d’envoyer le texte ci-dessus à example.com, depuis la page et depuis le processus du modèle. Le réseau coupé, cela ne dit rien ; essayez en étant connecté.',
    leak: 'Essayer d’envoyer le texte',
    refused: 'Rien n’est parti : les deux essais ont échoué. Ceux que la règle du navigateur a arrêtés sont comptés comme refusés dans le tableau ci-dessous.',
    leaked: 'Quelque chose est parti. N’utilisez pas cette copie de la page : quelqu’un l’a modifiée.',
    ledgerTitle: 'Ce que votre navigateur rapporte',
    ledgerText: 'Ces nombres ne viennent pas de notre code. Ce sont les chargements et les violations de règles que le navigateur enregistre, dans la page et dans le processus qui exécute le modèle.',
    columns: { loading: 'au chargement', after: 'depuis', foreign: 'vers une autre adresse', refused: 'refusées par la règle' },
    where: { page: 'La page', worker: 'Le processus du modèle' },
    all: 'Chacune d’elles',
    line: {
      request: (url) => url,
      refused: (url, rule) => `refusé : ${url} (${rule})`,
    },
    blindTitle: 'Ce que ces nombres ne voient pas',
    blind: {
      resources: 'Les chargements enregistrés sont ceux de fichiers et de données, y compris servis depuis cet appareil. Les connexions WebSocket et WebRTC n’y figurent pas ; la règle interdit les premières vers toute autre adresse, et aucun code d’ici n’utilise les secondes, qu’aucune règle n’interdit dans tous les navigateurs.',
      violations: 'Les violations sont ce que le navigateur a refusé. Ce qui est permis, une requête vers l’adresse d’où vient cette page, n’en fait pas partie.',
      browser: 'Ni les uns ni les autres ne voient ce que le navigateur fait pour lui-même (mises à jour, y compris celles de cette page, aide à l’orthographe), ce que font les extensions, ni ce que d’autres programmes envoient.',
      trust: 'Tout cela est montré par une page à laquelle il faudrait faire confiance. Le réseau coupé, ce n’est plus nécessaire : c’est le sens de la deuxième étape. L’onglet « réseau » des outils de développement de votre navigateur est un autre témoin.',
    },
    policyTitle: 'Ce que la règle interdit',
    policyText: 'La page porte une « Content-Security-Policy » : des règles d’après lesquelles votre navigateur refuse lui-même, quoi que tente le code de la page. Le processus du modèle est lancé de façon que les mêmes règles le lient.',
    policy: {
      'default-src': 'Rien n’est permis qui ne soit nommé ci-dessous : ni cadres, ni polices, ni médias, ni modules externes.',
      'script-src': 'Le code vient de la seule adresse de cette page. WebAssembly peut s’exécuter ; un texte ne peut pas devenir du code.',
      'worker-src': 'Les processus d’arrière-plan sont lancés à partir du seul code de cette page.',
      'connect-src': 'Des données ne s’échangent qu’avec l’adresse de cette page : rien ne peut être dit à un autre serveur.',
      'style-src': 'Les styles viennent de la seule adresse de cette page.',
      'img-src': 'Les images viennent de la seule adresse de cette page : aucune ne peut emporter un texte dans son nom.',
      'manifest-src': 'La description qui sert à installer la page vient de sa seule adresse.',
      'base-uri': 'On ne peut faire prendre à la page ses adresses relatives pour d’autres.',
      'form-action': 'Aucun formulaire ne peut être envoyé nulle part.',
    },
    stickTitle: 'Sur une clé',
    stickText: 'La première commande rassemble la page, le programme et le modèle dans un dossier d’environ 90 Mo, qui n’a besoin de rien d’autre. Copiez-le sur une clé ; l’une ou l’autre des deux suivantes le sert sur un ordinateur sans réseau, à l’adresse http://localhost:8080/.',
    stickFile: 'Un double clic sur index.html ne suffit pas : ouverts comme fichiers, les scripts de la page et son processus sont refusés par les navigateurs, et le modèle ne serait pas vérifié. Servir le dossier depuis cet ordinateur, ce n’est pas aller en ligne.',
  },
};

const all = { en, fr };

/** The interface's words in the reader's language. */
export let text = all[language];
onLanguage((chosen) => (text = all[chosen]));
