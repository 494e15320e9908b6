// The model's home: an offscreen document in Chrome, the background page in Firefox. Tabs come in by
// ports. After some minutes without work it is closed, because its weights take 150 MB of memory.

import { Bioner } from '../../www/client.js';
import { documents, ready } from '../../www/shared/documents.js';
import { MODEL_PORT } from '../shared/names.js';
import { ModelServer } from './server.js';

const server = new ModelServer({
  load: (onProgress) =>
    Bioner.load({
      model: chrome.runtime.getURL('models/default/'),
      module: chrome.runtime.getURL('pkg/bioner.js'),
      createWorker: () =>
        new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'bioner' }),
      onProgress,
    }),
  documents: async () => {
    await ready();
    return documents();
  },
  // Firefox's background page has other work, and Firefox itself ends it when it is idle.
  onIdle: () => isOffscreen() && window.close(),
});

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === MODEL_PORT && port.sender?.id === chrome.runtime.id) server.attach(port);
});

/** An offscreen document has `chrome.runtime` and nothing else of the API. */
function isOffscreen() {
  return chrome.tabs === undefined;
}
