// What the parts of the extension say to each other.

import type { Entity, TypeProblem } from '../../www/client.d.ts';
import type { Doc, ExportFormat, OutFile } from '../../www/shared/documents.js';

/** What to look for: types, or where there are none those of a preset. */
export type Asked = { types?: string[]; preset: string };

/** A tab to the model, over a port named MODEL_PORT. */
export type ToModel =
  | ({ kind: 'extract'; id: number; text: string; keepMinutes: number } & Asked)
  | { kind: 'cancel'; id: number }
  // The program that writes files lives with the model: no page has to load it.
  | { kind: 'formats'; id: number }
  | { kind: 'write'; id: number; format: string; documents: Doc[] };

/** The model to a tab. */
export type FromModel =
  | { kind: 'loading'; loaded: number; total: number }
  | { kind: 'part'; id: number; entities: Entity[]; done: number; total: number }
  | { kind: 'done'; id: number }
  | { kind: 'formats'; id: number; formats: ExportFormat[] }
  | { kind: 'written'; id: number; files: OutFile[] }
  | { kind: 'error'; id: number; code: string; message: string; problem?: TypeProblem };

/** The background to a tab. */
export type ToPage =
  | { kind: 'click' } // the toolbar button
  | { kind: 'selection' } // the menu entry
  | { kind: 'hello' }; // is the content script there?

/** A tab to the background. */
export type ToBackground =
  | { kind: 'wake' } // the model is about to be asked
  | { kind: 'style'; add: string; remove: string } // rules for the highlights of this frame
  | { kind: 'options' };

/** The background's answer. */
export type Answer = { ok: true } | { ok: false; code: string; message: string };
