// The few words of <bioner-text>, in English and French; the page's own language decides.

const en = {
  extract: 'Mark entities',
  loading: 'Loading the model…',
  working: 'Reading…',
  nothing: 'Nothing of the kind was found.',
  legend: 'Types of entity: switch them on and off',
  failed: (/** @type {string} */ message) => `This did not work: ${message}`,
  tip: (/** @type {string} */ type, /** @type {number} */ score) => `${type}, ${percent('en', score)}`,
};

/** @type {typeof en} */
const fr = {
  extract: 'Repérer les entités',
  loading: 'Chargement du modèle…',
  working: 'Lecture…',
  nothing: 'Rien de tel n’a été trouvé.',
  legend: 'Types d’entités : afficher ou masquer',
  failed: (message) => `Cela n’a pas fonctionné : ${message}`,
  tip: (type, score) => `${type}, ${percent('fr', score)}`,
};

/** @param {string} language  As in a `lang` attribute. */
export const words = (language) => (/^fr\b/i.test(language) ? fr : en);

/**
 * @param {string} language
 * @param {number} value
 */
const percent = (language, value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value);
