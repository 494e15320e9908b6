// The text of pieces of a document, and the way back from places in that text to the document.
//
// The text is what a reader sees: white space is collapsed, and between blocks, as between the pieces,
// is an empty line: that a sentence ends there is certain, which a line break alone does not say.
// Markup inside words and sentences (links, superscripts, emphasis) does not interrupt them. Nothing
// in the document is changed.

/**
 * A stretch of the text that lies in one text node, character for character.
 * @typedef {{ at: number, length: number, node: Text, from: number }} Run
 */

const PARAGRAPH = '\n\n';

const BLOCKS = new Set(
  ('ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR ' +
    'LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL').split(' '),
);
const SKIPPED = new Set(
  'AUDIO BUTTON CANVAS IFRAME IMG INPUT METER NOSCRIPT OBJECT OPTION PROGRESS SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA VIDEO'.split(' '),
);

export class Passage {
  /** @type {Run[]} */
  #runs = [];
  text = '';
  /** Where each piece begins in `text`. @type {number[]} */
  starts = [];

  /**
   * @param {(Element | Range)[]} pieces  In the order in which they are to be read.
   */
  constructor(pieces) {
    for (const piece of pieces) {
      const before = this.text.length;
      const writer = new Writer(this.text, this.#runs);
      if (piece instanceof Range) writer.readRange(piece);
      else writer.readChildren(piece);
      this.text = writer.text;
      // The empty line between two pieces belongs to neither.
      this.starts.push(before && this.text.length > before ? before + PARAGRAPH.length : before);
    }
  }

  /**
   * The text's `start..end` in the document, or undefined where there is none any more.
   *
   * @param {number} start
   * @param {number} end
   * @returns {Range | undefined}
   */
  range(start, end) {
    const first = this.#runs[this.#find(start)];
    const last = this.#runs[this.#find(end - 1)];
    if (!first || !last || start >= end) return undefined;
    const range = new Range();
    try {
      range.setStart(first.node, first.from + (start - first.at));
      range.setEnd(last.node, last.from + Math.min(end - last.at, last.length));
    } catch {
      return undefined; // a node has become shorter since
    }
    return says(range, this.text.slice(start, end)) ? range : undefined;
  }

  /**
   * The last run that begins at `offset` or before it.
   *
   * @param {number} offset
   */
  #find(offset) {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#runs[middle].at <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/**
 * Whether `range` still lies on `text`: the document may have changed under it. Spaces do not count,
 * because a text collapses them and the document need not.
 *
 * @param {Range} range
 * @param {string} text
 */
export function says(range, text) {
  if (!range.startContainer.isConnected) return false;
  return range.toString().replace(/\s+/g, '') === text.replace(/\s+/g, '');
}

const WIDTHS = ['', ' ', '\n', PARAGRAPH];

/** Reads one piece, after the text there is. */
class Writer {
  #runs;
  /** What has to come before the next word. */
  #gap;
  /** @type {Range | undefined} */
  #within;

  /**
   * @param {string} text
   * @param {Run[]} runs
   */
  constructor(text, runs) {
    this.text = text;
    this.#runs = runs;
    this.#gap = text ? PARAGRAPH : '';
  }

  /** @param {Range} range */
  readRange(range) {
    this.#within = range;
    const { commonAncestorContainer: root } = range;
    if (root instanceof Text) this.#readText(root);
    else this.readChildren(root);
  }

  /** @param {Node} parent */
  readChildren(parent) {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (this.#within && !this.#within.intersectsNode(node)) continue;
      if (node instanceof Text) this.#readText(node);
      else if (node instanceof Element && !isSkipped(node)) {
        const name = node.nodeName.toUpperCase();
        const gap = BLOCKS.has(name) ? PARAGRAPH : name === 'BR' ? '\n' : '';
        this.#separate(gap);
        this.readChildren(node);
        this.#separate(gap);
      }
    }
  }

  /** @param {Text} node */
  #readText(node) {
    const range = this.#within;
    const from = range?.startContainer === node ? range.startOffset : 0;
    const to = range?.endContainer === node ? range.endOffset : node.data.length;
    for (const { 0: chunk, index } of node.data.slice(from, to).matchAll(/\s+|\S+/g)) {
      if (/\s/.test(chunk[0])) {
        this.#separate(' ');
        continue;
      }
      this.text += this.#gap;
      this.#gap = '';
      this.#runs.push({ at: this.text.length, length: chunk.length, node, from: from + index });
      this.text += chunk;
    }
  }

  /** @param {string} gap  The widest one counts. */
  #separate(gap) {
    if (this.text && WIDTHS.indexOf(gap) > WIDTHS.indexOf(this.#gap)) this.#gap = gap;
  }
}

/** @param {Element} element */
function isSkipped(element) {
  return (
    SKIPPED.has(element.nodeName.toUpperCase()) ||
    element.getAttribute('aria-hidden') === 'true' ||
    element.hasAttribute('hidden')
  );
}
