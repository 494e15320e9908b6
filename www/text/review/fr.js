// La relecture en français.

import { counted, number, score } from '../../language.js';

/** @type {typeof import('./en.js').en} */
export const fr = {
  open: (left) => (left ? `Relire ${counted(left, 'entité', 'entités')}` : 'Relecture'),
  openAgain: (left) => `Reprendre la relecture (${counted(left, 'restante', 'restantes')})`,
  openHint:
    'Accepter, rejeter ou modifier une à une, au clavier, les entités de tous les documents',

  heading: 'Relecture',
  close: 'Fermer',
  orderLabel: 'Ordre',
  orders: { doubt: 'Les plus douteuses d’abord', text: 'Dans l’ordre du texte' },
  progress: (decided, all, whole, documents) =>
    `${number(decided)} ${decided < 2 ? 'décidée' : 'décidées'} sur ${counted(all, 'entité', 'entités')}, ${counted(all - decided, 'restante', 'restantes')}. ${counted(whole, 'document complet', 'documents complets')} sur ${number(documents)}.`,
  progressLabel: 'Entités décidées',

  cardLabel: 'L’entité à juger',
  contextLabel: 'Son contexte',
  place: (name, nth, all) => `${name}, entité ${number(nth)} sur ${number(all)}`,
  score: (value) => `score de ${score(value)}`,
  decisions: {
    undecided: 'à juger',
    accepted: 'acceptée',
    together: 'acceptée avec d’autres, d’après le score',
    rejected: 'rejetée',
    changed: 'modifiée par vous',
    own: 'marquée par vous',
  },
  decisionTip: { accepted: 'acceptée', together: 'acceptée d’après le score' },
  accept: 'Accepter',
  reject: 'Rejeter',
  skip: 'Passer',
  back: 'Retour',
  attributesChange: 'Changer le statut ou l’identifiant',
  typeLabel: 'Changer le type',
  markLabel: (mention) => `Marquer « ${mention} » comme`,
  boundsLabel: 'Changer les limites',
  missedLabel: 'Marquer des mots oubliés dans ce document',
  missedPlaceholder: 'Mots oubliés par le modèle',
  missedType: 'Comme quel type',
  missedButton: 'Marquer',
  missedHint: 'Ou sélectionnez des mots dans le texte, puis choisissez leur type.',

  wholeTitle: (name) => `Manque-t-il quelque chose dans ${name} ?`,
  wholeNote: (entities) =>
    `Toutes les entités de ce document sont décidées (${counted(entities, 'est marquée', 'sont marquées')}). Lisez le texte une fois en entier, marquez ce qui manque et appuyez sur une marque pour la modifier. Le document est alors complet.`,
  complete: 'Rien ne manque',
  completeSign: '✓ complet',
  doneTitle: 'Tout est décidé',
  doneNote: (passed) =>
    passed
      ? `${counted(passed, 'document n’est pas encore complet', 'documents ne sont pas encore complets')}. Fermez la relecture et rouvrez-la pour ${passed === 1 ? 'le' : 'les'} lire en entier.`
      : 'Tous les documents sont complets. Vous pouvez enregistrer le résultat ci-dessous.',
  emptyNote: 'Aucun document n’a encore été lu. Lancez d’abord l’extraction.',

  said: {
    accepted: (mention) => `Acceptée : ${mention}.`,
    rejected: (mention) => `Rejetée : ${mention}.`,
    skipped: () => 'Passée.',
    back: () => 'Retour.',
    changed: (mention, type) => `Devient : ${mention}, ${type}.`,
    marked: (count) => `${counted(count, 'mention marquée', 'mentions marquées')}.`,
    notFound: (mention) => `« ${mention} » n’est pas dans ce document, ou y est déjà marqué.`,
    complete: (name) => `Complet : ${name}.`,
    acceptedTogether: (count) =>
      `${counted(count, 'entité acceptée', 'entités acceptées')} d’un coup. Annuler revient sur toutes.`,
    takenBack: (count) => `${counted(count, 'entité est', 'entités sont')} de nouveau à juger.`,
    undone: () => 'Annulé.',
    redone: () => 'Rétabli.',
    saved: (name) => `Enregistré sous ${name}.`,
    savedTraining: (name, lines, leftOut) =>
      `Enregistré sous ${name} : ${counted(lines, 'document', 'documents')}.${leftOut ? ` ${counted(leftOut, 'entité d’un type qui n’était pas demandé est laissée', 'entités de types qui n’étaient pas demandés sont laissées')} de côté.` : ''}`,
    noTraining: () => 'Aucun document n’est encore complet : il n’y a rien à enregistrer.',
    next: (mention, type, attributes, value, sentence) =>
      `Suivante : ${mention}, ${type}${attributes && `, ${attributes}`}, score de ${score(value)}. ${sentence}`,
  },

  bulkTitle: 'Accepter d’après le score',
  bulkScore: 'Score d’au moins',
  bulkType: 'De type',
  bulkAll: 'Tous les types',
  bulkPreview: (count, left, documents) =>
    `${number(count)} sur ${number(left)} à juger, dans ${counted(documents, 'document', 'documents')}.`,
  bulkExamples: 'Les plus douteuses d’entre elles :',
  bulkExample: (mention, type) => `${mention} (${type})`,
  bulkNone: 'Aucune entité à juger n’a ce score.',
  bulkTakeBack: (count) =>
    count < 2
      ? 'Revenir sur celle acceptée d’après le score'
      : `Revenir sur les ${number(count)} acceptées d’après le score`,
  bulkButton: (count) => `En accepter ${number(count)}`,

  tallyTitle: 'Bilan',
  tallyColumns: {
    group: 'Type',
    precision: 'Précision',
    accepted: 'Acceptées',
    changed: 'Modifiées',
    rejected: 'Rejetées',
    missed: 'Oubliées',
  },
  tallyAll: 'Tous les types',
  tallyScores: 'D’après le score',
  tallyBand: (low, high) => `${low} à ${high}`,
  tallyMean: (value) => `moyenne ${score(value)}`,
  tallyInterval: (precision, low, high) => `${score(precision)} (${score(low)} à ${score(high)})`,
  tallyTogether: (count) =>
    `${counted(count, 'entité acceptée', 'entités acceptées')} d’un coup, ${count < 2 ? 'non comptée : personne ne l’a regardée' : 'non comptées : personne ne les a regardées'} de près.`,
  tallyNote:
    'La précision est la part des entités du modèle, jugées une à une, qui ont été acceptées telles quelles ; entre parenthèses, l’intervalle à 95 % (score de Wilson). Les modifiées et les rejetées sont fausses. Les oubliées ont été marquées par vous. Dans l’ordre du doute, la part ne porte que sur ce que vous avez déjà vu.',
  tallyScoreNote: 'Le trait est le score moyen : s’il est dans l’intervalle, le score dit vrai.',
  tallyCsv: 'Bilan en CSV',
  tallyJson: 'Bilan en JSON',

  filesTitle: 'Enregistrer',
  saveReview: 'Relecture (JSON)',
  saveReviewHint:
    'Tous les documents, avec tout ce qui a été trouvé et décidé. Ouvrez ce fichier sur une autre machine pour y continuer.',
  saveTraining: 'Lignes d’entraînement (JSON Lines)',
  trainingNote: (whole, documents) =>
    `${counted(whole, 'document complet', 'documents complets')} sur ${number(documents)} : chaque entité est décidée, et vous avez dit que rien ne manque. Seuls ceux-là deviennent des lignes d’entraînement.`,

  keysTitle: 'Touches',
  keysSwitch: 'Utiliser des touches seules',
  keysNote:
    'Elles agissent quand le curseur n’est pas dans un champ de texte. Désactivez-les si elles gênent un lecteur d’écran ou une commande vocale : chaque touche a son bouton.',
  keys: {
    accept: 'accepter et continuer',
    reject: 'rejeter et continuer',
    skip: 'laisser à juger et continuer',
    back: 'revenir à la précédente',
    types: 'donner le type de ce numéro, ou marquer ainsi les mots sélectionnés',
    end: 'déplacer la fin d’un mot',
    start: 'déplacer le début d’un mot',
    missed: 'saisir des mots oubliés',
    complete: 'rien ne manque dans ce document',
    undo: 'annuler ; avec Maj, rétablir',
    help: 'montrer cette liste',
  },
  shiftKey: 'Maj',

  opened: (added, merged, problems) =>
    `Relecture ouverte : ${counted(added, 'document ajouté', 'documents ajoutés')}${merged ? `, décisions réunies pour ${number(merged)} déjà ${merged < 2 ? 'présent' : 'présents'}` : ''}${problems ? ` ; ${counted(problems, 'problème est indiqué', 'problèmes sont indiqués')} sous le texte` : ''}.`,
  notOpened: (name) =>
    `${name} est une relecture enregistrée, mais aucun document n’a pu y être lu. Enregistrez-la de nouveau sur l’autre machine.`,
  otherVersion: (name) =>
    `${name} a été enregistré par une autre version de bioner. Ouvrez-le avec celle-ci, ou enregistrez-le de nouveau avec la version présente.`,
};
