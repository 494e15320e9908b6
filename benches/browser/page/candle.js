// candle-transformers' stock model: a sentence a call, greedy over all logits, without a grammar.
import { remote } from './remote.js';

const call = remote('candle-driver.js');
export const load = (options) => call('load', options);
export const extract = (options) => call('extract', options);
