// Light or dark, decided before anything is painted: a classic script, so that nothing flashes.
// The system's choice counts until the reader makes one; `bioner-theme` in localStorage keeps it.
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
      // No storage: the choice lasts as long as the page.
    }
    apply(next);
  });
  apply();
  if (location.protocol === 'file:') root.classList.add('from-file'); // nothing else will run: say so
})();
