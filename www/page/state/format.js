// The output format that the model is asked for.

import { documents } from '../../shared/documents.js';

/** @typedef {import('./state.js').Values} Values */

/** The module of documents/; undefined as long as it is not there. */
function loaded() {
  try {
    return documents();
  } catch {
    return undefined;
  }
}

/**
 * The format that the model answers best in for the types chosen; undefined until it is loaded, and where the types
 * cannot be compared because the module of documents/ could not be fetched. It is that of the model's adapters if a
 * type is in the inventory and not among those that the weights were tuned for. Calls that name no format leave it to
 * the engine, which has the same rule and asks the weights for what the adapters are not for (`AdapterConfig::is_for`).
 *
 * @param {Pick<Values, 'model' | 'chosen'>} values
 */
export function recommendedFormat({ model, chosen }) {
  const adapter = model?.description.config?.adapter;
  if (!adapter) return model?.model.format;
  const there = loaded();
  if (!there) return undefined;
  const { findType, plainTypeName } = there;
  const except = new Set(adapter.except.map(plainTypeName));
  const isFor = chosen.some((type) => findType(type) && !except.has(plainTypeName(type)));
  return isFor ? adapter.format : model.model.format;
}

/**
 * What to set so that a format is asked for with these types: nothing where it is the one recommended then, so that
 * it changes with the types.
 *
 * @param {string} format
 * @param {Pick<Values, 'model' | 'chosen'>} values
 */
export const choiceOf = (format, values) =>
  format === recommendedFormat(values) ? undefined : format;

/**
 * The format that is asked for: the one that the reader chose, or else the one recommended.
 *
 * @param {Pick<Values, 'model' | 'chosen' | 'format'>} values
 */
export const formatOf = (values) => values.format ?? recommendedFormat(values);
