// The texts of the page privacy.html, which no other page needs.

import { inLanguage } from '../language.js';
import { en } from './privacy/en.js';
import { fr } from './privacy/fr.js';

/** The texts in the current language. */
export const privacyTexts = inLanguage({ en, fr });
