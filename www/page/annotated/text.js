// The annotated text: shows the marks of the current results, and opens the editor at a mark.

import { byId, flash } from '../common/dom.js';
import { withFallback } from '../common/fallback.js';
import { keyOf } from '../entities/order.js';
import { isFileAnnotation } from '../review/annotations.js';
import { reviewOf } from '../review/compare.js';
import { showDecisions } from './decisions.js';
import { keepingFocus } from './keep-focus.js';
import { enableMarkKeys } from './mark-keys.js';
import { TextWriter } from './text-writer.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('./editor.js').Editor} editor
 */
export function mountAnnotatedText(state, editor) {
  const article = byId('annotated');
  /** @type {TextWriter | undefined} */
  let writer;

  state.watch(['results', 'review', 'language'], (values) => {
    const { results } = values;
    if (!results) return;
    keepingFocus(article, () => {
      if (writer?.results !== results) writer = new TextWriter(article, results);
      writer.write(
        values,
        withFallback('the comparison', () => reviewOf(values), undefined),
      );
      showDecisions(writer.marks, results);
    });
  });
  state.watch(['hidden', 'threshold', 'hiddenStatuses'], (values) => {
    const review = withFallback('the comparison', () => reviewOf(values), undefined);
    if (review) keepingFocus(article, () => writer?.write(values, review));
    if (writer) showDecisions(writer.marks, writer.results);
    writer?.filter(values);
  });
  state.watch(['selected'], ({ selected }) => {
    if (selected?.from !== 'table') return;
    const mark = writer?.marks.get(keyOf(selected.entity));
    if (!mark) return;
    mark.scrollIntoView({ block: 'center' });
    flash(mark);
  });

  /** @param {Element | null} element */
  const entityOf = (element) => {
    const mark = element?.closest('mark:not(.off)');
    return mark && writer?.entities.get(mark);
  };
  article.addEventListener('click', ({ target }) => {
    const entity = entityOf(/** @type {Element} */ (target));
    if (!entity || getSelection()?.isCollapsed === false) return;
    if (isFileAnnotation(entity))
      return editor.openAnnotation(entity, writer?.marks.get(keyOf(entity)));
    state.set({ selected: { entity, from: 'text' } });
    editor.openEntity(entity, writer?.marks.get(keyOf(entity)));
  });
  enableMarkKeys(article, {
    open: (mark) => {
      const entity = entityOf(mark);
      if (!entity) return;
      if (isFileAnnotation(entity)) editor.openAnnotation(entity, mark, true);
      else editor.openEntity(entity, mark, true);
    },
    remove: (mark) => {
      const entity = entityOf(mark);
      if (entity && !isFileAnnotation(entity)) editor.remove(entity);
    },
  });
}
