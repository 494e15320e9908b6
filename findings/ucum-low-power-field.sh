#!/bin/sh
# ucum-lhc 7.1.10, and fhirpath 5.2.2, which uses it, take a low power field for as large as a high power field.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit @lhncbc/ucum-lhc@7.1.10 fhirpath@5.2.2 @atomic-ehr/ucum@0.2.5
cat > run.mjs <<'EOF'
import assert from 'node:assert';
import { createRequire } from 'node:module';
import { ucum } from '@atomic-ehr/ucum';

const require = createRequire(import.meta.url);
const units = require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();
const fhirpath = require('fhirpath');

console.log('@lhncbc/ucum-lhc 7.1.10, fhirpath 5.2.2, @atomic-ehr/ucum 0.2.5');
// In UCUM's table, [HPF] is 1 and [LPF] is 100: a field of a lower power shows a larger area.
for (const [value, from, to, lhc, other] of [
  [1, '[LPF]', '[HPF]', 1, 100],
  [5, '/[LPF]', '/[HPF]', 5, 0.05],
]) {
  const { status, toVal } = units.convertUnitTo(from, value, to);
  const atomic = ucum.convert(value, from, to);
  console.log(`${value} ${from} in ${to}: ucum-lhc ${status}, ${toVal}; @atomic-ehr/ucum ${atomic}`);
  assert.equal(status, 'succeeded');
  assert.equal(toVal, lhc);
  assert.ok(Math.abs(atomic - other) < 1e-9);
}
const system = 'http://unitsofmeasure.org';
const casts = { resourceType: 'Observation', valueQuantity: { value: 5, unit: '/LPF', code: '/[LPF]', system } };
const model = require('fhirpath/fhir-context/r4');
const [answer] = fhirpath.evaluate(casts, "Observation.value > 3 '/[HPF]'", {}, model);
console.log(`fhirpath: are 5 casts in a low power field more than 3 in a high power field? ${answer}`);
assert.equal(answer, true);
EOF
node run.mjs
