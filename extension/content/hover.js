// Type and score of the mark under the pointer.

import { hit } from '../../www/element/hit.js';

/** @param {import('./session.js').Session} session */
export function mountHover(session) {
  let waiting = false;
  let [x, y] = [0, 0];

  const look = () => {
    waiting = false;
    const marks = session.shown;
    const mark = marks.length ? hit(marks, x, y) : undefined;
    if (mark) session.panel.tip(mark, x, y);
    else session.panel.hideTip();
  };
  document.addEventListener(
    'pointermove',
    (event) => {
      if (!session.active) return;
      ({ clientX: x, clientY: y } = event);
      if (waiting) return;
      waiting = true; // once a frame
      requestAnimationFrame(look);
    },
    { passive: true },
  );
  // What was under the pointer is somewhere else now.
  document.addEventListener('scroll', () => session.panel.hideTip(), {
    passive: true,
    capture: true,
  });
  addEventListener('resize', () => session.panel.hideTip());
  document.documentElement.addEventListener('pointerleave', () => session.panel.hideTip());
}
