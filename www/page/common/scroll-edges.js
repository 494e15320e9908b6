// Shows at which side of an element more of it is out of sight, and lets the keyboard scroll it sideways.

/**
 * @param {HTMLElement} scroller
 * @param {HTMLElement} frame  What is around it: it gets the classes `more-before` and `more-after`.
 * @param {HTMLElement} hint   What says in words that there is more. It is shown while there is.
 */
export function showScrollEdges(scroller, frame, hint) {
  const update = () => {
    const room = scroller.scrollWidth - scroller.clientWidth;
    const isWide = room > 1;
    frame.classList.toggle('more-before', isWide && scroller.scrollLeft > 1);
    frame.classList.toggle('more-after', isWide && scroller.scrollLeft < room - 1);
    hint.hidden = !isWide;
    // A stop of the Tab key only where there is something to scroll: rows are reached by their buttons.
    if (isWide) scroller.tabIndex = 0;
    else scroller.removeAttribute('tabindex');
  };
  scroller.addEventListener('scroll', update, { passive: true });
  const observer = new ResizeObserver(update);
  for (const element of [scroller, ...scroller.querySelectorAll('table')])
    observer.observe(element);
}
