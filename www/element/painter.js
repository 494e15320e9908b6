// Marks on a document, by the CSS Custom Highlight API: ranges under a name, and nothing else. The
// document's own tree is not touched. Several painters share a document; each takes away only what
// it put there.

const FOUND_MS = 1600;

export class Painter {
  #prefix;
  /** @type {Map<AbstractRange, string>} range -> the highlight's name */
  #painted = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {AbstractRange | undefined} */
  #found;

  /** @param {string} prefix  Of the highlights' names. */
  constructor(prefix) {
    this.#prefix = prefix;
  }

  /** Whether this browser has the API. */
  static get works() {
    return typeof Highlight === 'function' && Boolean(globalThis.CSS?.highlights);
  }

  /**
   * @param {AbstractRange} range
   * @param {string} name  A look's name.
   */
  paint(range, name) {
    this.erase(range);
    this.#painted.set(range, name);
    this.#highlight(name)?.add(range);
  }

  /** @param {AbstractRange} range */
  erase(range) {
    const name = this.#painted.get(range);
    if (name === undefined) return;
    this.#painted.delete(range);
    this.#remove(range, name);
  }

  /** Takes away everything this painter has put there. */
  clear() {
    this.#endFound();
    for (const range of [...this.#painted.keys()]) this.erase(range);
  }

  /**
   * Shows for a moment where `range` is.
   *
   * @param {AbstractRange} range
   */
  point(range) {
    this.#endFound();
    this.#found = range;
    const highlight = this.#highlight('found');
    if (highlight) highlight.priority = 1;
    highlight?.add(range);
    this.#timer = setTimeout(() => this.#endFound(), FOUND_MS);
  }

  #endFound() {
    clearTimeout(this.#timer);
    if (this.#found) this.#remove(this.#found, 'found');
    this.#found = undefined;
  }

  /** @param {string} name */
  #highlight(name) {
    if (!Painter.works) return undefined;
    const key = `${this.#prefix}-${name}`;
    let highlight = CSS.highlights.get(key);
    if (!highlight) CSS.highlights.set(key, (highlight = new Highlight()));
    return highlight;
  }

  /**
   * @param {AbstractRange} range
   * @param {string} name
   */
  #remove(range, name) {
    const highlight = Painter.works && CSS.highlights.get(`${this.#prefix}-${name}`);
    if (!highlight) return;
    highlight.delete(range);
    if (!highlight.size) CSS.highlights.delete(`${this.#prefix}-${name}`);
  }
}
