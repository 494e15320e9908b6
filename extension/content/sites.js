// Where title and abstract are on the pages of the two sites. Only reading: every change of a site's
// markup is mended here.

/**
 * A text on the page that can be marked.
 *
 * @typedef {object} Found
 * @property {Element} home      What holds it; it stands for the text as long as the page keeps it.
 * @property {Element[]} pieces  Title, then abstract or snippet.
 * @property {string} pmid       '' where there is none.
 * @property {boolean} listed    One of many, to be worked on when it comes into view.
 */

/** @typedef {{ single: () => Found[], listed: () => Found[] }} Site */

/**
 * The texts of the page as it is now.
 *
 * @param {string} hostname
 * @returns {Found[]}
 */
export function findTexts(hostname) {
  const site = SITES[hostname];
  if (!site) return [];
  const single = site.single();
  return single.length ? single : site.listed();
}

/** @param {string} hostname */
export const isKnownSite = (hostname) => hostname in SITES;

/** @type {Record<string, Site>} */
const SITES = {
  'pubmed.ncbi.nlm.nih.gov': { single: pubmedAbstract, listed: pubmedResults },
  'europepmc.org': { single: europePmcArticle, listed: europePmcResults },
};

function pubmedAbstract() {
  const home = document.querySelector('#article-details, main.article-details');
  // A short heading, hidden until the page is scrolled, repeats the title: the full one counts.
  const title = home && first(home, '#full-view-heading .heading-title', '.heading-title');
  if (!home || !title) return [];
  const pmid = digits(home.querySelector('.current-id')?.textContent) || digits(location.pathname);
  return [found(home, [title, abstractIn(home)], pmid)];
}

function pubmedResults() {
  const summaries = all('.search-results .full-docsum').map((home) =>
    found(
      home,
      [home.querySelector('.docsum-title'), home.querySelector('.full-view-snippet')],
      digits(home.querySelector('.docsum-pmid')?.textContent),
      true,
    ),
  );
  // The same list with whole abstracts (format=abstract).
  const abstracts = all('.search-results .article-overview').map((home) =>
    found(
      home,
      [home.querySelector('.heading-title'), abstractIn(home)],
      digits(home.querySelector('.current-id')?.textContent),
      true,
    ),
  );
  return [...summaries, ...abstracts].filter(({ pieces }) => pieces.length);
}

/**
 * The abstract in the language chosen on the page; others are there too, but hidden.
 *
 * @param {Element} home
 */
function abstractIn(home) {
  return first(home, '.abstract-content.selected', '.abstract-content');
}

function europePmcArticle() {
  const title = document.querySelector('#article--current--title, .article-metadata-title');
  if (!title) return [];
  const abstract = document.querySelector('#article--abstract--content, #abstract.abstract');
  const pmid =
    digits(document.querySelector('.metadata--pmid')?.textContent) ||
    /\/(?:article|abstract)\/med\/(\d+)/i.exec(location.pathname)?.[1] ||
    '';
  return [found(title, [title, abstract], pmid)];
}

function europePmcResults() {
  return all('.citation-title').map((title) => {
    const home = title.closest('li, .citation') ?? title;
    const link = title.querySelector('a')?.getAttribute('href') ?? '';
    return found(
      home,
      [title, home.querySelector('.citation-abstract, .abstract-snippet')],
      /\/med\/(\d+)/i.exec(link)?.[1] ?? '',
      true,
    );
  });
}

/**
 * @param {Element} home
 * @param {(Element | null)[]} pieces
 * @param {string} pmid
 * @param {boolean} [listed]
 * @returns {Found}
 */
function found(home, pieces, pmid, listed = false) {
  return { home, pieces: pieces.filter((piece) => piece !== null), pmid, listed };
}

/**
 * The element of the first selector that has one; a single list of selectors would give the first in
 * the document instead.
 *
 * @param {Element} home
 * @param {...string} selectors
 */
function first(home, ...selectors) {
  for (const selector of selectors) {
    const element = home.querySelector(selector);
    if (element) return element;
  }
  return null;
}

/** @param {string} selector */
const all = (selector) => [...document.querySelectorAll(selector)];

/** @param {string | null} [text]  The first number in it. */
const digits = (text) => /\d+/.exec(text ?? '')?.[0] ?? '';
