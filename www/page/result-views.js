// All that shows a result and corrects it, mounted when there is the first one.

import { mountAnnotated } from './annotated.js';
import { mountChart } from './chart.js';
import { Corrections } from './corrections.js';
import { Editor, mountAddLine } from './editor.js';
import { mountFilterBar } from './filter-bar.js';
import { mountLegend } from './legend.js';
import { mountRaw } from './raw.js';
import { mountReview } from './review/panel.js';
import { mountTable } from './table.js';
import { mountThings } from './things-table.js';
import { mountTip } from './tip.js';

/**
 * @param {import('./state.js').State} state
 * @param {import('./documents/collection.js').Documents} documents
 * @param {import('./session.js').Session} session
 */
export function mountResultViews(state, documents, session) {
  const editor = new Editor(state, new Corrections(state, documents, session));
  mountAnnotated(state, editor);
  mountLegend(state);
  mountFilterBar(state);
  mountTable(state);
  mountThings(state);
  mountAddLine(state, editor, session);
  mountRaw(state);
  mountReview(state);
  mountChart(state);
  mountTip();
}
