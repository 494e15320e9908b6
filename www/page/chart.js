// What is mentioned most, as bars: inline SVG, drawn from the entities that are shown, of this
// document or of all. The bars are named, so that nothing depends on colour.

import { text as words } from '../text.js';
import { byId, coalesced, make } from './dom.js';
import { dress } from './palette.js';
import { thingsOf } from './things-table.js';

const REFRESH_EVERY_MS = 400;
const MOST_BARS = 12;
const ROW = 26; // pixels
const MOST_FOR_NAMES = 0.45; // of the width
const LETTER = 7.6; // pixels, about

/**
 * @typedef {import('./state.js').State} State
 * @typedef {{ text: string, type: string, count: number }} Bar
 */

/** @param {State} state */
export function mountChart(state) {
  const details = /** @type {HTMLDetailsElement} */ (byId('chart'));
  const place = byId('chart-place');
  const scope = /** @type {HTMLSelectElement} */ (byId('chart-scope'));

  const draw = () => {
    const { documents, results } = state.values;
    const several = documents.filter((one) => one.results).length > 1;
    byId('chart-scope-field').hidden = !several;
    if (!details.open || !results) return;
    const bars = several && scope.value === 'all' ? ofAll(state) : ofOne(state);
    const width = place.clientWidth;
    if (!bars.length) place.replaceChildren(make('p', { className: 'empty', textContent: words.chartNone }));
    else if (width) place.replaceChildren(svg(bars.slice(0, MOST_BARS), width));
  };
  const soon = coalesced(draw, REFRESH_EVERY_MS);
  details.addEventListener('toggle', draw);
  scope.addEventListener('change', draw);
  new ResizeObserver(soon).observe(details);
  state.watch(['language'], () => {
    const chosen = scope.value || 'one';
    scope.replaceChildren(
      make('option', { value: 'one', textContent: words.chartHere }),
      make('option', { value: 'all', textContent: words.chartAll }),
    );
    scope.value = chosen;
  });
  state.watch(['results', 'documents', 'hidden', 'threshold', 'language'], soon);
}

/**
 * @param {State} state
 * @returns {Bar[]}
 */
function ofOne({ values }) {
  const { results } = values;
  return results ? thingsOf(results, values).map(({ text, type, mentions }) => ({ text, type, count: mentions.length })) : [];
}

/**
 * The things of all documents, told apart by their keys: each document explains its own abbreviations.
 *
 * @param {State} state
 * @returns {Bar[]}
 */
function ofAll({ values }) {
  /** @type {Map<string, Bar>} */
  const bars = new Map();
  for (const { results } of values.documents) {
    if (!results) continue;
    for (const { key, text, type, mentions } of thingsOf(results, values)) {
      const bar = bars.get(key);
      if (bar) bar.count += mentions.length;
      else bars.set(key, { text, type, count: mentions.length });
    }
  }
  return [...bars.values()].sort((a, b) => b.count - a.count || a.text.localeCompare(b.text));
}

/**
 * @param {Bar[]} bars
 * @param {number} width
 */
function svg(bars, width) {
  const most = Math.max(...bars.map(({ count }) => count));
  const longest = Math.max(...bars.map(({ text }) => text.length));
  const names = Math.min(width * MOST_FOR_NAMES, longest * LETTER + 16);
  const chart = element('svg', { width, height: bars.length * ROW, role: 'img', class: 'bars' });
  chart.setAttribute('aria-label', words.chartLabel(bars.map(({ text, type, count }) => words.chartBar(text, type, count)).join('; ')));
  for (const [i, { text, type, count }] of bars.entries()) {
    const y = i * ROW;
    const length = Math.max(3, (width - names - 48) * (count / most));
    const row = element('g', {});
    dress(/** @type {any} */ (row), type);
    const title = element('title', {});
    title.textContent = words.chartBar(text, type, count);
    const name = element('text', { x: names - 8, y: y + ROW / 2, 'text-anchor': 'end', class: 'bar-name' });
    const fits = Math.floor((names - 8) / LETTER);
    name.textContent = text.length > fits ? `${text.slice(0, fits - 1)}…` : text;
    const figure = element('text', { x: names + length + 6, y: y + ROW / 2, class: 'bar-count' });
    figure.textContent = String(count);
    const bar = element('rect', { x: names, y: y + 4, width: length, height: ROW - 8, rx: 3, class: 'bar' });
    row.append(title, name, bar, figure);
    chart.append(row);
  }
  return chart;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function element(tag, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
