#!/bin/sh
# npm 11.19.1 names the root of a CycloneDX SBOM after the folder, not after the package in it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tool" "$folder/checkout"
cd "$folder/tool"
npm init -y > /dev/null
npm install --silent --no-fund --no-audit npm@11.19.1
npm="$folder/tool/node_modules/.bin/npm"
cd "$folder/checkout"
printf '%s\n' '{ "name": "example-page", "version": "1.2.3", "dependencies": { "ms": "2.1.3" } }' > package.json
"$npm" install --silent --no-fund --no-audit
for format in cyclonedx spdx; do
    "$npm" sbom --silent --sbom-format=$format > "../installed-$format.json"
    "$npm" sbom --silent --package-lock-only --sbom-format=$format > "../lock-$format.json"
done
echo "npm $("$npm" --silent --version)"
echo "in the folder checkout: $(cat package.json)"
cd ..
node -e '
const assert = require("node:assert");
for (const source of ["installed", "lock"]) {
  const { name, purl } = require(process.cwd() + `/${source}-cyclonedx.json`).metadata.component;
  const spdx = require(process.cwd() + `/${source}-spdx.json`).packages[0].name;
  console.log(`from ${source}: CycloneDX has the name ${name} and the purl ${purl}; SPDX the name ${spdx}`);
  assert.equal(name, "checkout");
  assert.equal(purl, "pkg:npm/example-page@1.2.3");
  assert.equal(spdx, "example-page");
}
'
