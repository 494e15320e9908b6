// Chrome's service worker: the model needs a document of its own.

import { listen } from './main.js';
import { wakeModel } from './offscreen.js';

listen(wakeModel);
