// The texts of status, sections and identifiers in French.

import { counted, megabytes } from '../../language.js';

/** @type {typeof import('./en.js').en} */
export const fr = {
  statuses: {
    present: 'Présent',
    absent: 'Absent',
    possible: 'Possible',
    historical: 'Antécédent',
    hypothetical: 'Éventuel',
    family: 'Famille',
  },
  statusHints: {
    present: 'Le patient le présente maintenant : rien d’autre n’est dit',
    absent: 'Il est dit que cela n’est pas là, comme dans « pas de fièvre »',
    possible: 'Cela est peut-être là, comme dans « pneumonie suspectée »',
    historical: 'C’était là auparavant, comme dans « antécédent d’AVC »',
    hypothetical: 'Cela peut survenir, comme dans « revenir en cas de fièvre »',
    family: 'Un parent le présente, comme dans « mère asthmatique »',
  },
  statusWords: {
    present: 'présent chez le patient',
    absent: 'absent',
    possible: 'peut-être présent',
    historical: 'dans le passé',
    hypothetical: 'éventuel',
    family: 'chez un parent',
  },
  statusLegend:
    'Statut, et combien de chaque ; appuyez sur l’un d’eux pour le masquer ou l’afficher',
  onlyPresent: 'Ne compter que le présent',
  onlyPresentHint:
    'Le tableau regroupé et le résumé omettent ce qui est absent, possible, éventuel ou propre à un parent',
  statusOf: {
    assertion: {
      label: 'Est-ce là ?',
      present: 'Présent',
      absent: 'Absent',
      possible: 'Possible',
    },
    temporality: {
      label: 'Quand ?',
      current: 'Maintenant',
      historical: 'Avant',
      hypothetical: 'Si cela survient',
    },
    experiencer: { label: 'Chez qui ?', patient: 'Le patient', family: 'Un parent' },
  },
  statusChanged: (mention, status) => `${mention} : ${status}.`,

  attributeColumns: { status: 'Statut', section: 'Rubrique', id: 'Identifiant' },
  attributeColumnHints: {
    status: 'Trier par statut',
    section: 'Trier par rubrique, dans l’ordre du texte',
    id: 'Trier par identifiant',
  },

  outlineTitle: 'Rubriques',
  outlineCount: (entities) => counted(entities, 'entité', 'entités'),
  outlineLoinc: (code) => `code LOINC\u00a0${code}`,
  inSection: (heading) => `Sous « ${heading} »`,
  sectionNames: {
    'chief complaint': 'Motif de consultation',
    'reason for visit': 'Motif de venue',
    'reason for referral': 'Motif d’adressage',
    'history of present illness': 'Histoire de la maladie',
    'past medical history': 'Antécédents médicaux',
    'past surgical history': 'Antécédents chirurgicaux',
    'family history': 'Antécédents familiaux',
    'social history': 'Mode de vie',
    allergies: 'Allergies et intolérances',
    medications: 'Médicaments',
    'admission medications': 'Traitement à l’admission',
    'medications administered': 'Médicaments administrés',
    'discharge medications': 'Traitement de sortie',
    'discontinued medications': 'Médicaments arrêtés',
    immunizations: 'Vaccinations',
    'review of systems': 'Revue des systèmes',
    'vital signs': 'Signes vitaux',
    'physical examination': 'Examen clinique',
    'discharge physical examination': 'Examen clinique de sortie',
    'mental status': 'État mental',
    'functional status': 'État fonctionnel',
    results: 'Résultats',
    imaging: 'Imagerie',
    'problem list': 'Liste des problèmes',
    procedures: 'Interventions',
    'admission diagnosis': 'Diagnostic d’admission',
    'discharge diagnosis': 'Diagnostic de sortie',
    'preoperative diagnosis': 'Diagnostic préopératoire',
    'postoperative diagnosis': 'Diagnostic postopératoire',
    anesthesia: 'Anesthésie',
    'estimated blood loss': 'Pertes sanguines estimées',
    specimens: 'Prélèvements',
    complications: 'Complications',
    'hospital course': 'Évolution hospitalière',
    assessment: 'Évaluation',
    'assessment and plan': 'Évaluation et conduite à tenir',
    'plan of treatment': 'Conduite à tenir',
    'discharge instructions': 'Consignes de sortie',
    diet: 'Régime alimentaire',
    'advance directives': 'Directives anticipées',
    'radiology findings': 'Constatations radiologiques',
    'radiology comparison': 'Comparaison radiologique',
    'radiology impression': 'Conclusion radiologique',
    'inclusion criteria': 'Critères d’inclusion',
    'exclusion criteria': 'Critères d’exclusion',
    'eligibility criteria': 'Critères d’éligibilité',
    background: 'Contexte',
    objective: 'Objectif',
    methods: 'Méthodes',
    conclusions: 'Conclusions',
  },

  idLabel: 'Identifiant',
  idOpen: (id, site) => `${id} : ouvrir sur ${site}`,
  idScore: (score) => `score de ${score}`,
  idNone: 'Aucun de ceux-ci',
  idNothing: 'Aucun identifiant trouvé.',
  idMore: (others) => counted(others, 'autre possibilité', 'autres possibilités'),
  idChosen: (name, mentions) =>
    `${name} : choisi pour ${counted(mentions, 'mention', 'mentions')}.`,
  idRefused: (mentions) => `Pas d’identifiant pour ${counted(mentions, 'mention', 'mentions')}.`,

  vocabularyAdd: 'Ajouter un vocabulaire à vous',
  vocabularyChoose: 'Choisir un fichier',
  vocabularyAddHint:
    'Des lignes avec identifiant, nom et type, séparés par des tabulations ou des virgules, une ontologie OBO, ou un CONCEPT.csv d’OMOP ; aussi compressés (.gz). Déposez le fichier ici ou choisissez-le.',
  vocabularyFirst:
    'Il est consulté avant celui qui est fourni, reste sur cet appareil et n’est jamais envoyé.',
  vocabularyReading: (read, total) =>
    `Lecture : ${megabytes(read, 'Mo')} sur ${megabytes(total, 'Mo')}`,
  vocabularyCounts: (concepts, names) =>
    `${counted(concepts, 'concept', 'concepts')}, ${counted(names, 'nom', 'noms')}`,
  vocabularyFailed: 'Il n’a pas pu être lu.',
  vocabularyNotReplaced:
    'Le nouveau fichier n’a pas pu être lu. Celui de ce nom qui était là reste utilisé.',
  vocabularyEmpty:
    'Aucun concept n’y a été trouvé. Il faut du texte (UTF-8) avec un identifiant, une tabulation et un nom par ligne, ou des virgules et une première ligne « id,name ».',
  vocabularyUnkept: 'Ce navigateur ne conserve rien ici : il disparaît quand l’onglet est fermé.',
  vocabularyProblems: (count) =>
    `${counted(count, 'ligne', 'lignes')} avec un problème ; tout le reste a été lu`,
  vocabularyRemove: (name) => `Retirer ${name}`,
  vocabularySources: 'Sources et licences',
};
