// Gathers page, module and weights into one folder that any static host serves, from any sub-path:
//   node scripts/site.mjs [FOLDER]     (site/ if none is given)
// www/ is the folder's root, with pkg/ and models/ beside index.html.
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem, main, root } from './common.mjs';
import { checkModel } from './model-files.mjs';
import { securityHeaders } from './serve.mjs';

const model = 'models/default';

/** The `_headers` file that Netlify, Cloudflare Pages and others read: what `npm start` sends too. */
async function headersFile() {
  const fields = Object.entries(await securityHeaders(join(root, 'www')));
  return ['/*', ...fields.map(([name, value]) => `  ${name}: ${value}`), ''].join('\n');
}

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
  writeFileSync(join(site, '_headers'), await headersFile());
  // GitHub Pages would otherwise run the folder through a site generator.
  writeFileSync(join(site, '.nojekyll'), '');
  console.log(`${site} is ready for any static host`);
});
