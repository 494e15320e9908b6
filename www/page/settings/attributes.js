// The switches for what entities are to have beside their type: status, section and identifier. A change by the reader
// concerns the results that there are, too.

import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';
import { allResults } from '../state/results.js';
import { storeAttributes, storedAttributes } from '../storage/stored-attributes.js';

/**
 * @typedef {import('../entities/attributes.js').Wanted} Wanted
 *
 * What is on where the reader has chosen nothing. Notes, reports of side effects and criteria of trials name much that
 * is absent; abstracts hardly do.
 * @type {Record<string, Pick<Wanted, 'assertion' | 'sections'>>}
 */
const DEFAULTS = {
  note: { assertion: true, sections: true },
  safety: { assertion: true, sections: true },
  trial: { assertion: true, sections: true },
  literature: { assertion: false, sections: false },
};

/** @param {import('../state/state.js').State} state */
export function mountAttributes(state) {
  const stored = storedAttributes();
  const boxes = /** @type {Record<keyof Wanted, HTMLInputElement>} */ ({
    assertion: byId('with-assertion'),
    sections: byId('with-sections'),
    link: byId('with-link'),
  });

  for (const [name, box] of Object.entries(boxes)) {
    box.addEventListener('change', () => {
      const { wanted, preset, results, documents } = state.values;
      const now = { ...wanted, [name]: box.checked };
      keep(preset, now);
      for (const one of allResults(state.values)) one.wanted = now;
      state.set({ wanted: now, results, documents });
    });
  }

  /** @param {string} preset @param {Wanted} wanted */
  const keep = (preset, { assertion, sections, link }) => {
    stored.presets[preset] = { assertion, sections };
    stored.link = link;
    storeAttributes(stored);
  };

  /** @type {string | undefined} */
  let last;
  state.watch(['preset'], ({ preset, wanted }) => {
    if (preset === last) return;
    // Types that are no preset's come from changing a preset's: what was on stays on.
    if (preset === '' && last !== undefined) keep(preset, wanted);
    last = preset;
    const chosen = { ...DEFAULTS[preset], ...stored.presets[preset], link: stored.link };
    state.set({ wanted: { ...wanted, ...chosen } });
  });
  state.watch(['wanted'], ({ wanted }) => {
    for (const [name, box] of Object.entries(boxes))
      box.checked = wanted[/** @type {keyof Wanted} */ (name)];
  });
  state.watch(['attributesBusy', 'wanted', 'language'], ({ attributesBusy, wanted }) => {
    byId('link-note').textContent =
      attributesBusy && wanted.link ? words.attributesLinkBusy : words.attributesLinkNote;
  });
}
