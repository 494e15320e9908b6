// Notices that the page is no longer what it was: content that comes late, lists that grow, and
// single-page applications that put another article where one was.

const QUIET_MS = 250; // changes come in bursts
const LONGEST_MS = 1500; // and some pages are never quiet

/**
 * @param {() => void} onChange  Called after each burst, and after each change of address.
 * @returns {() => void} stops watching
 */
export function watchPage(onChange) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let since = 0;
  let address = location.href;

  const soon = () => {
    const now = performance.now();
    if (timer === undefined) since = now;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        address = location.href;
        onChange();
      },
      Math.max(0, Math.min(QUIET_MS, since + LONGEST_MS - now)),
    );
  };
  const moved = () => {
    if (location.href !== address) soon();
  };

  // What happens in the panel's shadow tree is not reported here.
  const observer = new MutationObserver(soon);
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  const { navigation } = /** @type {{ navigation?: EventTarget }} */ (globalThis);
  navigation?.addEventListener('currententrychange', moved);
  addEventListener('popstate', moved);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    navigation?.removeEventListener('currententrychange', moved);
    removeEventListener('popstate', moved);
  };
}
