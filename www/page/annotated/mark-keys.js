// Keyboard navigation among marks. Tab stops at one mark only; the arrow keys, Home and End move from mark to
// mark, Enter opens one, and Delete removes it.

/**
 * @param {HTMLElement} article
 * @param {{ open: (mark: HTMLElement) => void, remove: (mark: HTMLElement) => void }} on
 */
export function enableMarkKeys(article, { open, remove }) {
  const marks = () =>
    /** @type {HTMLElement[]} */ ([...article.querySelectorAll('mark:not(.off)')]);
  const steps = {
    ArrowRight: 1,
    ArrowDown: 1,
    ArrowLeft: -1,
    ArrowUp: -1,
    Home: -Infinity,
    End: Infinity,
  };

  article.addEventListener('keydown', (event) => {
    const mark = /** @type {Element} */ (event.target).closest('mark');
    if (!mark || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const all = marks();
    const at = all.indexOf(mark);
    /** @param {number} to */
    const focus = (to) => all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
    if (step) focus(at + step);
    else if (event.key === 'Enter' || event.key === ' ') open(mark);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      remove(mark);
      marks()[Math.min(at, marks().length - 1)]?.focus();
    } else return;
    event.preventDefault();
  });
  article.addEventListener('focusin', ({ target }) => {
    for (const other of article.querySelectorAll('mark[tabindex="0"]'))
      other.setAttribute('tabindex', '-1');
    if (target instanceof HTMLElement && target.matches('mark')) target.tabIndex = 0;
  });
  // Tab always reaches one of them.
  new MutationObserver(() => {
    if (!article.querySelector('mark[tabindex="0"]:not(.off)'))
      article.querySelector('mark:not(.off)')?.setAttribute('tabindex', '0');
  }).observe(article, { childList: true, subtree: true });
}
