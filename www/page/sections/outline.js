// The outline of the text: its sections, beside the text or folded above it, with how many entities each has. The one
// that is being read is marked.

import { number } from '../../language.js';
import { attributeTexts } from '../../text/attributes.js';
import { byId, coalesced, flash, make } from '../common/dom.js';
import { sectionAt } from './at.js';
import { passes } from '../entities/visible.js';
import { sectionKind } from './names.js';

const REFRESH_EVERY_MS = 200;
const FOLLOW_EVERY_MS = 100;
const READING_LINE = 150; // pixels from the top of the window: the section that is there is the one being read

/** @typedef {import('../../attributes.d.ts').TextSection} Section */

/** @param {import('../state/state.js').State} state */
export function mountOutline(state) {
  const article = byId('annotated');
  const summary = make('summary');
  const list = make('ol');
  const details = make('details', {}, summary, list);
  const outline = make('nav', { className: 'outline', id: 'outline', hidden: true }, details);
  const place = make('div', { className: 'text-and-outline' });
  article.before(place);
  place.append(outline, article);

  const wide = matchMedia('(min-width: 75rem)');
  const fold = () => (details.open = wide.matches);
  wide.addEventListener('change', fold);
  fold();

  /** @type {Section[]} */
  let sections = [];
  const show = () => {
    const { results } = state.values;
    const now = (!results?.running && results?.annotation?.sections) || [];
    const words = attributeTexts();
    outline.hidden = !now.length;
    place.classList.toggle('with-outline', now.length > 0);
    outline.setAttribute('aria-label', words.outlineTitle);
    summary.replaceChildren(
      make('span', { textContent: words.outlineTitle }),
      make('span', { className: 'count', textContent: number(now.length) }),
    );
    if (now !== sections || list.dataset.lang !== document.documentElement.lang) {
      sections = now;
      list.dataset.lang = document.documentElement.lang;
      list.replaceChildren(...now.map((section, i) => make('li', {}, entry(section, i))));
    }
    count();
    follow();
  };

  const count = () => {
    const { results } = state.values;
    const counts = sections.map(() => 0);
    for (const entity of results?.entities ?? []) {
      const at = passes(entity, state.values) ? sectionAt(sections, entity.start) : -1;
      if (at >= 0) counts[at]++;
    }
    for (const [i, figure] of [...list.querySelectorAll('.count')].entries()) {
      figure.textContent = number(counts[i]);
      figure.setAttribute('title', attributeTexts().outlineCount(counts[i]));
      figure.classList.toggle('none', !counts[i]);
    }
  };

  const follow = () => {
    if (!sections.length) return;
    const at = lastAbove(sections.length, (i) => {
      const heading = headingOf(article, i);
      return !heading || heading.getBoundingClientRect().top <= READING_LINE;
    });
    for (const [i, button] of [...list.querySelectorAll('button')].entries()) {
      if (i === at) button.setAttribute('aria-current', 'location');
      else button.removeAttribute('aria-current');
    }
  };

  list.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('button');
    const heading = button && headingOf(article, Number(button.dataset.at));
    if (!heading) return;
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    heading.scrollIntoView({ block: 'start', behavior: reduced ? 'auto' : 'smooth' });
    heading.focus({ preventScroll: true });
    flash(heading);
  });
  addEventListener('scroll', coalesced(follow, FOLLOW_EVERY_MS), { passive: true });
  state.watch(
    ['results', 'hidden', 'threshold', 'hiddenStatuses', 'language'],
    coalesced(show, REFRESH_EVERY_MS),
  );
}

/**
 * @param {Section} section
 * @param {number} at
 */
function entry(section, at) {
  const kind = sectionKind(section);
  return make(
    'button',
    { type: 'button', className: 'outline-entry', 'data-at': at },
    make('bdi', { className: 'outline-heading', textContent: section.heading }),
    ' ',
    make('span', { className: 'count' }),
    ...(kind.length ? [' ', make('span', { className: 'outline-kind' }, ...kind)] : []),
  );
}

/**
 * The heading of a section in the text.
 *
 * @param {HTMLElement} article
 * @param {number} at
 * @returns {HTMLElement | null}
 */
const headingOf = (article, at) => article.querySelector(`[data-section="${at}"]`);

/**
 * The last of `count` for which `isAbove` holds, where it holds for all before it; -1 if there is none.
 *
 * @param {number} count
 * @param {(index: number) => boolean} isAbove
 */
function lastAbove(count, isAbove) {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isAbove(middle)) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
