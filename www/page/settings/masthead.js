// The two buttons at the top of every page: the colours, and the other language.

import { LANGUAGES, language, onLanguage, setLanguage } from '../../language.js';
import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';

export function mountMasthead() {
  const root = document.documentElement;
  const theme = byId('theme');
  const other = byId('language');
  const name = () => {
    theme.title = root.dataset.theme === 'dark' ? words.themeToLight : words.themeToDark;
    theme.setAttribute('aria-label', theme.title);
    other.textContent = words.otherLanguage;
    other.lang = otherLanguage(); // the name is in the language it names
  };
  theme.addEventListener('click', () => root.dispatchEvent(new Event('theme-toggle')));
  other.addEventListener('click', () => setLanguage(otherLanguage()));
  new MutationObserver(name).observe(root, { attributeFilter: ['data-theme'] });
  onLanguage(name);
  name();
}

const otherLanguage = () => LANGUAGES.find((known) => known !== language) ?? 'en';
