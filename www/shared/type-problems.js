// Why types cannot be asked for, in words. The rule itself is in Rust (documents/src/type_name.rs); an error
// of code `types` carries what it found in `problem`.

/** @typedef {import('../client.d.ts').TypeProblem} TypeProblem */

/** @type {Record<TypeProblem['reason'], (name: string, limit: number) => string>} */
const ENGLISH = {
  none: () => 'No entity type is chosen. Choose at least one, or add your own.',
  'too-many': (_, limit) => `At most ${limit} entity types can be asked for at once.`,
  empty: () => 'An entity type needs a name.',
  'too-long': (name, limit) =>
    `“${name}” is too long for the name of a type: use at most ${limit} characters.`,
  characters: (name) =>
    `“${name}” cannot be the name of a type: begin with a letter or a digit, and use letters, digits, spaces and - _ / + ' ( ) only.`,
  repeated: (name) => `The type “${name}” is there twice. Upper and lower case make no difference.`,
};

/** @type {typeof ENGLISH} */
const FRENCH = {
  none: () => 'Aucun type d’entité n’est choisi. Choisissez-en au moins un, ou ajoutez le vôtre.',
  'too-many': (_, limit) => `On peut demander au plus ${limit} types d’entités à la fois.`,
  empty: () => 'Un type d’entité a besoin d’un nom.',
  'too-long': (name, limit) =>
    `« ${name} » est trop long pour le nom d’un type : ${limit} caractères au plus.`,
  characters: (name) =>
    `« ${name} » ne peut pas être le nom d’un type : commencez par une lettre ou un chiffre, et n’employez que lettres, chiffres, espaces et - _ / + ' ( ).`,
  repeated: (name) =>
    `Le type « ${name} » y est deux fois. Majuscules et minuscules ne comptent pas.`,
};

/**
 * @param {string} language  As in a `lang` attribute.
 * @param {TypeProblem} problem
 */
export function typeProblemWords(language, { reason, name = '', limit = 0 }) {
  return (/^fr\b/i.test(language) ? FRENCH : ENGLISH)[reason](name, limit);
}
