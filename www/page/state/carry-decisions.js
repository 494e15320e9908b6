// Takes the reader's decisions on a text to the text that is in the box now.

import { text as words } from '../../text.js';
import { askToConfirm } from '../common/dialog.js';
import { carried, isAnother } from '../entities/carry.js';
import { isEdited, noEdits } from '../entities/edits.js';

/**
 * The decisions that hold for the text as it is now. Where others would be lost, the reader is asked; undefined if that
 * is not to be. For another text they are not meant, so there are none and no question. It is loaded late.
 *
 * @typedef {(results: import('./state.js').Results, text: string)
 *   => Promise<import('../entities/edits.js').Edit | undefined>} Carry
 */

/** @type {Carry} */
export async function carryDecisions(results, text) {
  if (isAnother(results.text, text)) return noEdits().now;
  const { edit, lost } = carried(results.edits.now, results.text, text);
  const agreed = !lost || (await askToConfirm(words.extractAsk(lost, !isEdited(edit))));
  return agreed ? edit : undefined;
}
