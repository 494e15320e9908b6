// Chooses light or dark colours. This is a classic script, so that it runs before anything is painted and nothing
// flashes. The system's setting is used until the reader chooses; `bioner-theme` in localStorage holds the choice.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem('bioner-theme');
    } catch {
      return null;
    }
  };
  const apply = (chosen = stored()) => {
    root.dataset.theme = chosen ?? (dark.matches ? 'dark' : 'light');
  };
  dark.addEventListener('change', () => apply());
  root.addEventListener('theme-toggle', () => {
    const next = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('bioner-theme', next);
    } catch {
      // Without storage, the choice lasts as long as the page.
    }
    apply(next);
  });
  apply();
  if (location.protocol === 'file:') root.classList.add('from-file'); // no module runs there; index.html says what to do
})();
