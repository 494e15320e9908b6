// Firefox's background page, which is the model's home too: it is there whenever a message is.

import { listen } from './main.js';

listen(async () => {});
