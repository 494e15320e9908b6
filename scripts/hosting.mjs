// The headers of `npm start`, as other servers are told to send them; and docs/hosting.md, which has them all:
//   node scripts/hosting.mjs
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main, root } from './common.mjs';
import { securityHeaders } from './serve.mjs';

/** @typedef {[name: string, value: string][]} Headers */

/** The headers of every answer. @returns {Promise<Headers>} */
export async function headers() {
  const security = await securityHeaders(join(root, 'www'));
  return [...Object.entries(security), ['cache-control', 'no-cache']];
}

/**
 * The configuration of a server, by its name. The values have single quotes and no double ones.
 *
 * @type {Record<'_headers' | 'nginx' | 'apache' | 'caddy', (headers: Headers) => string>}
 */
export const CONFIGURATIONS = {
  /** The file that Netlify, Cloudflare Pages and others read. */
  _headers: (headers) =>
    ['/*', ...headers.map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
  nginx: (headers) =>
    `server {
  listen 80;
  root /var/www/bioner;
${headers.map(([name, value]) => `  add_header ${name} "${value}" always;`).join('\n')}
}
`,
  apache: (headers) =>
    `AddType application/wasm .wasm
AddType application/manifest+json .webmanifest
${headers.map(([name, value]) => `Header always set ${name} "${value}"`).join('\n')}
`,
  caddy: (headers) =>
    `:80 {
  root * /var/www/bioner
  file_server
  header {
${headers.map(([name, value]) => `    ${name} "${value}"`).join('\n')}
  }
}
`,
};

/** @param {string} text */
const block = (text) => `\`\`\`\n${text}\`\`\``;

/** docs/hosting.md. @param {Headers} sent */
export function hostingPage(sent) {
  const of = (/** @type {keyof typeof CONFIGURATIONS} */ name) => block(CONFIGURATIONS[name](sent));
  return `# Hosting the page

\`npm run site\` gathers page, modules and weights in \`site/\`. Any host of static files can serve that folder, from any
path. This page is written by \`node scripts/hosting.mjs\` from what \`npm start\` sends
(\`tests/scripts/hosting.test.mjs\`).

The folder is one version: \`shell.js\` has the checksum of every file of the page, and of the model's manifest. After a
change, also of the model, gather it again.

The page must be opened over https, or from localhost. Otherwise browsers do not let it verify what it downloads.

| header | what it is for |
|---|---|
| \`content-security-policy\` | nothing can be loaded from another origin, or sent to one; no other site can put the page in a frame |
| \`cross-origin-opener-policy\`, \`cross-origin-embedder-policy\`, \`cross-origin-resource-policy\` | other sites share neither a process nor a window with the page |
| \`x-content-type-options\` | a file is what its type says |
| \`referrer-policy\` | who follows a link does not tell where from |
| \`cache-control\` | a browser asks for a new version, and keeps what has not changed |

## Netlify, Cloudflare Pages

\`npm run site\` writes this file, \`_headers\`, into the folder. There is nothing to do.

${of('_headers')}

## nginx

A \`location\` with an \`add_header\` of its own loses all of these: put them there too.

${of('nginx')}

## Apache

In a \`.htaccess\` in the folder, or in the \`<Directory>\` of it. The module \`headers\` must be on
(\`a2enmod headers\`).

${of('apache')}

## Caddy

${of('caddy')}

## GitHub Pages, and other hosts that send no header of yours

The page works there, from a sub-path too. The policy that it brings itself, in a \`<meta>\` tag, forbids foreign origins
as well. The workers inherit it (\`tests/browser/privacy.test.mjs\` runs all of its checks on such a host). Lost are:

- **Frames.** Another site can put the page in a frame, and trick a reader into pressing its buttons. A policy in a
  \`<meta>\` tag cannot forbid that.
- **Isolation.** The page may share a process with other pages of the same host, and keeps its link to the window that
  opened it. On \`NAME.github.io\`, all projects of NAME are one origin: another project's page can read what this one has
  stored. Do not use it for texts that must stay private; use a host or a name that only this page has.
- **The service worker** has no policy of its own. Its code asks only for the files of the page.

Whoever hosts the page sees what any host sees: the reader's address, the browser's name, and which files are asked for.
The vocabulary is asked for when identifiers are first wanted. Texts, and what is found in them, are never part of a
request.
`;
}

if (process.argv[1] && resolve(process.argv[1]) === join(root, 'scripts/hosting.mjs')) {
  await main(async () => {
    writeFileSync(join(root, 'docs/hosting.md'), hostingPage(await headers()));
  });
}
