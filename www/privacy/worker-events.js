// Reports the network events of the model's worker to the page. They are sent over a channel of their own, so that the
// messages between page and model are the same as on every other page. The channel has the name of the worker.

import { observeNetwork, tryToSend } from './network-events.js';

const channel = new BroadcastChannel(self.name);
observeNetwork((event) => channel.postMessage(event));
channel.onmessage = async ({ data }) => {
  if (data.kind === 'try') channel.postMessage({ kind: 'tried', sent: await tryToSend(data.text) });
};
