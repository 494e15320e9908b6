// Checks and measures the kernels in WebAssembly: `node run.mjs MODULE.wasm [tokens]...`, in node, or
// with `--browser` before the module in headless Chromium (or what CHROMIUM names). In node, time is
// the processor's, not the clock's, so that other work on the machine does not count.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureAll } from './measure.mjs';

const options = process.argv.slice(2);
const browser = options[0] === '--browser' && options.shift();
const [path, ...rest] = options;
const counts = rest.length ? rest.map(Number) : [1, 4, 16, 64, 256];
const module = readFileSync(path);

if (browser) {
  measureInBrowser();
} else {
  const { instance } = await WebAssembly.instantiate(module, {});
  const now = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
  };
  const kernel = /** @type {Record<string, (...values: number[]) => number>} */ (instance.exports);
  for (const line of measureAll(kernel, counts, now)) console.log(line);
}

// A page that holds everything and works before it has loaded, so that its text is the result.
function measureInBrowser() {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-bench-'));
  try {
    const source = readFileSync(new URL('measure.mjs', import.meta.url), 'utf8');
    const page = join(folder, 'page.html');
    writeFileSync(
      page,
      `<pre id="result"></pre><script>
      ${source.replaceAll('export ', '')}
      const show = (line) => { result.textContent += line + '\\n'; };
      try {
        const bytes = Uint8Array.from(atob('${module.toString('base64')}'), (c) => c.charCodeAt(0));
        const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
        for (const line of measureAll(instance.exports, [${counts}], () => performance.now())) show(line);
      } catch (e) { show(e.stack); }
    </script>`,
    );
    const html = execFileSync(
      process.env.CHROMIUM ?? 'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${folder}`,
        '--dump-dom',
        `file://${page}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    console.log(
      (/<pre id="result">([\s\S]*?)<\/pre>/.exec(html)?.[1] ?? '').replaceAll('&gt;', '>'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
