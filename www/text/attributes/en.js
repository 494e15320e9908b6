// The texts of status, sections and identifiers in English.

import { counted, megabytes } from '../../language.js';

export const en = {
  statuses: {
    present: 'Present',
    absent: 'Absent',
    possible: 'Possible',
    historical: 'History',
    hypothetical: 'Hypothetical',
    family: 'Family',
  },
  statusHints: {
    present: 'The patient has it now: nothing else is said',
    absent: 'It is said not to be there, as in “no fever”',
    possible: 'It may be there, as in “suspected pneumonia”',
    historical: 'It was there before, as in “history of stroke”',
    hypothetical: 'It may come, as in “return if fever”',
    family: 'A relative has it, as in “mother with asthma”',
  },
  /** As read aloud after a mention. */
  statusWords: {
    present: 'present',
    absent: 'absent',
    possible: 'possible',
    historical: 'in the past',
    hypothetical: 'hypothetical',
    family: 'a relative’s',
  },
  statusLegend: 'Status, and how many of each; press one to hide or show it',
  onlyPresent: 'Count only present',
  onlyPresentHint:
    'The merged table and the summary leave out what is absent, possible, hypothetical or a relative’s',
  statusOf: {
    assertion: {
      label: 'Is it there?',
      present: 'Present',
      absent: 'Absent',
      possible: 'Possible',
    },
    temporality: {
      label: 'When?',
      current: 'Now',
      historical: 'Before',
      hypothetical: 'If it comes',
    },
    experiencer: { label: 'Whose?', patient: 'Patient', family: 'Family' },
  },
  statusChanged: (/** @type {string} */ mention, /** @type {string} */ status) =>
    `${mention}: ${status}.`,

  attributeColumns: { status: 'Status', section: 'Section', id: 'Identifier' },
  attributeColumnHints: {
    status: 'Sort by status',
    section: 'Sort by section, in the order of the text',
    id: 'Sort by identifier',
  },

  outlineTitle: 'Sections',
  outlineCount: (/** @type {number} */ entities) => counted(entities, 'entity', 'entities'),
  outlineLoinc: (/** @type {string} */ code) => `LOINC\u00a0${code}`,
  inSection: (/** @type {string} */ heading) => `Under “${heading}”`,
  /** The names of sections.json in the crate context, by the name there. */
  sectionNames: {
    'chief complaint': 'Chief complaint',
    'reason for visit': 'Reason for visit',
    'reason for referral': 'Reason for referral',
    'history of present illness': 'History of present illness',
    'past medical history': 'Past medical history',
    'past surgical history': 'Past surgical history',
    'family history': 'Family history',
    'social history': 'Social history',
    allergies: 'Allergies',
    medications: 'Medications',
    'admission medications': 'Admission medications',
    'medications administered': 'Medications administered',
    'discharge medications': 'Discharge medications',
    'discontinued medications': 'Discontinued medications',
    immunizations: 'Immunizations',
    'review of systems': 'Review of systems',
    'vital signs': 'Vital signs',
    'physical examination': 'Physical examination',
    'discharge physical examination': 'Discharge physical examination',
    'mental status': 'Mental status',
    'functional status': 'Functional status',
    results: 'Results',
    imaging: 'Imaging',
    'problem list': 'Problem list',
    procedures: 'Procedures',
    'admission diagnosis': 'Admission diagnosis',
    'discharge diagnosis': 'Discharge diagnosis',
    'preoperative diagnosis': 'Preoperative diagnosis',
    'postoperative diagnosis': 'Postoperative diagnosis',
    anesthesia: 'Anesthesia',
    'estimated blood loss': 'Estimated blood loss',
    specimens: 'Specimens',
    complications: 'Complications',
    'hospital course': 'Hospital course',
    assessment: 'Assessment',
    'assessment and plan': 'Assessment and plan',
    'plan of treatment': 'Plan of treatment',
    'discharge instructions': 'Discharge instructions',
    diet: 'Diet',
    'advance directives': 'Advance directives',
    'radiology findings': 'Radiology findings',
    'radiology comparison': 'Radiology comparison',
    'radiology impression': 'Radiology impression',
    'inclusion criteria': 'Inclusion criteria',
    'exclusion criteria': 'Exclusion criteria',
    'eligibility criteria': 'Eligibility criteria',
    background: 'Background',
    objective: 'Objective',
    methods: 'Methods',
    conclusions: 'Conclusions',
  },

  idLabel: 'Identifier',
  idOpen: (/** @type {string} */ id, /** @type {string} */ site) => `${id}: open at ${site}`,
  idScore: (/** @type {string} */ score) => `score ${score}`,
  idNone: 'None of these',
  idNothing: 'No identifier found.',
  idMore: (/** @type {number} */ others) => counted(others, 'alternative', 'alternatives'),
  idChosen: (/** @type {string} */ name, /** @type {number} */ mentions) =>
    `${name}: chosen for ${counted(mentions, 'mention', 'mentions')}.`,
  idRefused: (/** @type {number} */ mentions) =>
    `No identifier for ${counted(mentions, 'mention', 'mentions')}.`,

  vocabularyAdd: 'Add a vocabulary of your own',
  vocabularyChoose: 'Choose a file',
  vocabularyAddHint:
    'Lines of identifier, name and type with tabs or commas between them, an OBO ontology, or a CONCEPT.csv of OMOP; also compressed (.gz). Drop it here or choose it.',
  vocabularyFirst: 'It is asked before the built-in one, stays on this device, and is never sent.',
  vocabularyReading: (/** @type {number} */ read, /** @type {number} */ total) =>
    `Reading: ${megabytes(read)} of ${megabytes(total)}`,
  vocabularyCounts: (/** @type {number} */ concepts, /** @type {number} */ names) =>
    `${counted(concepts, 'concept', 'concepts')}, ${counted(names, 'name', 'names')}`,
  vocabularyFailed: 'It could not be read.',
  vocabularyNotReplaced:
    'The new file could not be read. The one of this name that was here is still used.',
  vocabularyEmpty:
    'No concept was found in it. It has to be text (UTF-8) with an identifier, a tab and a name in each line, or with commas and a first line “id,name”.',
  vocabularyUnkept: 'This browser keeps nothing here: it is gone when the tab is closed.',
  vocabularyProblems: (/** @type {number} */ count) =>
    `${counted(count, 'line', 'lines')} with a problem; all else was read`,
  vocabularyRemove: (/** @type {string} */ name) => `Remove ${name}`,
  vocabularySources: 'Sources and licences',
};
