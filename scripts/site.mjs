// Gathers page, module and weights into one folder that any static host serves, from any sub-path:
//   node scripts/site.mjs [FOLDER]     (site/ if none is given)
// www/ is the folder's root, with pkg/ and models/ beside index.html.
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem, main, root } from './common.mjs';
import { CONFIGURATIONS, headers } from './hosting.mjs';
import { checkModel, copyVocabulary } from './model-files.mjs';
import { shellScript } from './shell.mjs';

const model = 'models/default';

const START = `bioner, complete in this folder: nothing is fetched from anywhere else.

Browsers do not run it by a double click on index.html. Serve the folder on this computer, with one of

  node serve.mjs .
  python3 -m http.server 8080 --bind 127.0.0.1

and open http://localhost:8080/ . No network is needed.

Les navigateurs ne l'exécutent pas par un double clic sur index.html. Servez ce dossier sur cet
ordinateur, avec l'une des commandes ci-dessus, et ouvrez http://localhost:8080/ . Aucun réseau n'est
nécessaire.
`;

await main(async () => {
  const site = resolve(process.argv[2] ?? join(root, 'site'));
  if (existsSync(site) && !existsSync(join(site, '_headers'))) {
    throw new Problem(`${site} exists and is not a site that this script wrote`);
  }
  checkModel(join(root, model));
  rmSync(site, { recursive: true, force: true });
  cpSync(join(root, 'www'), site, { recursive: true });
  cpSync(join(root, 'pkg'), join(site, 'pkg'), { recursive: true });
  cpSync(join(root, model), join(site, model), { recursive: true });
  copyVocabulary(join(root, 'vocabulary'), join(site, 'vocabulary'));
  // So that the folder can be carried to a computer without a network and served there.
  cpSync(join(root, 'scripts', 'serve.mjs'), join(site, 'serve.mjs'));
  writeFileSync(join(site, 'START.txt'), START);
  writeFileSync(join(site, 'shell.js'), shellScript({ '/': site }));
  for (const name of ['LICENSE', 'NOTICE', 'THIRD-PARTY.txt'])
    cpSync(join(root, name), join(site, name));
  writeFileSync(join(site, '_headers'), CONFIGURATIONS._headers(await headers()));
  // GitHub Pages would otherwise run the folder through a site generator.
  writeFileSync(join(site, '.nojekyll'), '');
  console.log(`${site} is ready for any static host`);
});
