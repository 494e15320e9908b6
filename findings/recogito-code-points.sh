#!/bin/sh
# Recogito's text annotator 4.1.1 counts the positions of W3C Web Annotation in UTF-16 code units, not in code points.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit @recogito/text-annotator@4.1.1 @apache-annotator/dom@0.2.0 @apache-annotator/selector@0.2.0 \
    jsdom@26.1.0
cat > run.mjs <<'EOF'
import assert from 'node:assert';
import { JSDOM } from 'jsdom';

const text = '𝛽-carotene in asthma and gout.';
const { window } = new JSDOM(`<div id="text">${text}</div>`, { pretendToBeVisual: true });
globalThis.window = window;
for (const name of ['document', 'Node', 'NodeFilter', 'Range', 'Element', 'HTMLElement', 'MutationObserver']) {
  globalThis[name] = window[name];
}
const { parseW3CTextAnnotation, reviveAnnotation } = await import('@recogito/text-annotator');
const { createTextPositionSelectorMatcher } = await import('@apache-annotator/dom');
const container = window.document.getElementById('text');
console.log('@recogito/text-annotator 4.1.1, @apache-annotator/dom 0.2.0');
console.log(text);
for (const [word, expected] of [['asthma', ' asthm'], ['gout', ' gou']]) {
  const start = [...text.slice(0, text.indexOf(word))].length;
  const position = { type: 'TextPositionSelector', start, end: start + word.length };
  const { parsed } = parseW3CTextAnnotation({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `#${word}`,
    type: 'Annotation',
    body: [{ type: 'TextualBody', purpose: 'tagging', value: 'Disease' }],
    target: { source: 'text', selector: [position, { type: 'TextQuoteSelector', exact: word }] },
  });
  const recogito = String(reviveAnnotation(parsed, container).target.selector[0].range);
  const apache = String((await createTextPositionSelectorMatcher(position)(container).next()).value);
  console.log(`${word}, code points ${start} to ${position.end}: Recogito marks "${recogito}", Apache "${apache}"`);
  assert.equal(recogito, expected);
  assert.equal(apache, word);
}
process.exit(0);
EOF
node run.mjs
