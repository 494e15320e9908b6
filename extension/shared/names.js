// Names that more than one part of the extension has to agree on.

/** Of the ports from tabs to the model. */
export const MODEL_PORT = 'bioner-model';

/** What the names of this extension's highlights begin with. */
export const HIGHLIGHTS = 'bioner';
