import type {
  AnnotateOptions,
  Annotated,
  Attributes,
  AttributesOptions,
  EntityAttributes,
} from './attributes.js';

/** A mention of something in a text. */
export interface Entity extends EntityAttributes {
  /** Where it begins in the given text, in UTF-16 code units. */
  start: number;
  /** Where it ends, exclusive. */
  end: number;
  /** One of the types asked for. */
  type: string;
  /** The given text from `start` to `end`. */
  text: string;
  /**
   * How likely it is right, 0 to 1: the model's own probability for the mention, calibrated where the
   * model's file says how.
   */
  score: number;
  /**
   * Why it is an entity where the model did not write it: a short form that the text defines, with the
   * type and score of its long form, or a mention repeated from an earlier sentence, with 0.85 of its score.
   */
  origin?: 'abbreviation' | 'repeat';
}

/** What the model wrote for one sentence. */
export interface RawAnswer {
  /** The sentence, in UTF-16 code units of the given text. */
  start: number;
  end: number;
  /**
   * The answer in the format asked for, word for word; where the format marks types by signs that are not
   * shown, as `compact` does, with the names of the types instead.
   */
  text: string;
}

/**
 * The results of the sentences just finished, in the order of the text. The first part comes before
 * any sentence is finished, and says how many there are.
 */
export interface Part {
  entities: Entity[];
  /** Empty unless `raw` was asked for; an answer for each question that was asked about a sentence. */
  raw: RawAnswer[];
  /** Sentences finished so far. */
  done: number;
  /** Sentences in the text. */
  total: number;
  /**
   * In the last part, if `assertion`, `sections` or `link` was asked for: all entities of the text with these
   * fields, and its sections. The `entities` of the parts are without them.
   */
  result?: Annotated<Entity>;
}

export interface ExtractOptions {
  /**
   * What to look for, in any words; either this or `preset` is needed: `['Chemical', 'Disease']`. From 1 to 24, no name twice. A name has up to
   * 40 characters: a letter or a digit, then letters, digits, spaces and `-`, `_`, `/`, `+`, `'`, `’`, `(`, `)`.
   */
  types?: string[];
  /** Look for the types of a preset: `literature`, `note`, `trial` or `safety`. */
  preset?: string;
  /** One of `info.formats`; by default the one that the model answers best in for these types. */
  format?: string;
  /**
   * Whether to ask for all types at once, also for types that the model was not tuned to be asked for together.
   * Faster, and much less is found; false by default.
   */
  together?: boolean;
  /** Whether to hand out what the model wrote. */
  raw?: boolean;
  /**
   * Whether the `result` has `assertion`, `temporality` and `experiencer`: true by default for the preset
   * `note`.
   */
  assertion?: boolean;
  /** Whether it has `section`, and the sections of the text. */
  sections?: boolean;
  /** Whether it has `id` and `candidates`. */
  link?: boolean;
  /** Aborting rejects with an AbortError at once; the model can be used again. */
  signal?: AbortSignal;
}

export interface LoadProgress {
  /** Bytes of the model here so far. */
  loaded: number;
  /** Bytes of the whole model; 0 until that is known. */
  total: number;
  /** How many of `loaded` were kept from an earlier visit. */
  cached: number;
  /** 1; after a failed transfer, which attempt is being made. */
  attempt: number;
}

export interface LoadOptions {
  /**
   * The folder of the model, with its manifest.json; by default `./models/default/` beside this file. What is
   * relative refers to the page; in Node, Deno and Bun it is a path, relative to the working directory.
   * Or a GGUF file of the user's own, up to 1.5 GB: it is read in slices, and never stored or sent. In Node, Deno and
   * Bun its path does as well.
   */
  model?: string | URL | Blob;
  /** The WebAssembly module's script. By default `./pkg/bioner.js` beside this file. */
  module?: string | URL;
  /**
   * How many workers share the sentences of a text; each holds the model, about its size and 60 MB
   * more. Given a number, `load` waits for all of them. By default one, which others join in the
   * background: one a core, up to four, as far as there is memory and the weights are kept.
   */
  workers?: number;
  /** Starts a worker; for pages that cannot start `./worker.js` beside this file themselves. */
  createWorker?: () => WorkerLike;
  /** Called some ten times a second while the model loads, also when it restarts after a crash. */
  onProgress?: (progress: LoadProgress) => void;
  /** Called for what does not stop anything: code `storage`, the model cannot be kept. */
  onWarning?: (warning: BionerError) => void;
  /** How `attributes` loads; its module is by default the one beside `module`. */
  attributes?: AttributesOptions;
  signal?: AbortSignal;
}

// biome-ignore lint/suspicious/noExplicitAny: a browser's Worker has more to its events
type Listener = ((event: any) => void) | null;

/** What is used of a web worker: a browser's, or one like it over something else. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  /** Stops it, whatever it is doing. */
  terminate(): void;
  /** Called with `event.data` for each message of its. */
  onmessage: Listener;
  /** Called when a message came that could not be read. */
  onmessageerror: Listener;
  /** Called when it failed; `event.message` says why. */
  onerror: Listener;
}

export interface ModelInfo {
  /** The model's manifest, without its shards; of a file, its name without `.gguf` and its size. */
  model: {
    name: string;
    size: number;
    /**
     * The output format that is asked for where a call names none: the one that the file names, or `defaultFormat`.
     * For types that the model's adapters are for, it is that of the adapters.
     */
    format: string;
    types?: string[];
    licence?: string;
    [key: string]: unknown;
  };
  /** The names of the output formats. */
  formats: string[];
  /** The one that is asked for where neither the call nor the model's file names one. */
  defaultFormat: string;
  /** The version of the module. */
  version: string;
  /** How many workers there are now. */
  workers: number;
  /** What the weights are, as read from the file. */
  description: Description;
}

export interface Description {
  /** Such as `llama` or `qwen2`. */
  architecture?: string;
  /** What the file calls itself. */
  name?: string;
  licence?: string;
  /** Number of weights. */
  parameters: number;
  bytes: number;
  /** How many tensors there are of each type: `{ Q8_0: 211, F32: 61 }`. */
  tensors: Record<string, number>;
  /** Sizes and constants. */
  config?: {
    /** What its adapters are for, if it has any: a second tuning, for questions in one output format. */
    adapter?: {
      rank: number;
      /**
       * The output format of their answers. It is asked for where a call names none and one of the types is in the
       * inventory and not in `except`.
       */
      format: string;
      /** Names of types that the model is asked for without them, if no others are asked for. */
      except: string[];
      [key: string]: unknown;
    };
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** Never renamed; new ones may come. */
export type ErrorCode =
  // the browser or runtime
  | 'wasm-missing'
  | 'simd-missing'
  | 'worker-missing'
  | 'insecure-context'
  // loading
  | 'module' // the program itself could not be loaded
  | 'network' // a file of the model could not be downloaded
  | 'io' // a file could not be read, in Node, Deno and Bun
  | 'model-manifest' // manifest.json does not describe a model
  | 'model-checksum' // a file is not what the manifest says
  | 'model-file' // the weights are damaged, or not a GGUF file
  | 'model-unsupported' // the weights are sound, but of a kind not run here
  | 'storage' // a warning only: the model cannot be kept for the next visit
  | 'attributes-module' // the program for assertion, sections and identifiers could not be loaded
  | 'vocabulary' // a vocabulary is damaged, or has no concept
  // a call
  | 'types'
  | 'preset'
  | 'format'
  | 'text-too-large'
  | 'input'
  | 'closed' // used after close()
  // what stops the model
  | 'memory' // the browser gives this tab no more memory
  | 'crashed' // workers died again and again over this text; the next call starts one
  | 'internal';

/** Why types cannot be asked for. */
export interface TypeProblem {
  reason:
    | 'none' // there is no type
    | 'too-many' // there are more than `limit`
    | 'empty' // a name is empty
    | 'too-long' // `name` has more than `limit` characters
    | 'characters' // `name` has a character that names may not have
    | 'repeated'; // `name` is there twice; case makes no difference
  name?: string;
  limit?: number;
}

export class BionerError extends Error {
  constructor(
    code: ErrorCode,
    message: string,
    options?: { cause?: unknown; problem?: TypeProblem },
  );
  readonly name: 'BionerError';
  readonly code: ErrorCode;
  /** With the code `types`: what is wrong with them. */
  readonly problem?: TypeProblem;
}

/** The longest text `extract` takes, in UTF-16 code units. */
export const MAX_TEXT_LENGTH: number;

/** A model in one worker or several. */
export class Bioner {
  private constructor();
  /** Starts the worker and loads the model: from the network once, from the browser's store after. */
  static load(options?: LoadOptions): Promise<Bioner>;
  /** What was loaded. */
  readonly info: ModelInfo;
  /** Resolves when the workers that load in the background have joined, and nothing is fetched any more. */
  readonly settled: Promise<void>;
  /**
   * The entities of `text`, a few sentences at a time as they are finished. Starts when iterated;
   * several calls are worked on one after the other. Leaving the loop early cancels.
   *
   * @throws BionerError, or AbortError if `signal` is aborted
   */
  extract(
    text: string,
    options: ExtractOptions & ({ types: string[] } | { preset: string }),
  ): AsyncGenerator<Part, void, undefined>;
  /**
   * The entities of a text with further fields: those asked for. For entities that are there already, for
   * instance after a correction. Needs no model.
   *
   * @throws BionerError, or AbortError if `signal` is aborted
   */
  annotate<E extends { start: number; end: number; type?: string }>(
    text: string,
    entities: readonly E[],
    options?: AnnotateOptions,
  ): Promise<Annotated<E>>;
  /** What does that, to add vocabularies to; loaded when it is first asked for. */
  attributes(): Promise<Attributes>;
  /** Stops the workers and frees the model. */
  close(): void;
}
