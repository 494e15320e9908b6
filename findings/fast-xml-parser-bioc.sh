#!/bin/sh
# fast-xml-parser 5.12.1 with its default options changes texts and identifiers of a BioC file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit fast-xml-parser@5.12.1 @xmldom/xmldom@0.9.12
cat > run.mjs <<'EOF'
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import { XMLParser } from 'fast-xml-parser';

const { version } = JSON.parse(readFileSync('node_modules/fast-xml-parser/package.json', 'utf8'));
const file = `<collection><source>example</source><date>2026</date><key>example</key><document><id>0012345</id>
<passage><offset>0</offset><text> TNF-&#945; in gout</text>
<annotation id="1"><infon key="identifier">090</infon><location offset="10" length="4"/><text>gout</text></annotation>
</passage></document></collection>`;
const xml = new DOMParser().parseFromString(file, 'text/xml');
const of = (name) => xml.getElementsByTagName(name)[0].textContent;
const stands = { id: of('id'), identifier: of('infon'), text: of('text') };
const { document } = new XMLParser({ ignoreAttributes: false }).parse(file).collection;
const { annotation, text } = document.passage;
const read = { id: document.id, identifier: annotation.infon['#text'], text };
console.log('fast-xml-parser', version);
console.log('in the file:', stands, 'at offset 10:', stands.text.slice(10, 14));
console.log('read:       ', read, 'at offset 10:', read.text.slice(10, 14));
assert.deepEqual(stands, { id: '0012345', identifier: '090', text: ' TNF-α in gout' });
assert.equal(stands.text.slice(10, 14), 'gout');
assert.deepEqual(read, { id: 12345, identifier: 90, text: 'TNF-&#945; in gout' });
EOF
node run.mjs
