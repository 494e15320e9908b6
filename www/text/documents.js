// The texts of the list of documents, which are loaded with it. Every language is a file in documents/. All have the same
// shape, which the type checker and tests/scripts/text.test.mjs check.

import { inLanguage } from '../language.js';
import { en } from './documents/en.js';
import { fr } from './documents/fr.js';

/** The texts of the list of documents in the current language. */
export const documentWords = inLanguage({ en, fr });
