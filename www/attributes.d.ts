import type { LoadProgress, WorkerLike } from './client.js';

/** The section of a text that an entity is in. */
export interface EntitySection {
  /** Its heading as printed, without a colon. */
  heading: string;
  /** What it is called whatever its heading says, such as `family history`, if that is known. */
  name?: string;
  /** Its code in LOINC, if it has one. */
  loinc?: string;
}

/** A concept that an entity may mean. */
export interface Candidate {
  /** Its identifier, such as `MESH:D003924`. */
  id: string;
  /** Its preferred name. */
  name: string;
  /** How well it fits, 0 to 1: 1 is an equal name of the right type. */
  score: number;
  /** The identifiers that other vocabularies have for it. */
  same?: string[];
}

/** The optional fields of an entity: there if they were asked for. */
export interface EntityAttributes {
  /** Whether what is mentioned is there. */
  assertion?: 'present' | 'absent' | 'possible';
  /** When it is. */
  temporality?: 'current' | 'historical' | 'hypothetical';
  /** Whose it is. */
  experiencer?: 'patient' | 'family';
  /** The section it is in; missing before the first heading. */
  section?: EntitySection;
  /** The identifier of the first candidate, if that is sure enough. */
  id?: string;
  /** What it may be, the likeliest first; missing if there is nothing. */
  candidates?: Candidate[];
}

/** A section of a text. What stands before the first heading is in none. */
export interface TextSection extends EntitySection {
  /** Where its heading begins, in UTF-16 code units. */
  start: number;
  /** Where the next section begins, or the text ends. */
  end: number;
  /** Where the text behind its heading begins; missing if there is none. */
  body?: number;
}

export interface AnnotateOptions {
  /** Whether to give `assertion`, `temporality` and `experiencer`; false by default, as are those below. */
  assertion?: boolean;
  /** Whether to give `section`, and the sections of the text. */
  sections?: boolean;
  /** Whether to give `id` and `candidates`. */
  link?: boolean;
  /** Aborting rejects with an AbortError at once. */
  signal?: AbortSignal;
}

/** What `annotate` gives. */
export interface Annotated<E = unknown> {
  /** Copies of the entities in the order given, with the fields asked for in place of those they had. */
  entities: (Omit<E, keyof EntityAttributes> & EntityAttributes)[];
  /** The sections of the text, in order; none if they were not asked for. */
  sections: TextSection[];
}

export interface AttributesOptions {
  /** The WebAssembly module's script. By default `./pkg/bioner_attributes.js` beside this file. */
  module?: string | URL;
  /**
   * The folder of the vocabulary that comes with the program, with its manifest.json; by default
   * `../vocabulary/` beside the module's. With null there is none but the user's own.
   */
  vocabulary?: string | URL | null;
  /** Starts a worker; for pages that cannot start `./attributes/worker.js` beside this file themselves. */
  createWorker?: () => WorkerLike;
  /** Called some ten times a second while the vocabulary that comes with the program loads. */
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
}

export interface AddOptions {
  /** Called some ten times a second with the bytes read so far and the size of the file. */
  onProgress?: (progress: { loaded: number; total: number }) => void;
  /** Aborting rejects with an AbortError at once; nothing of the file is kept. */
  signal?: AbortSignal;
}

/** What was read of a user's vocabulary. */
export interface AddedVocabulary {
  name: string;
  /** How many concepts it has. */
  concepts: number;
  /** How many names they have; spellings of one name count once. */
  names: number;
  /** The first hundred problems. What could be read is used. */
  problems: VocabularyProblem[];
  /** How many problems there are in all. */
  problemCount: number;
}

/** Something in a vocabulary that could not be used. */
export interface VocabularyProblem {
  /** The line it is on, counted from 1; missing where the whole file is concerned. */
  line?: number;
  /** Such as `columns`, `missing`, `syntax`, `not-text`, `text-too-large` or `io`. */
  code: string;
  message: string;
}

/** Where a part of a vocabulary comes from. */
export interface VocabularySource {
  /** The name of the user's vocabulary that says it; missing for the one that comes with the program. */
  vocabulary?: string;
  name: string;
  version: string;
  license: string;
  /** Who is to be credited. */
  credit: string;
}

/** What gives entities their optional fields: in a worker of its own, without a model. */
export class Attributes {
  private constructor();
  /** Starts the worker and loads the module. No vocabulary is fetched before `link` is first asked for. */
  static load(options?: AttributesOptions): Promise<Attributes>;
  /**
   * The same entities with the fields asked for. Their `type` matters for `link` alone.
   *
   * @throws BionerError, or AbortError if `signal` is aborted
   */
  annotate<E extends { start: number; end: number; type?: string }>(
    text: string,
    entities: readonly E[],
    options?: AnnotateOptions,
  ): Promise<Annotated<E>>;
  /**
   * Reads a vocabulary of the user's, on this device: tab-separated values, OBO or OMOP's table of concepts,
   * compressed by gzip or not. It is asked before the one that comes with the program, after those added
   * before. One of the same name is replaced; if the file has no concept, the promise rejects with the code `vocabulary`
   * and the earlier one stays.
   *
   * @throws BionerError of the code `vocabulary` if there is no concept in the file
   */
  addVocabulary(file: Blob, name: string, options?: AddOptions): Promise<AddedVocabulary>;
  /** Takes away a vocabulary of the user's; false if there is none of that name. */
  removeVocabulary(name: string): Promise<boolean>;
  /** Where the vocabularies come from that have been loaded, with their licences. */
  sources(): Promise<VocabularySource[]>;
  /** Stops the worker and frees the vocabularies. */
  close(): void;
}
