// The panel that accepts all entities from a score on, after showing which ones they are.

import { score as formatScore } from '../../../language.js';
import { make } from '../../common/dom.js';
import { oneLine } from '../../../shared/text.js';
import { reviewWords as words } from '../../../text/review.js';

const START = 0.95;
const EXAMPLES = 5;

/**
 * @param {import('./review.js').Review} review
 * @returns {{ element: HTMLElement, show: () => void }}
 */
export function bulkPanel(review) {
  const title = make('h3', { id: 'queue-bulk-title' });
  const range = make('input', {
    type: 'range',
    min: '0',
    max: '1',
    step: '0.01',
    id: 'queue-score',
  });
  range.value = String(START);
  const value = make('output', { for: 'queue-score' });
  const rangeLabel = make('span');
  const type = make('select', { id: 'queue-bulk-type' });
  const typeLabel = make('label', { for: 'queue-bulk-type' });
  const preview = make('p', { className: 'queue-preview', role: 'status' });
  const examplesLabel = make('p', { className: 'note' });
  const examples = make('ul', { className: 'queue-examples' });
  const button = make('button', { type: 'button', className: 'plain-button' });
  const back = make('button', { type: 'button', className: 'quiet-button queue-take-back' });
  const element = make(
    'section',
    { className: 'panel queue-bulk', 'aria-labelledby': title.id },
    make('div', { className: 'panel-head' }, title),
    make(
      'div',
      { className: 'queue-panel-body' },
      make('label', { className: 'slider' }, rangeLabel, range, value),
      make('div', { className: 'queue-field' }, typeLabel, type),
      preview,
      examplesLabel,
      examples,
      button,
      back,
    ),
  );

  const show = () => {
    const items = review.items;
    title.textContent = words().bulkTitle;
    rangeLabel.textContent = words().bulkScore;
    value.textContent = formatScore(Number(range.value));
    typeLabel.textContent = words().bulkType;
    fillTypes(type, [...new Set(items.map(({ entity }) => entity.type))].sort());
    const above = review.above(Number(range.value), type.value);
    const left = items.filter(({ decision }) => !decision).length;
    const documents = new Set(above.map(({ document }) => document)).size;
    preview.textContent = above.length
      ? words().bulkPreview(above.length, left, documents)
      : words().bulkNone;
    examplesLabel.hidden = examples.hidden = !above.length;
    examplesLabel.textContent = words().bulkExamples;
    examples.replaceChildren(
      ...above
        .sort((a, b) => a.entity.score - b.entity.score)
        .slice(0, EXAMPLES)
        .map(({ entity }) =>
          make(
            'li',
            {},
            make('bdi', { textContent: words().bulkExample(oneLine(entity.text), entity.type) }),
            ' ',
            make('span', { className: 'figure', textContent: formatScore(entity.score) }),
          ),
        ),
    );
    button.textContent = words().bulkButton(above.length);
    button.disabled = !above.length;
    const together = review.acceptedTogether.length;
    back.hidden = !together;
    back.textContent = words().bulkTakeBack(together);
  };
  range.addEventListener('input', show);
  type.addEventListener('change', show);
  button.addEventListener('click', () => review.acceptAbove(Number(range.value), type.value));
  back.addEventListener('click', () => review.takeBackTogether());
  return { element, show };
}

/**
 * @param {HTMLSelectElement} menu
 * @param {string[]} types
 */
function fillTypes(menu, types) {
  const { value } = menu;
  menu.replaceChildren(
    make('option', { value: '', textContent: words().bulkAll }),
    ...types.map((type) => make('option', { value: type, textContent: type })),
  );
  menu.value = types.includes(value) ? value : '';
}
