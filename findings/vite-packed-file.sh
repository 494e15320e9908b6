#!/bin/sh
# Vite 8.3.8 sends a static file whose name ends with .gz as a compressed form of another: fetch unpacks it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit vite@8.3.8
mkdir public
node -e '
const { gzipSync } = require("node:zlib");
const { writeFileSync } = require("node:fs");
const packed = gzipSync("name\tidentifier\n".repeat(200));
writeFileSync("public/names.gz", packed);
writeFileSync("public/names.bin", packed);
writeFileSync("index.html", "<title>example</title>");
console.log("written: the same", packed.length, "bytes as names.gz and names.bin");
'
cat > run.mjs <<'EOF'
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { build, createServer, preview, version } from 'vite';

const length = readFileSync('public/names.gz').length;
console.log('vite', version);
await build({ logLevel: 'silent' });
const servers = [await (await createServer({ logLevel: 'silent' })).listen(), await preview({ logLevel: 'silent' })];
for (const server of servers) {
  const at = server.resolvedUrls.local[0];
  for (const name of ['names.gz', 'names.bin']) {
    const response = await fetch(at + name);
    const bytes = (await response.arrayBuffer()).byteLength;
    const encoding = response.headers.get('content-encoding');
    console.log(name, 'has', bytes, 'bytes for fetch; content-encoding:', encoding);
    if (name === 'names.gz') assert.ok(encoding === 'gzip' && bytes === 3200);
    else assert.ok(encoding === null && bytes === length);
  }
  await server.close();
}
process.exit(0);
EOF
node run.mjs
