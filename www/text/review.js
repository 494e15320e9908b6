// The texts of the review, which are loaded with it. Every language is a file in review/. All have the same shape,
// which the type checker and tests/scripts/text.test.mjs check.

import { inLanguage } from '../language.js';
import { en } from './review/en.js';
import { fr } from './review/fr.js';

/** The texts of the review in the current language. */
export const reviewWords = inLanguage({ en, fr });
