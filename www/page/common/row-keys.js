// Keyboard navigation in a long table. Tab stops at one row only; the arrow keys, Home, End, Page Up and Page
// Down move from row to row.

const PAGE = 10; // rows

/** @param {HTMLElement} body  Each of its rows has one `.jump` button. */
export function enableRowKeys(body) {
  const steps = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: PAGE,
    PageUp: -PAGE,
    Home: -Infinity,
    End: Infinity,
  };
  body.addEventListener('keydown', (event) => {
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const row = /** @type {Element} */ (event.target).closest('tr');
    if (!step || !row || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const rows = Array.from(body.children);
    const to = Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step));
    /** @type {HTMLElement | null} */ (rows[to].querySelector('.jump'))?.focus();
  });
  body.addEventListener('focusin', ({ target }) => {
    for (const other of body.querySelectorAll('.jump[tabindex="0"]'))
      other.setAttribute('tabindex', '-1');
    /** @type {Element} */ (target)
      .closest('tr')
      ?.querySelector('.jump')
      ?.setAttribute('tabindex', '0');
  });
}
