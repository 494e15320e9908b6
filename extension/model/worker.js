// The client's worker, for weights that lie in the extension's own package.

import './no-store.js';
import '../../www/worker.js';
