// Documents for the soak: invented, some sentences each, no two the same, and the same for a seed.

const DRUGS = [
  'Amiodarone',
  'Carbamazepine',
  'Cisplatin',
  'Clozapine',
  'Doxorubicin',
  'Furosemide',
  'Gentamicin',
  'Heparin',
  'Ibuprofen',
  'Isoniazid',
  'Ketamine',
  'Levodopa',
  'Lithium',
  'Metformin',
  'Methotrexate',
  'Naloxone',
  'Paracetamol',
  'Prednisolone',
  'Tacrolimus',
  'Warfarin',
];
const ILLS = [
  'acute kidney injury',
  'agranulocytosis',
  'atrial fibrillation',
  'cardiomyopathy',
  'gastric ulcer',
  'hearing loss',
  'hepatitis',
  'hyperkalemia',
  'hypothyroidism',
  'interstitial pneumonia',
  'migraine',
  'optic neuritis',
  'peripheral neuropathy',
  'postural hypotension',
  'rheumatoid arthritis',
  'seizures',
  'thrombocytopenia',
  'type 2 diabetes',
];
const PLACES = ['ward', 'clinic', 'emergency room', 'outpatient department', 'surgery'];

/**
 * @typedef {object} Draw
 * @property {(from: number, to: number) => number} number  Both ends included.
 * @property {() => string} drug
 * @property {() => string} ill
 * @property {() => string} place
 */

/** @type {((draw: Draw) => string)[]} */
const SENTENCES = [
  (d) =>
    `${d.drug()} was followed by ${d.ill()} in ${d.number(2, 40)} of ${d.number(41, 900)} patients after ${d.number(2, 30)} weeks.`,
  (d) => `A woman of ${d.number(18, 94)} years with ${d.ill()} came to the ${d.place()}.`,
  (d) => `He takes ${d.drug().toLowerCase()} ${d.number(1, 50) * 10} mg a day for ${d.ill()}.`,
  (d) =>
    `No sign of ${d.ill()} was seen ${d.number(2, 28)} days after ${d.drug().toLowerCase()} had been stopped.`,
  (d) =>
    `The risk of ${d.ill()} was ${d.number(11, 49) / 10} times as high with ${d.drug().toLowerCase()} as with ${d.drug().toLowerCase()}.`,
  (d) => `His father had ${d.ill()} at the age of ${d.number(30, 89)}.`,
  (d) =>
    `In rats, ${d.drug().toLowerCase()} (${d.number(1, 90)} mg/kg) reduced ${d.ill()} within ${d.number(1, 72)} hours.`,
  (d) => `Room ${d.number(1, 400)} was cleaned and the visit took ${d.number(5, 55)} minutes.`,
];

/**
 * Numbers from 0 to 1, the same for a seed (mulberry32).
 *
 * @param {number} seed
 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {number} count
 * @param {number} seed
 * @param {number} most  Sentences in a document; it has at least one.
 * @returns {{ id: string, text: string }[]}
 */
export function documents(count, seed, most) {
  const random = generator(seed);
  /** @type {Draw['number']} */
  const number = (from, to) => from + Math.floor(random() * (to - from + 1));
  /** @param {string[]} list */
  const one = (list) => list[number(0, list.length - 1)];
  const draw = { number, drug: () => one(DRUGS), ill: () => one(ILLS), place: () => one(PLACES) };
  /** @type {Set<string>} */
  const texts = new Set();
  while (texts.size < count) {
    const sentences = Array.from({ length: number(1, most) }, () =>
      SENTENCES[number(0, SENTENCES.length - 1)](draw),
    );
    texts.add(sentences.join(' ')); // one that is there already is left out
  }
  return [...texts].map((text, i) => ({ id: `note-${String(i + 1).padStart(5, '0')}`, text }));
}
