// The words of the interface, in the browser's language: _locales/*/messages.json.

import { percentIn } from '../../www/shared/numbers.js';
import { typeProblemWords } from '../../www/shared/type-problems.js';

/**
 * @param {string} key
 * @param {...(string | number)} values  For the placeholders $1, $2, …
 */
export function word(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String)) || key;
}

const language = () => chrome.i18n.getUILanguage();

/**
 * A word with a number: `KEY_one` or `KEY_other`, as the language has it.
 *
 * @param {string} key
 * @param {number} count
 * @param {...(string | number)} more
 */
export function counted(key, count, ...more) {
  // Chosen by the language the words are in, which is not the browser's where that has no folder.
  const rule = new Intl.PluralRules(word('language')).select(count);
  return word(
    `${key}_${rule === 'one' ? 'one' : 'other'}`,
    count.toLocaleString(language()),
    ...more,
  );
}

/** @param {number} value  0 to 1. */
export function percent(value) {
  return percentIn(word('language'), value);
}

/**
 * A type in the reader's language; one of the reader's own stays as it was put.
 *
 * @param {string} type
 */
export function typeName(type) {
  return chrome.i18n.getMessage(`type_${type}`) || type;
}

/** A preset in the reader's language. @param {string} preset */
export function presetName(preset) {
  return chrome.i18n.getMessage(`preset_${preset}`) || preset;
}

/**
 * @typedef {{ code?: string, message?: string, problem?: import('../../www/client.d.ts').TypeProblem }} Failure
 *
 * What went wrong, in words for people.
 *
 * @param {Failure} error
 */
export function errorWords({ code = '', message = '', problem }) {
  if (problem) return typeProblemWords(word('language'), problem);
  const known = chrome.i18n.getMessage(`error_${code.replace(/\W/g, '_')}`);
  return known || word('error_other', message || code);
}
