// The review in English. The other languages have the same shape.

import { counted, number, score } from '../../language.js';

export const en = {
  open: (/** @type {number} */ left) =>
    left ? `Review ${counted(left, 'entity', 'entities')}` : 'Review',
  openAgain: (/** @type {number} */ left) => `Go on reviewing (${number(left)} left)`,
  openHint: 'Accept, reject or change the entities of all documents, one by one, by keys',

  heading: 'Review',
  close: 'Close',
  orderLabel: 'Order',
  orders: { doubt: 'Most doubtful first', text: 'In the order of the text' },
  progress: (
    /** @type {number} */ decided,
    /** @type {number} */ all,
    /** @type {number} */ whole,
    /** @type {number} */ documents,
  ) =>
    `${number(decided)} of ${counted(all, 'entity', 'entities')} decided, ${number(all - decided)} left. ${number(whole)} of ${counted(documents, 'document', 'documents')} complete.`,
  progressLabel: 'Entities decided',

  cardLabel: 'The entity to decide on',
  contextLabel: 'Where it stands',
  place: (/** @type {string} */ name, /** @type {number} */ nth, /** @type {number} */ all) =>
    `${name}, entity ${number(nth)} of ${number(all)}`,
  score: (/** @type {number} */ value) => `score ${score(value)}`,
  decisions: {
    undecided: 'undecided',
    accepted: 'accepted',
    together: 'accepted with others, by score',
    rejected: 'rejected',
    changed: 'changed by you',
    own: 'marked by you',
  },
  decisionTip: { accepted: 'accepted', together: 'accepted by score' },
  accept: 'Accept',
  reject: 'Reject',
  skip: 'Skip',
  back: 'Back',
  attributesChange: 'Change status or identifier',
  typeLabel: 'Change the type',
  markLabel: (/** @type {string} */ mention) => `Mark “${mention}” as`,
  boundsLabel: 'Change the bounds',
  missedLabel: 'Mark missed words in this document',
  missedPlaceholder: 'Words that were missed',
  missedType: 'As which type',
  missedButton: 'Mark',
  missedHint: 'Or select words in the text, and choose their type.',

  wholeTitle: (/** @type {string} */ name) => `Is anything missing in ${name}?`,
  wholeNote: (/** @type {number} */ entities) =>
    `All entities of this document are decided (${number(entities)} are marked). Read the text once as a whole, mark what is missing, and press a mark to change it. Then the document is complete.`,
  complete: 'Nothing is missing',
  completeSign: '✓ complete',
  doneTitle: 'Everything is decided',
  doneNote: (/** @type {number} */ passed) =>
    passed
      ? `${counted(passed, 'document is', 'documents are')} not complete yet. Close the review and open it again to read ${passed === 1 ? 'it' : 'them'} as a whole.`
      : 'All documents are complete. Below you can save the result.',
  emptyNote: 'No document has been read yet. Extract from the documents first.',

  said: {
    accepted: (/** @type {string} */ mention) => `Accepted: ${mention}.`,
    rejected: (/** @type {string} */ mention) => `Rejected: ${mention}.`,
    skipped: () => 'Skipped.',
    back: () => 'Back.',
    changed: (/** @type {string} */ mention, /** @type {string} */ type) =>
      `Changed to: ${mention}, ${type}.`,
    marked: (/** @type {number} */ count) => `${counted(count, 'mention', 'mentions')} marked.`,
    notFound: (/** @type {string} */ mention) =>
      `“${mention}” is not in this document, or is marked already.`,
    complete: (/** @type {string} */ name) => `Complete: ${name}.`,
    acceptedTogether: (/** @type {number} */ count) =>
      `${counted(count, 'entity', 'entities')} accepted together. Undo takes all of them back.`,
    takenBack: (/** @type {number} */ count) =>
      `${counted(count, 'entity is', 'entities are')} undecided again.`,
    undone: () => 'Undone.',
    redone: () => 'Done again.',
    saved: (/** @type {string} */ name) => `Saved as ${name}.`,
    savedTraining: (
      /** @type {string} */ name,
      /** @type {number} */ lines,
      /** @type {number} */ leftOut,
    ) =>
      `Saved as ${name}: ${counted(lines, 'document', 'documents')}.${leftOut ? ` ${counted(leftOut, 'entity', 'entities')} of types that were not asked for ${leftOut === 1 ? 'is' : 'are'} left out.` : ''}`,
    noTraining: () => 'No document is complete yet, so there is nothing to save.',
    next: (
      /** @type {string} */ mention,
      /** @type {string} */ type,
      /** @type {string} */ attributes,
      /** @type {number} */ value,
      /** @type {string} */ sentence,
    ) =>
      `Next: ${mention}, ${type}${attributes && `, ${attributes}`}, score ${score(value)}. ${sentence}`,
  },

  bulkTitle: 'Accept by score',
  bulkScore: 'Score at least',
  bulkType: 'Type',
  bulkAll: 'All types',
  bulkPreview: (
    /** @type {number} */ count,
    /** @type {number} */ left,
    /** @type {number} */ documents,
  ) =>
    `${number(count)} of ${number(left)} undecided, in ${counted(documents, 'document', 'documents')}.`,
  bulkExamples: 'The most doubtful of them:',
  bulkExample: (/** @type {string} */ mention, /** @type {string} */ type) =>
    `${mention} (${type})`,
  bulkNone: 'No undecided entity has this score.',
  bulkTakeBack: (/** @type {number} */ count) =>
    `Take back all ${number(count)} that were accepted by score`,
  bulkButton: (/** @type {number} */ count) => `Accept ${number(count)}`,

  tallyTitle: 'Tally',
  tallyColumns: {
    group: 'Type',
    precision: 'Precision',
    accepted: 'Accepted',
    changed: 'Changed',
    rejected: 'Rejected',
    missed: 'Missed',
  },
  tallyAll: 'All types',
  tallyScores: 'By score',
  tallyBand: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}`,
  tallyMean: (/** @type {number} */ value) => `mean ${score(value)}`,
  tallyInterval: (
    /** @type {number} */ precision,
    /** @type {number} */ low,
    /** @type {number} */ high,
  ) => `${score(precision)} (${score(low)} to ${score(high)})`,
  tallyTogether: (/** @type {number} */ count) =>
    `${counted(count, 'entity', 'entities')} accepted together ${count === 1 ? 'is' : 'are'} not counted: nobody looked at them.`,
  tallyNote:
    'Precision is the share of the model’s entities, decided one by one, that were accepted as they are; in brackets the 95% interval (Wilson score). Changed and rejected ones are wrong. Missed ones were marked by you. In order of doubt, the share covers only what you have seen so far.',
  tallyScoreNote: 'The tick is the mean score: within the interval, the score means what it says.',
  tallyCsv: 'Tally as CSV',
  tallyJson: 'Tally as JSON',

  filesTitle: 'Save',
  saveReview: 'Review (JSON)',
  saveReviewHint:
    'All documents with everything found and decided. Open this file on another machine to go on there.',
  saveTraining: 'Training lines (JSON Lines)',
  trainingNote: (/** @type {number} */ whole, /** @type {number} */ documents) =>
    `${number(whole)} of ${counted(documents, 'document', 'documents')} complete: every entity is decided, and you have said that nothing is missing. Only these become training lines.`,

  keysTitle: 'Keys',
  keysSwitch: 'Use single keys',
  keysNote:
    'They work while no text field has the focus. Switch them off if they get in the way of a screen reader or of voice control: every key has a button.',
  keys: {
    accept: 'accept, and go on',
    reject: 'reject, and go on',
    skip: 'leave it undecided, and go on',
    back: 'back to the one before',
    types: 'change to the type with this number, or mark the selected words as it',
    end: 'move the end by a word',
    start: 'move the beginning by a word',
    missed: 'type words that were missed',
    complete: 'nothing is missing in this document',
    undo: 'undo; with Shift do it again',
    help: 'show this list',
  },
  shiftKey: 'Shift',

  opened: (
    /** @type {number} */ added,
    /** @type {number} */ merged,
    /** @type {number} */ problems,
  ) =>
    `Review opened: ${counted(added, 'document', 'documents')} added${merged ? `, the decisions on ${number(merged)} that were here already are joined` : ''}${problems ? `; ${counted(problems, 'problem is', 'problems are')} listed under the text` : ''}.`,
  notOpened: (/** @type {string} */ name) =>
    `${name} is a saved review, but no document in it could be read. Save it again on the other machine.`,
  otherVersion: (/** @type {string} */ name) =>
    `${name} was saved by another version of bioner. Open it with that version, or save it again with this one.`,
};
