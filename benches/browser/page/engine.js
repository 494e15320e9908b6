// Ours without the client library: the module alone, for what the library does not tell.
import { remote } from './remote.js';

const call = remote('engine-driver.js');
export const load = (options) => call('load', options);
export const extract = (options) => call('extract', options);
