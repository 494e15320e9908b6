// Mounts the views of a result, when there is a first one.

import { mountAddLine } from '../annotated/add-line.js';
import { Editor } from '../annotated/editor.js';
import { mountAnnotatedText } from '../annotated/text.js';
import { mountTooltip } from '../annotated/tooltip.js';
import { mountStatusLegend } from '../assertion/legend.js';
import { mountReview } from '../review/panel.js';
import { mountOutline } from '../sections/outline.js';
import { Corrections } from '../state/corrections.js';
import { mountChart } from './chart.js';
import { mountEntityTable } from './entity-table.js';
import { mountFilterBar } from './filter-bar.js';
import { mountGroupTable } from './group-table.js';
import { mountLegend } from './legend.js';
import { mountRawAnswers } from './raw-answers.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../documents/collection.js').Documents} documents
 * @param {import('../state/session.js').Session} session
 */
export function mountResultViews(state, documents, session) {
  const editor = new Editor(state, new Corrections(state, documents, session));
  mountAnnotatedText(state, editor);
  mountLegend(state);
  mountStatusLegend(state);
  mountOutline(state);
  mountFilterBar(state);
  mountEntityTable(state);
  mountGroupTable(state);
  mountAddLine(state, editor, session);
  mountRawAnswers(state);
  mountReview(state);
  mountChart(state);
  mountTooltip();
}
