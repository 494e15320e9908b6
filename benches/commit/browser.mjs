// Two checkouts in one browser, a page each: the client library as a page uses it, with the module
// that was committed.
import { join } from 'node:path';
import { Tab } from '../browser/peers.mjs';
import { here } from '../browser/prepare.mjs';
import { launch } from '../browser/launch.mjs';
import { serve } from '../browser/server.mjs';
import { sum } from '../shared/stats.mjs';
import { folders } from './checkout.mjs';

export async function open({ now, before }, types) {
  const checkouts = { '/now/': folders(now), '/before/': folders(before) };
  const server = await serve({ '/page/': join(here, 'page') }, checkouts);
  const { context, profile, version, close } = await launch();

  async function side(name, threads) {
    const tab = new Tab(context, server, profile, {
      page: 'self',
      options: { threads, checkout: `/${name}/` },
    });
    const loaded = await tab.open({ cold: false });
    return {
      name,
      tab,
      threads: loaded.threads,
      async extract(documents) {
        const found = [];
        for (const { text } of documents) found.push(await tab.extract({ text, types }));
        return {
          seconds: sum(found.map((one) => one.seconds)),
          entities: sum(found.map((one) => one.entities.length)),
        };
      },
    };
  }

  const unload = async (sides) => {
    for (const { tab } of sides) await tab.close();
  };
  return {
    versions: { browser: version },
    async load(threads) {
      const sides = [await side('now', threads), await side('before', threads)];
      if (sides.every((one) => one.threads === threads)) return sides;
      await unload(sides);
      return undefined;
    },
    unload,
    async close() {
      await close();
      server.close();
    },
  };
}
