// The texts of the interface, in the reader's language. Every language is a file in text/. All have the same shape,
// which the type checker and tests/scripts/text.test.mjs check.

import { language, onLanguage } from './language.js';
import { en } from './text/en.js';
import { fr } from './text/fr.js';

const all = { en, fr };

/** The texts in the current language. */
export let text = all[language];
onLanguage((chosen) => (text = all[chosen]));
