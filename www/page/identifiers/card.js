// The part of a mark's card that shows its identifier, with the others that it may have.

import { score } from '../../language.js';
import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';
import { chosenCandidate } from './candidates.js';
import { idLink } from './link.js';

/** @typedef {import('../state/state.js').Entity} Entity */

/**
 * @param {Entity} entity
 * @param {(id: string | null, name: string) => void} choose  Null for none.
 * @returns {Node[]}
 */
export function identifierRows(entity, choose) {
  const { candidates } = entity;
  if (!candidates) return [];
  const words = attributeTexts();
  const chosen = chosenCandidate(entity);
  const label = make('p', { className: 'id-label', textContent: words.idLabel });
  if (!candidates.length)
    return [label, make('p', { className: 'id-nothing', textContent: words.idNothing })];
  const now = chosen
    ? make(
        'p',
        { className: 'id-chosen' },
        make('bdi', { className: 'id-name', textContent: chosen.name }),
        make('span', { className: 'id-ids' }, ...[chosen.id, ...(chosen.same ?? [])].map(idLink)),
        make('span', { className: 'id-score', textContent: words.idScore(score(chosen.score)) }),
      )
    : make('p', { className: 'id-nothing', textContent: words.idNothing });

  const choice = (
    /** @type {string} */ key,
    /** @type {boolean} */ pressed,
    /** @type {() => void} */ press,
    /** @type {(Node | string)[]} */ ...content
  ) => {
    const button = make(
      'button',
      {
        type: 'button',
        className: 'id-choice',
        'aria-pressed': String(pressed),
        'data-key': `id-${key}`,
      },
      ...content,
    );
    button.addEventListener('click', press);
    return make('li', {}, button);
  };
  const all = candidates.map(({ id, name, score: value }) =>
    choice(
      id,
      id === chosen?.id,
      () => choose(id, name),
      make('bdi', { className: 'id-name', textContent: name }),
      make('span', { className: 'id-score', textContent: `${id} · ${score(value)}` }),
    ),
  );
  const none = choice('none', !chosen, () => choose(null, ''), words.idNone);
  const more = make(
    'details',
    { className: 'id-more', open: !chosen },
    make('summary', {
      textContent: words.idMore(candidates.length - (chosen ? 1 : 0)),
      'data-key': 'id-more',
    }),
    make('ul', {}, ...all, none),
  );
  return [label, now, more];
}
