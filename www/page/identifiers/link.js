// An identifier as a link: a plain address, which the browser opens in a new tab when it is pressed and not before.

import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';
import { siteOf } from './links.js';

/** @param {string} id */
export function idLink(id) {
  const known = siteOf(id);
  const text = make('bdi', { className: 'id', textContent: id });
  if (!known) return text;
  const name = attributeTexts().idOpen(id, known.site);
  return make(
    'a',
    {
      className: 'id-link',
      href: known.address,
      target: '_blank',
      rel: 'noopener noreferrer',
      title: name,
      'aria-label': name,
    },
    text,
  );
}
