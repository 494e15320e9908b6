import type { BionerError, Entity } from './client.js';

export type { Entity } from './client.js';

/** What an `entities` event carries: once a few sentences are done, and once at the end. */
export interface EntitiesDetail {
  /** All that has been found so far; offsets refer to `text`. */
  entities: Entity[];
  /** The element's text as it was read: white space collapsed, an empty line between blocks. */
  text: string;
  /** Whether the whole text has been read. */
  complete: boolean;
}

export interface BionerTextEventMap {
  entities: CustomEvent<EntitiesDetail>;
  error: CustomEvent<BionerError>;
}

/**
 * `<bioner-text model types preset threshold auto module format>`: marks the entities of the text in it.
 *
 * - `model`: the folder of the weights; by default `models/default/` beside `client.js`.
 * - `module`: the WebAssembly module's script; by default `pkg/bioner.js` beside `client.js`.
 * - `types`: names, separated by commas; by default those of the preset.
 * - `preset`: `literature` (the default), `note`, `trial` or `safety`; counts where there is no `types`.
 * - `threshold`: the least score that is marked, 0 to 1.
 * - `auto`: begin without being asked, and again when the text changes. Without it there is a button.
 * - `format`: the output format; by default the one that the model answers best in for these types.
 *
 * Events: `entities` (CustomEvent<EntitiesDetail>), `error` (CustomEvent<BionerError>). Neither bubbles.
 */
export class BionerText extends HTMLElement {
  /** Empty where the preset says what to look for. */
  types: string[];
  preset: string;
  threshold: number;
  auto: boolean;
  /** All that was found, whatever the threshold. */
  readonly entities: readonly Entity[];
  /** The text they refer to. */
  readonly text: string;
  readonly phase: 'idle' | 'loading' | 'working' | 'done' | 'error';
  /** Reads the text as it is now, and resolves with its entities. */
  extract(): Promise<readonly Entity[]>;
  /** Stops what is running. What has been found stays. */
  cancel(): void;
  addEventListener<K extends keyof BionerTextEventMap>(
    type: K,
    listener: (this: BionerText, event: BionerTextEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'bioner-text': BionerText;
  }
}
