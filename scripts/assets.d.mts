/** Copies client, workers, element, modules and vocabulary into `folder`, to be served as they are. */
export function copyRuntime(folder: string): Promise<void>;

/**
 * Brings the weights of a model into `folder`, checked against their manifest. What is there already
 * and right is left alone.
 *
 * @param from  The address of a model's folder (https or file), or a path.
 */
export function getModel(
  folder: string,
  from: string | URL,
  onProgress?: (progress: { done: number; total: number }) => void,
): Promise<{ name: string; size: number; [key: string]: unknown }>;
