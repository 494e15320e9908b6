// All that shows a result and corrects it, mounted when there is the first one.

import { mountAnnotated } from '../annotated/text.js';
import { mountChart } from './chart.js';
import { Corrections } from '../state/corrections.js';
import { Editor, mountAddLine } from '../annotated/editor.js';
import { mountFilterBar } from './filter-bar.js';
import { mountLegend } from './legend.js';
import { mountRaw } from './raw-answers.js';
import { mountReview } from '../review/panel.js';
import { mountTable } from './entity-table.js';
import { mountThings } from './group-table.js';
import { mountTip } from '../annotated/tooltip.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../documents/collection.js').Documents} documents
 * @param {import('../state/session.js').Session} session
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
