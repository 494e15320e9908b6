// Superscripts: which of them are marks of references and notes, as in "reduces stroke³,⁴", and which
// belong to what they stand at, as in "Ca²⁺", "10⁶" and "mm²". HTML writes both with `sup`.

/** Numbers, single letters or signs, alone or in a list: "3", "4,5", "3–7", "a,b", "[12]", "*". */
const ITEM = String.raw`(?:\d{1,4}[*†‡]?|[a-z]|[*†‡§¶#‖]+)`;
const DASH = String.raw`\u2010-\u2015-`;
const LABEL = new RegExp(
  String.raw`^[[(]?${ITEM}(?:\s*[,;.${DASH}]\s*${ITEM})*[\])]?[,;.]?$`,
  'iu',
);
const LIST = new RegExp(String.raw`[,;*†‡§¶#‖[\]()]|\d\s*[${DASH}]\s*\d`, 'u');
const RANGE = new RegExp(String.raw`^\d+[${DASH}]\d+$`, 'u');
const SEPARATOR = new RegExp(`^[,;${DASH}]$`, 'u');
const TRADEMARK = /^(?:TM|SM|\(R\))$/;

/** A footnote's letter stands at a word; the letter of an allele at a symbol: "Meanᵃ", but "H-2Kᵇ". */
const FOOTNOTE = /^[a-l]$/;
const WORD = /(?:^|[^\p{L}\p{N}])(?:\p{Ll}{2,}|\p{Lu}\p{Ll}{3,})[)\].,;:]?$/u;

/** What has powers: 10, units, variables, logarithms. */
const TEN = /(?:^|[^\p{L}\d.,]|[x×])10$/iu;
const UNIT = /(?:^|[^\p{L}])(?:[cdkmnµμ]?m|Å)$|\/s$|\d\s?(?:in|ft)$/u;
const VARIABLE = /(?:^|[^\p{L}\p{N}])[\p{Ll}\p{Script=Greek}FHIQRTVWXYZ]$/u;
const POWER = /^[2-4]$/;
const LOG = /(?:^|[^\p{L}])log$/iu;

/** Names with a number raised: "O⁶-methylguanine", "Δ⁹-THC", "m⁶A", and residues, "Ser⁴⁷³". */
const LOCANT_AT = /(?:^|[^\p{L}\p{N}])\p{L}$/u;
const GOES_ON = /^(?:[\u2010\u2011-]?[\p{L}\p{N}]|,\p{Lu}|[)\]]-)/u;
const RESIDUE =
  /(?:^|[^\p{L}\p{N}])(?:Ala|Aib|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Nle|Orn|Phe|Pro|Sar|Ser|Thr|Trp|Tyr|Val)$/u;

/** The masses of the isotopes that medicine and biology write about. @type {Record<string, string>} */
const MASSES = {
  Ac: '225',
  At: '211',
  Bi: '212 213',
  Br: '76 77',
  C: '11 12 13 14',
  Ca: '45 47',
  Cl: '36',
  Co: '57 58 60',
  Cr: '51',
  Cs: '131 134 137',
  Cu: '60 61 62 64 67',
  F: '18 19',
  Fe: '52 55 59',
  Ga: '66 67 68',
  Gd: '153',
  H: '1 2 3',
  Ho: '166',
  I: '120 123 124 125 127 129 131',
  In: '111 113',
  Ir: '192',
  K: '40 42',
  Kr: '81',
  Lu: '177',
  Mn: '52 54',
  Mo: '99',
  N: '13 14 15',
  Na: '22 23 24',
  O: '15 16 17 18',
  P: '31 32 33',
  Pb: '203 210 212',
  Pd: '103',
  Po: '210',
  Pu: '239',
  Ra: '223 224 226',
  Rb: '82 86',
  Re: '186 188',
  Ru: '106',
  S: '34 35',
  Sc: '44 47',
  Se: '75',
  Sm: '153',
  Sn: '117',
  Sr: '85 89 90',
  Tb: '161',
  Tc: '94 99',
  Th: '227 232',
  Tl: '201',
  U: '235 238',
  Xe: '127 129 133',
  Y: '86 90',
  Zn: '65',
  Zr: '89',
};

/**
 * Whether a superscript is the mark of a reference or a note.
 *
 * @param {Element} element  The superscript.
 * @param {string} before  What stands directly before it, back to white space at least.
 * @param {() => string} after  What stands directly after it.
 */
export function isReference(element, before, after) {
  const text = (element.textContent ?? '').trim();
  if (TRADEMARK.test(text)) return true;
  if (/^\[.*\]$/su.test(text) && !/[+\u2212]/u.test(text)) return true; // "[citation needed]"
  const address = linkOf(element, text);
  if (address !== undefined && (LABEL.test(text) || address.startsWith('#'))) return true;
  if (SEPARATOR.test(text)) return comesAfterAnother(element);
  if (!LABEL.test(text)) return false;
  if (/^[*#]/.test(text)) return !/^\d/.test(after()); // "CYP2C19*2"
  if (LIST.test(text)) return !(RANGE.test(text) && TEN.test(before));
  if (/^\p{L}$/u.test(text)) return FOOTNOTE.test(text) && (!before || WORD.test(before));
  return !isPower(text, before) && !isOfName(text, before, after());
}

/**
 * Exponents: "10⁶", "mm³", "R²", "χ²".
 *
 * @param {string} number
 * @param {string} before
 */
function isPower(number, before) {
  if (TEN.test(before) || LOG.test(before)) return true;
  return POWER.test(number) && (UNIT.test(before) || VARIABLE.test(before));
}

/**
 * Numbers in names: "¹⁴C", "I¹³¹", "O⁶-methylguanine", "Ser⁴⁷³".
 *
 * @param {string} number
 * @param {string} before
 * @param {string} after
 */
function isOfName(number, before, after) {
  if (/[\p{L}\p{N}]$/u.test(before)) {
    if (number.length > 1 && isMass(number, /(?:^|[^\p{L}\p{N}])(\p{L}{1,2})$/u.exec(before)?.[1]))
      return true;
    return RESIDUE.test(before) || (LOCANT_AT.test(before) && GOES_ON.test(after));
  }
  return isMass(number, /^(?:F(?=DG)|[A-Z][a-z]?(?!\p{L}))/u.exec(after)?.[0]);
}

/**
 * @param {string} number
 * @param {string | undefined} element
 */
function isMass(number, element = '') {
  return Object.hasOwn(MASSES, element) && MASSES[element].split(' ').includes(number);
}

/**
 * Where the whole superscript links to, if it does: the link is in it or around it. Links that say by
 * their role that they lead to a note count as links within the page.
 *
 * @param {Element} element
 * @param {string} text
 */
function linkOf(element, text) {
  const around = element.closest('a');
  if (around) return around.textContent?.trim() === text ? addressOf(around) : undefined;
  const links = [...element.querySelectorAll('a')];
  const letters = (/** @type {string} */ of) => of.replace(/[^\p{L}\p{N}]/gu, '');
  const linked = links.map(({ textContent }) => textContent ?? '').join('');
  return links.length && letters(linked) === letters(text) ? addressOf(links[0]) : undefined;
}

/** @param {Element} link */
function addressOf(link) {
  return link.getAttribute('role') === 'doc-noteref' ? '#' : (link.getAttribute('href') ?? '');
}

/** Whether another superscript, or a link, stands directly before. @param {Element} element */
function comesAfterAnother(element) {
  return /^(?:SUP|A)$/.test(element.previousSibling?.nodeName ?? '');
}

const INLINE = /^(?:A|ABBR|B|EM|FONT|I|SMALL|SPAN|STRONG|SUB|SUP|U)$/;
const ENOUGH = 4; // characters
const MOST_STEPS = 8;

/**
 * The beginning of the text directly after an element, up to a block or a line break.
 *
 * @param {Element} element
 */
export function textAfter(element) {
  let text = '';
  /** @type {Node | null} */
  let node = element;
  for (let steps = 0; node && text.length < ENOUGH && steps < MOST_STEPS; steps++) {
    /** @type {Node | null} */
    const next = node.nextSibling;
    if (next instanceof Text) text += next.data.slice(0, ENOUGH);
    else if (next instanceof Element) {
      if (!INLINE.test(next.nodeName)) break;
      text += (next.textContent ?? '').slice(0, ENOUGH);
    } else if (!next && !INLINE.test(node.parentNode?.nodeName ?? '')) break;
    node = next ?? node.parentNode;
  }
  return text;
}
