// The witness in the model's worker. It tells the page over a channel of its own, named as the
// worker is, so that the conversation about the model stays as it is on every other page.

import { tryToLeak, witness } from './witness.js';

const channel = new BroadcastChannel(self.name);
witness((sighting) => channel.postMessage(sighting));
channel.onmessage = async ({ data }) => {
  if (data.kind === 'try') channel.postMessage({ kind: 'tried', leaked: await tryToLeak(data.text) });
};
