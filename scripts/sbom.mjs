// Writes what the things that ship are made of, as CycloneDX (a software bill of materials):
//   node scripts/sbom.mjs [FOLDER]     (dist/sbom/ if none is given)
// browser.cdx.json (page, extension, npm package), command.cdx.json, python.cdx.json: the crates that are linked in, with
// licence and checksum, the weights and the vocabulary. development.cdx.json: the packages of npm that building and
// testing use, none of which ships.
import * as CycloneDX from '@cyclonedx/cyclonedx-library';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem, main, output, root } from './common.mjs';
import { SHIPPED, WASM, linkedCrates } from './crates.mjs';

const { Enums, Models, Serialize, Spec, Validation } = CycloneDX;

/** A crate as a component. @param {import('./crates.mjs').Crate} crate */
function component({ name, version, ours, license, description, repository, sha256 }) {
  const purl = ours ? undefined : `pkg:cargo/${name}@${encodeURIComponent(version)}`;
  const made = new Models.Component(Enums.ComponentType.Library, name, {
    bomRef: `${name}@${version}`,
    version,
    purl,
    description: description?.replace(/\s+/g, ' ').trim() || undefined,
  });
  // Older crates write the slash where SPDX has OR.
  if (license) made.licenses.add(new Models.LicenseExpression(license.replace(/ ?\/ ?/g, ' OR ')));
  if (sha256) made.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
  if (repository)
    made.externalReferences.add(
      new Models.ExternalReference(repository, Enums.ExternalReferenceType.VCS),
    );
  return made;
}

/**
 * Rust's standard library, which is linked into everything. Its version is the compiler's: that of pkg/ for the modules.
 *
 * @param {string} compiler  As `rustc --version` names it.
 */
const standardLibrary = (compiler) =>
  new Models.Component(Enums.ComponentType.Library, 'rust-std', {
    bomRef: 'rust-std',
    version: /^rustc (\S+)/.exec(compiler)?.[1],
    description: `The standard library of ${compiler}`,
  });

/** Weights or a vocabulary as a component: what its manifest says. @param {string} folder */
function data(folder) {
  const read = readFileSync(join(root, folder, 'manifest.json'), 'utf8');
  const { name, sha256, licence, base_model } = JSON.parse(read);
  const { Data, MachineLearningModel } = Enums.ComponentType;
  const made = new Models.Component(base_model ? MachineLearningModel : Data, name, {
    bomRef: folder,
    description: base_model ? `Weights, tuned from ${base_model}` : 'Names and identifiers',
  });
  made.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
  if (licence) made.licenses.add(new Models.LicenseExpression(licence));
  return made;
}

/** @param {keyof typeof SHIPPED} name */
function bomOf(name) {
  const { packages, target, data: folders } = SHIPPED[name];
  const crates = linkedCrates(packages, target);
  const components = new Map([...crates].map(([key, crate]) => [key, component(crate)]));
  for (const [key, { uses }] of crates) {
    for (const used of uses)
      components
        .get(key)
        ?.dependencies.add(
          /** @type {InstanceType<typeof Models.Component>} */ (components.get(used)).bomRef,
        );
  }
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const whole = new Models.Component(Enums.ComponentType.Application, `bioner-${name}`, {
    bomRef: `bioner-${name}`,
    version,
  });
  whole.licenses.add(new Models.LicenseExpression(license));
  const bom = new Models.Bom();
  bom.metadata.component = whole;
  for (const [key, made] of components) {
    bom.components.add(made);
    if (packages.some((one) => key.startsWith(`${one}@`))) whole.dependencies.add(made.bomRef);
  }
  const compiler =
    target === WASM
      ? JSON.parse(readFileSync(join(root, 'pkg/sources.json'), 'utf8')).toolchain
      : output('rustc', ['--version']);
  for (const made of [standardLibrary(compiler), ...folders.map(data)]) {
    bom.components.add(made);
    whole.dependencies.add(made.bomRef);
  }
  return new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  ).serialize(bom, { sortLists: true, space: 2 });
}

/** What npm knows of the packages that building and testing use. */
function development() {
  const npm = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const text = output('npm', npm, { maxBuffer: 64 * 1024 * 1024 });
  if (!text) throw new Problem('npm sbom failed: npm 10 or later is needed');
  const bom = JSON.parse(text);
  bom.metadata.component.name = 'bioner'; // npm names it after the folder
  return JSON.stringify(bom, null, 2);
}

await main(async () => {
  const folder = resolve(process.argv[2] ?? join(root, 'dist/sbom'));
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  for (const name of /** @type {(keyof typeof SHIPPED)[]} */ (Object.keys(SHIPPED))) {
    const text = bomOf(name);
    const wrong = await validator.validate(text);
    if (wrong) throw new Problem(`${name}: not CycloneDX: ${JSON.stringify(wrong)}`);
    const path = join(folder, `${name}.cdx.json`);
    writeFileSync(path, `${text}\n`);
    console.log(`${path}: ${JSON.parse(text).components.length} components`);
  }
  const path = join(folder, 'development.cdx.json');
  writeFileSync(path, `${development()}\n`);
  console.log(path);
});
