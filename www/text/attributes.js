// The texts of status, sections and identifiers, which are loaded with the results.

import { inLanguage } from '../language.js';
import { en } from './attributes/en.js';
import { fr } from './attributes/fr.js';

/** The texts in the current language. */
export const attributeTexts = inLanguage({ en, fr });
