#!/bin/sh
# compromise 14.17.0 leaves the first bracket or quotation mark out of the start of a match but counts it in the length.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit compromise@14.17.0
cat > run.mjs <<'EOF'
import assert from 'node:assert';
import nlp from 'compromise';

console.log('compromise', nlp.version);
for (const [text, word, expected] of [
  ['She has severe asthma', 'severe', 'severe'],
  ['She has (severe) asthma', 'severe', 'severe) '],
  ['She has "severe" asthma', 'severe', 'severe" '],
  ['She has chronic (severe) asthma', 'chronic severe', 'chronic (severe)'],
  ['She has (severe) chronic asthma', 'severe chronic', 'severe) chronic '],
]) {
  const [found] = nlp(text).match(word).json({ offset: true });
  const { start, length } = found.offset;
  console.log(`${text}: text ${found.text}, start ${start}, length ${length}: "${text.slice(start, start + length)}"`);
  assert.equal(text.slice(start, start + length), expected);
}
EOF
node run.mjs
