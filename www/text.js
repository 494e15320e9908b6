// Every text of the interface, in the reader's language. A file in text/ is a language; all have the same
// shape: the type checker and tests/scripts/text.test.mjs see to it.

import { language, onLanguage } from './language.js';
import { en } from './text/en.js';
import { fr } from './text/fr.js';

const all = { en, fr };

/** The interface's words in the reader's language. */
export let text = all[language];
onLanguage((chosen) => (text = all[chosen]));
