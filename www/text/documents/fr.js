// La liste des documents en français.

import { counted, number, plural } from '../../language.js';

/** @type {typeof import('./en.js').en} */
export const fr = {
  documentsStored: {
    yes: 'Conservés sur cet appareil, et nulle part ailleurs, jusqu’à ce que vous les retiriez.',
    no: 'Ce navigateur ne conserve rien ici (fenêtre privée, ou stockage plein) : ces documents disparaissent à la fermeture de l’onglet. Téléchargez ce qu’il vous faut.',
    newer:
      'Une version plus récente de cette page a été ouverte dans ce navigateur : cet onglet ne conserve plus rien. Téléchargez ce qu’il vous faut, puis rechargez la page.',
  },
  documentsSummary: (done, all, entities) =>
    `${number(done)} sur ${number(all)} ${plural(done, 'terminé', 'terminés')}, ${counted(entities, 'entité', 'entités')}`,
  documentsRun: (waiting) => `Extraire de ${counted(waiting, 'document', 'documents')}`,
  documentsRetry: (failed) => `En réessayer ${number(failed)}`,
  documentsAgainAsk:
    'Traiter tous les documents à nouveau ? Ce qui a été trouvé sera remplacé. Vos décisions sont conservées pour les mêmes places et les mêmes types.',
  documentsClearAsk: 'Retirer tous les documents, avec tout ce qui y a été trouvé ?',
  documentStates: {
    waiting: 'en attente',
    working: 'en lecture',
    done: 'terminé',
    failed: 'échec',
  },
  documentErrors: {
    'text-too-large': (limit) =>
      `Son texte dépasse les ${number(limit)} caractères que la page prend à la fois. Divisez-le, ou utilisez la ligne de commande.`,
    input: () => 'Le modèle ne peut pas prendre ce texte.',
    memory: () =>
      'Cet onglet n’obtient pas assez de mémoire pour lui. Fermez d’autres onglets et programmes, puis réessayez.',
    crashed: () =>
      'Le modèle s’est arrêté de façon inattendue, peut-être faute de mémoire. Réessayez.',
    internal: () => 'Une erreur s’est produite dans le programme. Réessayez.',
  },
  documentNone: 'rien trouvé',
  documentRemove: (name) => `Retirer ${name}`,
  documentRemoveAsk: (name) =>
    `Retirer ${name}, avec vos décisions à son sujet ? Ce choix est définitif.`,
  documentGiven: (count) => `${counted(count, 'annotation', 'annotations')} dans son fichier`,
};
