// The text of pieces of a document, and the way back from places in that text to the document.
//
// The text is what a reader sees: white space is collapsed, and between blocks, as between the pieces,
// is an empty line: that a sentence ends there is certain, which a line break alone does not say.
// Markup inside words and sentences (links, superscripts, emphasis) does not interrupt them. What is not
// displayed is not read, nor are the marks of references ("stroke³"). Nothing in the document is changed.

import { isInvisible, isLeftOut, styleOf } from './displayed.js';
import { isReference, textAfter } from './reference.js';

/**
 * A stretch of the text that lies in one text node, character for character.
 * @typedef {{ at: number, length: number, node: Text, from: number }} Run
 */

const PARAGRAPH = '\n\n';

const BLOCKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR ' +
    'LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
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
      else writer.readElement(piece);
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
    const runs = this.#runs.slice(Math.max(0, this.#find(start)), this.#find(end - 1) + 1);
    const [first, last] = [runs[0], runs[runs.length - 1]];
    if (start >= end || !first || first.at > start || !runs.every((run) => this.#holds(run)))
      return undefined;
    const range = new Range();
    range.setStart(first.node, first.from + Math.min(start - first.at, first.length));
    range.setEnd(last.node, last.from + Math.min(end - last.at, last.length));
    return range;
  }

  /**
   * Whether each of its words is read in one of these passages too, from the same place.
   *
   * @param {Passage[]} others
   */
  isPartOf(others) {
    const stretches = others.map((other) => other.#stretches());
    return this.#runs.every(({ node, from, length }) =>
      stretches.some((one) => {
        const stretch = one.get(node);
        return stretch && stretch.from <= from && from + length <= stretch.to;
      }),
    );
  }

  /** What is read of each text node: from its first word there to its last one. */
  #stretches() {
    /** @type {Map<Text, { from: number, to: number }>} */
    const stretches = new Map();
    for (const run of this.#runs) {
      if (!this.#holds(run)) continue;
      const { node, from, length } = run;
      stretches.set(node, { from: stretches.get(node)?.from ?? from, to: from + length });
    }
    return stretches;
  }

  /**
   * Whether the document still has what was read there.
   *
   * @param {Run} run
   */
  #holds({ at, length, node, from }) {
    return (
      node.isConnected && node.data.slice(from, from + length) === this.text.slice(at, at + length)
    );
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
 * because a text collapses them and the document need not; nor does what is not read.
 *
 * @param {Range} range
 * @param {string} text
 */
export function says(range, text) {
  if (!range.startContainer.isConnected) return false;
  const letters = (/** @type {string} */ of) => of.replace(/\s+/g, '');
  return (
    letters(range.toString()) === letters(text) ||
    letters(new Passage([range]).text) === letters(text)
  );
}

/** @param {Node} details */
const isClosed = (details) => !(/** @type {Element} */ (details).hasAttribute('open'));

const CONTEXT = 24; // characters before a superscript that say what it is
const WIDTHS = ['', ' ', '\n', PARAGRAPH];

/** Reads one piece, after the text there is. */
class Writer {
  #runs;
  /** What has to come before the next word. */
  #gap;
  /** @type {Range | undefined} */
  #within;
  #mindsVisibility = true;
  /** The last characters, for superscripts. A slice of `text` would copy all of it each time. */
  #tail = '';
  /** Whether the mark of a reference stood directly before. */
  #afterReference = false;

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
    const { commonAncestorContainer: root, startContainer: first, startOffset } = range;
    if (first instanceof Text) this.#tail = first.data.slice(0, startOffset).slice(-CONTEXT);
    if (root instanceof Text) this.#readText(root);
    else if (root instanceof Element) this.readElement(root);
    else this.#readChildren(root, undefined);
  }

  /**
   * What is in an element that was asked for: whether it is itself visible does not matter.
   *
   * @param {Element} element
   */
  readElement(element) {
    const style = styleOf(element);
    this.#mindsVisibility = !isInvisible(style);
    this.#readChildren(element, style);
  }

  /**
   * @param {Node} parent
   * @param {CSSStyleDeclaration | undefined} style  Its computed style.
   */
  #readChildren(parent, style) {
    const legible =
      !(this.#mindsVisibility && isInvisible(style)) &&
      !(parent.nodeName === 'DETAILS' && isClosed(parent));
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (this.#within && !this.#within.intersectsNode(node)) continue;
      if (node instanceof Text) {
        if (legible) this.#readText(node);
      } else if (node instanceof Element) this.#readChild(node);
    }
  }

  /** @param {Element} element */
  #readChild(element) {
    const style = styleOf(element);
    if (isLeftOut(element, style)) return;
    const name = element.nodeName.toUpperCase();
    if ((name === 'SUP' || style?.verticalAlign === 'super') && this.#isReference(element)) {
      this.#afterReference = true;
      return;
    }
    const gap = BLOCKS.has(name) ? PARAGRAPH : name === 'BR' ? '\n' : '';
    this.#separate(gap);
    this.#readChildren(element, style);
    this.#separate(gap);
  }

  /** @param {Element} element */
  #isReference(element) {
    return isReference(element, this.#gap ? '' : this.#tail, () => textAfter(element));
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
      // "thrombosis.³Warfarin": what the mark held apart stays apart.
      if (this.#afterReference && /^[\p{L}\p{N}]/u.test(chunk)) this.#separate(' ');
      this.#afterReference = false;
      this.text += this.#gap;
      this.#runs.push({ at: this.text.length, length: chunk.length, node, from: from + index });
      this.text += chunk;
      this.#tail = (this.#tail + this.#gap + chunk.slice(-CONTEXT)).slice(-CONTEXT);
      this.#gap = '';
    }
  }

  /** @param {string} gap  The widest one counts. */
  #separate(gap) {
    if (this.text && WIDTHS.indexOf(gap) > WIDTHS.indexOf(this.#gap)) this.#gap = gap;
  }
}
