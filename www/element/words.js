// The few words of <bioner-text>, in English and French; the page's own language decides.

import { percentIn } from '../shared/numbers.js';
import { typeProblemWords } from '../shared/type-problems.js';

const en = {
  extract: 'Mark entities',
  loading: 'Loading the model…',
  working: 'Reading…',
  nothing: 'Nothing of the kind was found.',
  legend: 'Types of entity: switch them on and off',
  failed: (/** @type {string} */ message) => `This did not work: ${message}`,
  types: (/** @type {import('../client.d.ts').TypeProblem} */ problem) =>
    typeProblemWords('en', problem),
  preset: (/** @type {string} */ preset) => `There is no preset “${preset}”.`,
  tip: (/** @type {string} */ type, /** @type {number} */ score) =>
    `${type}, ${percentIn('en', score)}`,
};

/** @type {typeof en} */
const fr = {
  extract: 'Repérer les entités',
  loading: 'Chargement du modèle…',
  working: 'Lecture…',
  nothing: 'Rien de tel n’a été trouvé.',
  legend: 'Types d’entités : afficher ou masquer',
  failed: (message) => `Cela n’a pas fonctionné : ${message}`,
  types: (problem) => typeProblemWords('fr', problem),
  preset: (preset) => `Il n’y a pas de sélection « ${preset} ».`,
  tip: (type, score) => `${type}, ${percentIn('fr', score)}`,
};

/** @param {string} language  As in a `lang` attribute. */
export const words = (language) => (/^fr\b/i.test(language) ? fr : en);
