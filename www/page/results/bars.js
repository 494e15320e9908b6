// Draws a bar chart as SVG. The bars have names and numbers, so that nothing depends on colour.

import { text as words } from '../../text.js';
import { applyTypeStyle } from '../common/type-style.js';

const ROW_HEIGHT = 26; // pixels
const MAX_NAME_SHARE = 0.45; // of the width
const LETTER_WIDTH = 7.6; // pixels, on average

/** @typedef {import('./chart.js').Bar} Bar */

/**
 * @param {Bar[]} bars
 * @param {number} width
 */
export function drawBars(bars, width) {
  const most = Math.max(...bars.map(({ count }) => count));
  const longest = Math.max(...bars.map(({ text }) => text.length));
  const names = Math.min(width * MAX_NAME_SHARE, longest * LETTER_WIDTH + 16);
  const chart = element('svg', {
    width,
    height: bars.length * ROW_HEIGHT,
    role: 'img',
    class: 'bars',
  });
  chart.setAttribute(
    'aria-label',
    words.chartLabel(
      bars.map(({ text, type, count }) => words.chartBar(text, type, count)).join('; '),
    ),
  );
  for (const [i, { text, type, count }] of bars.entries()) {
    const y = i * ROW_HEIGHT;
    const length = Math.max(3, (width - names - 48) * (count / most));
    const row = element('g', {});
    applyTypeStyle(/** @type {any} */ (row), type);
    const title = element('title', {});
    title.textContent = words.chartBar(text, type, count);
    const name = element('text', {
      x: names - 8,
      y: y + ROW_HEIGHT / 2,
      'text-anchor': 'end',
      class: 'bar-name',
    });
    const fits = Math.floor((names - 8) / LETTER_WIDTH);
    name.textContent = text.length > fits ? `${text.slice(0, fits - 1)}…` : text;
    const figure = element('text', {
      x: names + length + 6,
      y: y + ROW_HEIGHT / 2,
      class: 'bar-count',
    });
    figure.textContent = String(count);
    const bar = element('rect', {
      x: names,
      y: y + 4,
      width: length,
      height: ROW_HEIGHT - 8,
      rx: 3,
      class: 'bar',
    });
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
