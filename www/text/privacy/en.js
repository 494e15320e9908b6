// The texts of the page privacy.html in English.

import { counted } from '../../language.js';

export const en = {
  title: 'bioner: nothing leaves this tab, and how to check it',
  skip: 'Skip to the check',
  back: 'Back to bioner',
  heading: 'Nothing leaves this tab. Check it yourself.',
  lead: 'You need not believe us. On this page your own browser counts every request, and you can cut the network before you try it.',
  stepsTitle: 'In four steps',
  stepLoad: 'The page and the model are loaded',
  loading: 'Loading the model.',
  ready: 'Loaded. From here on nothing more is needed from the network.',
  stepCut: 'Cut the network',
  stepCutHow:
    'Switch to flight mode, or pull the cable. You can even reload the page after that: it is kept on this device.',
  online: 'Your browser says: connected',
  offline: 'Your browser says: no network',
  stepRun: 'Extract',
  done: (
    /** @type {number} */ entities,
    /** @type {number} */ requests,
    /** @type {boolean} */ offline,
  ) =>
    `${counted(entities, 'entity', 'entities')} found${offline ? ' without a network' : ''}, with ${counted(requests, 'request', 'requests')}.`,
  stepLeak: 'Try to get out',
  stepLeakHow:
    'This button tries to send the text above to example.com, from the page and from the model’s worker. With the network cut it says nothing; try it connected.',
  leak: 'Try to send the text away',
  refused:
    'Not sent: both attempts failed. Where the browser’s rule stopped them, the table below counts them as refused.',
  leaked: 'Something was sent. Do not use this copy of the page: somebody has changed it.',
  logTitle: 'What your browser reports',
  logText:
    'These numbers do not come from our code. They are what the browser records as resource timings and policy violations, in the page and in the worker that runs the model.',
  columns: {
    loading: 'while loading',
    after: 'after that',
    foreign: 'to another address',
    refused: 'refused by the policy',
  },
  where: { page: 'The page', worker: 'The model’s worker' },
  all: 'Every one of them',
  line: {
    request: (/** @type {string} */ url) => url,
    refused: (/** @type {string} */ url, /** @type {string} */ rule) => `refused ${url} (${rule})`,
  },
  blindTitle: 'What these numbers cannot see',
  blind: {
    resources:
      'Resource timings list files and fetches, also those answered from this device. They do not list WebSocket and WebRTC connections; the policy forbids the former to any other address, and no code here uses the latter, which no policy can forbid in every browser.',
    violations:
      'Policy violations list what the browser refused. What is allowed, a request to the address this page came from, is not among them.',
    browser:
      'Neither sees what the browser does on its own account (updates, checks for this page’s own updates, spelling help), what extensions do, or what other programs send.',
    trust:
      'All of it is shown by a page that you would have to trust. With the network cut you need not: that is why the second step is there. The network panel of your browser’s developer tools is another witness.',
  },
  policyTitle: 'What the policy forbids',
  policyText:
    'The page carries a Content-Security-Policy: rules by which your browser itself refuses, whatever the page’s code tries. The model’s worker is started so that the same rules bind it.',
  policy: {
    'default-src':
      'Nothing is allowed that is not named below: no frames, no fonts, no media, no plug-ins.',
    'script-src':
      'Code comes from this page’s own address alone. WebAssembly may run; text may not become code.',
    'worker-src': 'Background threads are started from this page’s own code alone.',
    'connect-src':
      'Data is exchanged with this page’s own address alone: no other server can be told anything.',
    'style-src': 'Styles come from this page’s own address alone.',
    'img-src':
      'Images come from this page’s own address alone: none can carry a text away in its name.',
    'manifest-src': 'The description used to install the page comes from its own address alone.',
    'base-uri': 'The page cannot be made to take relative addresses for others.',
    'form-action': 'No form can be sent anywhere.',
  },
  stickTitle: 'On a stick',
  stickText:
    'The first command gathers page, program and model in one folder of some 90 MB, which needs nothing else. Copy it to a stick; either of the other two serves it on a computer without a network, at http://localhost:8080/.',
  stickFile:
    'A double click on index.html is not enough: opened as a file, browsers refuse to start the page’s scripts and the worker, and would not verify the model. Serving it from this computer is not going online.',
};
