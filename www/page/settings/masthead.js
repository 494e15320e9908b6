// The buttons at the top of every page: light or dark colours, and the language.

import { LANGUAGES, language, onLanguage, setLanguage } from '../../language.js';
import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';

export function mountMasthead() {
  const root = document.documentElement;
  const theme = byId('theme');
  const languageButton = byId('language');
  const label = () => {
    theme.title = root.dataset.theme === 'dark' ? words.themeToLight : words.themeToDark;
    theme.setAttribute('aria-label', theme.title);
    languageButton.textContent = words.otherLanguage;
    languageButton.lang = otherLanguage(); // the button has the name of the other language, in that language
  };
  theme.addEventListener('click', () => root.dispatchEvent(new Event('theme-toggle')));
  languageButton.addEventListener('click', () => setLanguage(otherLanguage()));
  new MutationObserver(label).observe(root, { attributeFilter: ['data-theme'] });
  onLanguage(label);
  label();
}

/** The language that the button changes to. */
const otherLanguage = () => LANGUAGES.find((known) => known !== language) ?? 'en';
