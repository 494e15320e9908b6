#!/bin/sh
# Node 20.20.2 and Bun 1.4.5: who gives way by posting to a port of its own waits a thousand turns for another's message.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit node@20.20.2 bun@1.4.5
cat > turns.mjs <<'EOF'
import assert from 'node:assert';

/** Works in steps and gives way after each; "stop" is posted in the tenth. Returns the steps done when it arrives. */
function steps(giveWay) {
  const stop = new MessageChannel();
  return new Promise((resolve) => {
    let done = 0;
    let stopped = false;
    stop.port2.onmessage = () => { stopped = true; };
    const step = () => {
      if (++done === 10) stop.port1.postMessage('stop');
      if (!stopped && done < 5000) return giveWay(step);
      stop.port1.close();
      resolve(done);
    };
    step();
  });
}

const own = new MessageChannel();
const byMessage = await steps((next) => {
  own.port2.onmessage = next;
  own.port1.postMessage(null);
});
own.port1.close();
const byImmediate = await steps(setImmediate);
const bun = process.versions.bun;
console.log(bun ? `Bun ${bun}` : `Node ${process.version}`);
console.log('steps done when "stop", posted in step 10, arrives');
console.log('  giving way by a message to itself:', byMessage);
console.log('  giving way by setImmediate:       ', byImmediate);
assert.equal(byImmediate, 11);
assert.ok(byMessage > 1000 && byMessage < 1100);
EOF
node_modules/.bin/node turns.mjs
node_modules/.bin/bun turns.mjs
