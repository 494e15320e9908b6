// The interface in French.

import { counted, decimal, duration, megabytes, number, score } from '../language.js';
import { typeProblemWords } from '../shared/type-problems.js';

/** Ce que l’export a laissé de côté. @param {number} hidden */
const leftOut = (hidden) =>
  hidden
    ? `, sans ${counted(hidden, 'entité que les filtres masquent', 'entités que les filtres masquent')}`
    : '';

/** @type {typeof import('./en.js').en} */
export const fr = {
  lang: 'fr',
  title: 'bioner : entités biomédicales, trouvées sur cet appareil',
  skip: 'Aller au texte',
  tagline: 'Entités biomédicales, trouvées sur cet appareil',
  promise: 'Rien de ce que vous collez ne quitte cet onglet',
  themeToLight: 'Couleurs claires',
  themeToDark: 'Couleurs sombres',
  otherLanguage: 'English',

  composeTitle: 'Texte et réglages',
  inputLabel: 'Texte',
  inputPlaceholder: 'Collez un résumé, une note clinique, une fiche d’essai…',
  examplesLabel: 'Exemples',
  examples: {
    abstract: 'Résumé',
    'discharge-note': 'Lettre de sortie',
    'trial-eligibility': 'Critères d’un essai',
  },
  dropHint: 'Déposez ici des fichiers de texte',
  openFile: 'Ouvrir des fichiers',
  openFileHint:
    'Fichiers texte, CSV, JSON, PubTator, BioC, BRAT (.txt avec .ann) ou CoNLL, un ou plusieurs ; ou un modèle (.gguf)',
  clearInput: 'Effacer',
  size: (characters, words) =>
    `${counted(characters, 'caractère', 'caractères')}, ${counted(words, 'mot', 'mots')}`,
  sizeOver: (characters, limit) =>
    `${number(characters)} caractères ; au plus ${number(limit)} à la fois`,
  sizeEmpty: 'Le texte reste dans cet onglet.',
  fromFile: (name, size) => `${name} : ${size}`,

  typesLabel: 'Types d’entités',
  presetLabel: 'Sélection',
  presets: {
    literature: 'Littérature',
    note: 'Note clinique',
    trial: 'Critères d’essai',
    safety: 'Pharmacovigilance',
  },
  presetOwn: 'Choix personnel',
  presetOffer: (preset) =>
    `Pour ce texte il y a la sélection « ${preset} ». Vous avez choisi d’autres types : ils restent.`,
  presetTake: 'Prendre la sélection',
  typeHint: (definition, includes, excludes) =>
    `${definition}\nComprend : ${includes}${excludes && `\nNe comprend pas : ${excludes}`}`,
  typeUnknown:
    'Le modèle n’a pas été entraîné sur ce type : il n’en connaît rien d’autre que le nom.',
  typesNote:
    'Tout nom peut être demandé, de préférence en anglais. Les noms sur lesquels le modèle n’a pas été entraîné sont moins sûrs.',
  newTypeLabel: 'Un autre type d’entité',
  newTypePlaceholder: 'Un autre type, comme Variant',
  addType: 'Ajouter',
  removeType: (type) => `Retirer ${type}`,
  formatLabel: 'Format de sortie',
  formatDefault: (name) => `${name} (recommandé)`,
  formatPending: 'Une fois le modèle chargé',
  formatNote:
    'La façon dont le modèle écrit sa réponse. Douze formats sont notre reconstruction d’après la littérature. Le treizième, compact, est fait pour la vitesse : un seul symbole dit le type, et les types sans mention sont omis. Le modèle a été entraîné surtout pour celui qui est recommandé.',

  // Statut, rubriques et identifiants. Ce qui accompagne un résultat est dans attributes/.
  attributesLabel: 'À propos de chaque entité',
  attributesAssertion: 'Absent, possible, dans la famille…',
  attributesAssertionHint:
    'Distinguer ce que le patient présente de ce qui est nié, suspecté, ancien ou propre à un parent',
  attributesSections: 'Rubriques',
  attributesSectionsHint:
    'Trouver les titres du texte et le titre sous lequel se trouve chaque entité',
  attributesLink: 'Identifiants',
  attributesLinkNote:
    'MeSH, DrugBank, HPO, NCBI Taxonomy, ou un vocabulaire à vous. Télécharge 3,5 Mo une seule fois ; votre texte reste ici.',
  attributesLinkBusy: 'Téléchargement du vocabulaire.',

  problems: (count) =>
    `${counted(count, 'problème', 'problèmes')} dans ce qui a été ouvert ; le reste est là`,
  problemsMore: (left) => `et ${number(left)} de plus`,
  problemPlace: (file, line) => (line === undefined ? `${file} :` : `${file}, ligne ${line} :`),
  problemKinds: {
    syntax: 'Ceci ne suit pas le format.',
    truncated: 'Le fichier se termine trop tôt.',
    columns: 'Le nombre de colonnes est faux.',
    missing: 'Il manque quelque chose.',
    io: 'Le fichier ne peut plus être lu à partir d’ici.',
    offsets: 'Les positions ne correspondent pas au texte.',
    mismatch: 'Un autre texte se trouve à ces positions.',
    'text-too-large': 'Ceci est trop grand.',
    'not-text': 'Ce n’est pas du texte brut.',
    'no-documents': 'Il ne contient aucun texte.',
    'annotations-alone':
      'Ses annotations sont sans leur texte : ouvrez-le avec le fichier .txt du même nom.',
    format: 'Ce n’est aucun des formats lus, ou pas celui que dit son nom.',
    review: 'Ce document de la relecture enregistrée est endommagé.',
    'review-version': 'La relecture a été enregistrée par une autre version.',
  },

  documentsTitle: 'Documents',
  documentsAgain: 'Recommencer',
  documentsAgainHint: 'Les traiter tous à nouveau, avec les types et le format choisis maintenant',
  documentsClear: 'Tout retirer',
  documentColumns: { name: 'Document', state: 'Entités', remove: 'Retirer' },
  documentsPager: 'Pages de la liste des documents',

  columnTitle: (name) => `${name} : quelle colonne est le texte ?`,
  columnText: 'Texte',
  columnTitleField: 'Titre, placé avant le texte',
  columnNoTitle: 'Aucun',
  columnId: 'Nom de chaque document',
  columnLines: 'Numéro de la ligne',
  columnHead: 'La première ligne porte les noms des colonnes',
  columnPreview: 'Les premiers documents commencent ainsi :',
  columnNumber: (column) => `Colonne ${number(column)}`,
  columnTake: (rows) => `Prendre ${counted(rows, 'document', 'documents')}`,
  dialogCancel: 'Annuler',
  dialogConfirm: 'Oui',

  runTitle: 'Extraction',
  extract: 'Extraire les entités',
  cancel: 'Annuler',
  retry: 'Réessayer',
  extractAsk: (lost, isAll) =>
    `Extraire du texte tel qu’il est maintenant ? ${counted(lost, 'de vos corrections porte', 'de vos corrections portent')} sur des mots qui ont changé, et ${lost === 1 ? 'sera perdue' : 'seront perdues'}.${isAll ? '' : ' Les autres sont conservées.'}`,

  status: {
    loading: () => 'Chargement du modèle.',
    opening: (name) => `Ouverture de ${name}.`,
    waiting: () => 'Chargement du modèle. Votre texte suit.',
    waitingDocuments: () => 'Chargement du modèle. Vos documents suivent.',
    ready: () => 'Prêt. Fonctionne désormais sans connexion.',
    readyWith: (name) =>
      `Prêt, avec ${name}. Il est lu depuis votre fichier et n’est pas conservé.`,
    working: (done, total) =>
      total ? `Lecture : ${number(done)} phrases sur ${number(total)}.` : 'Lecture.',
    queue: (done, all, name) => `Document ${number(done + 1)} sur ${number(all)} : ${name}.`,
    done: (entities, sentences, seconds) =>
      entities
        ? `${counted(entities, 'entité', 'entités')} dans ${counted(sentences, 'phrase', 'phrases')}, ${duration(seconds)}.`
        : `Aucune entité de ces types dans ${counted(sentences, 'phrase', 'phrases')}, ${duration(seconds)}.`,
    queueDone: (documents, entities, failed) =>
      `${counted(documents, 'document terminé', 'documents terminés')}, ${counted(entities, 'entité', 'entités')}${failed ? `, ${counted(failed, 'échec', 'échecs')}` : ''}.`,
    cancelled: (done, total) =>
      total
        ? `Annulé après ${number(done)} phrases sur ${number(total)}. Ce qui a été trouvé jusque-là est conservé.`
        : 'Annulé.',
    queueCancelled: (waiting) =>
      `Annulé. ${counted(waiting, 'document attend', 'documents attendent')} ; reprenez quand vous voulez.`,
    queueFound: (waiting) =>
      `${counted(waiting, 'document de votre dernière visite attend', 'documents de votre dernière visite attendent')}. Lancez l’extraction pour continuer.`,
    added: (documents, skipped, problems) =>
      `${counted(documents, 'document ajouté', 'documents ajoutés')}${skipped ? ` ; ${counted(skipped, 'entrée sans texte a été laissée', 'entrées sans texte ont été laissées')} de côté` : ''}${problems ? ` ; ${counted(problems, 'problème est indiqué', 'problèmes sont indiqués')} sous le texte` : ''}. Lancez l’extraction pour ${documents === 1 ? 'le' : 'les'} traiter.`,
    example: (name) => `Exemple en place : ${name}.`,
    exampleWithPreset: (name, preset) =>
      `Exemple en place : ${name}. Les types sont ceux de la sélection « ${preset} ».`,
    copied: (name, hidden) => `Copié au format ${name}${leftOut(hidden)}.`,
    notCopied: () => 'Le navigateur n’a pas permis la copie. Téléchargez plutôt le fichier.',
    downloaded: (name, hidden) => `Enregistré sous ${name}${leftOut(hidden)}.`,
    marked: (count) => `${counted(count, 'mention marquée', 'mentions marquées')}.`,
    edited: () => 'Modifié.',
    removed: (mention) => `N’est plus marqué : ${mention}.`,
    undone: () => 'Correction annulée.',
    redone: () => 'Correction rétablie.',
    deleted: () =>
      'Supprimés : les documents, les vocabulaires, le modèle conservé et les réglages. Il ne reste rien de bioner sur cet appareil.',
  },
  loadProgress: (loaded, total, cached) =>
    loaded >= total && total
      ? 'Préparation du modèle'
      : `${megabytes(loaded, 'Mo')} sur ${megabytes(total, 'Mo')}${cached ? `, ${cached === loaded ? 'conservé sur cet appareil' : `dont ${megabytes(cached, 'Mo')} conservés sur cet appareil`}` : ''}`,
  loadRetry: (attempt) => `La connexion est lente ou a été perdue ; essai ${attempt}`,
  workProgress: (rate, left, done, total) =>
    `${number(done)}/${number(total)}, ${decimal(rate)} phrases/s, encore ${duration(Math.max(1, Math.round(left)))} environ`,

  errors: {
    withCode: (sentence, code) => `${sentence} Code : ${code}.`,
    empty: () =>
      'Il n’y a pas encore de texte. Collez-en un, déposez un fichier ou prenez un exemple.',
    types: (problem) => typeProblemWords('fr', problem),
    file: (name) =>
      `${name} n’est pas du texte brut. Enregistrez-le en .txt, ou copiez-en le texte et collez-le ici.`,
    noDocuments: (name) =>
      `Il n’y a pas de texte dans ${name}. Un fichier .jsonl porte {"id", "text"} à chaque ligne, un fichier PubTator ID|t|titre et ID|a|résumé.`,
    annotationsAlone: (name) =>
      `${name} contient des annotations sans leur texte. Ouvrez-le avec le fichier .txt du même nom.`,
    largeFile: (name, limit) =>
      `${name} est bien trop grand : la page prend ${number(limit)} caractères à la fois. Divisez-le, ou utilisez la ligne de commande, qui prend des textes plus longs : bioner extract FICHIER.`,
    example: () => 'L’exemple n’a pas pu être chargé. Vérifiez la connexion et réessayez.',
    busy: () => 'Le modèle travaille. Annulez d’abord, ou attendez qu’il ait fini.',
    elsewhere: () => 'Un autre onglet traite ces documents.',
    notFound: (mention) => `« ${mention} » n’est pas dans le texte, ou y est déjà marqué.`,
    ownModel: (name, why) =>
      `${name} ne peut pas être utilisé ; le modèle précédent reste en place. ${why}`,
    'text-too-large': (characters, limit) =>
      `Le texte a ${number(characters)} caractères ; la page en prend ${number(limit)} à la fois. Divisez-le, ou utilisez la ligne de commande, qui prend des textes plus longs : bioner extract FICHIER.`,
    ownByCode: {
      'model-file': (detail) => `Ce n’est pas un fichier GGUF intact. (${detail})`,
      'model-unsupported': (detail) => `Il est d’un genre qui ne fonctionne pas ici. (${detail})`,
      memory: () =>
        'Cet onglet n’obtient pas assez de mémoire pour lui. Fermez d’autres onglets et programmes.',
      crashed: (detail) =>
        `Il ne tient pas dans la mémoire de cet onglet, ou s’est arrêté de façon inattendue. (${detail})`,
    },
    byCode: {
      'wasm-missing': () =>
        'Ce navigateur n’exécute pas WebAssembly, ou une règle l’interdit ici. Chrome ou Edge 96, Firefox 114, Safari 16.4 et suivants le font.',
      'simd-missing': () =>
        'Il manque à ce navigateur, ou à son processeur, WebAssembly SIMD, dont le modèle a besoin. Chrome ou Edge 96, Firefox 114, Safari 16.4 et suivants l’ont.',
      'worker-missing': () =>
        'Ce navigateur ne lance pas de « web workers » ici. Chrome ou Edge 96, Firefox 114, Safari 16.4 et suivants le font.',
      'insecure-context': () =>
        'Le modèle ne peut être vérifié que sur une page ouverte en https, ou depuis localhost. Ouvrez cette page ainsi.',
      module: () =>
        'Le programme lui-même n’a pas pu être chargé. Vérifiez la connexion et réessayez. Si cela persiste, rechargez la page : il y en a peut-être une nouvelle version.',
      network: (detail) =>
        `Le modèle n’a pas pu être téléchargé. Vérifiez la connexion et réessayez : ce qui est arrivé est conservé. (${detail})`,
      'model-manifest': (detail) =>
        `Il n’y a pas de modèle utilisable sur ce site. Remettez ses fichiers en place. (${detail})`,
      'model-checksum': (detail) =>
        `Les fichiers du modèle ne sont pas ceux qu’ils devraient être. Réessayez ; si cela persiste, fermez tous les onglets de cette page, puis rouvrez-la : il y en a peut-être une nouvelle version. Si cela persiste encore, il faut remplacer ces fichiers sur ce site. (${detail})`,
      'model-file': (detail) =>
        `Les fichiers du modèle sont endommagés et doivent être remplacés sur ce site. (${detail})`,
      'model-unsupported': (detail) =>
        `Ce modèle est d’un genre qui ne fonctionne pas ici. (${detail})`,
      memory: () =>
        'Cet onglet n’obtient pas assez de mémoire pour le modèle. Fermez d’autres onglets et programmes, puis réessayez. Ce qui a été trouvé est conservé.',
      crashed: () =>
        'Le modèle s’est arrêté de façon inattendue, peut-être faute de mémoire. Ce qui a été trouvé est conservé, et il redémarre de lui-même au prochain texte.',
      input: (detail) => `Le modèle ne peut pas prendre cela. (${detail})`,
      internal: (detail) =>
        `Une erreur s’est produite dans le programme. Ce qui a été trouvé est conservé. (${detail})`,
    },
  },
  warnings: {
    unreadable: (documents) =>
      documents === 1
        ? 'Un document conservé ne peut pas être lu : une autre version de cette page l’a conservé, ou il est endommagé. Rien n’en a été modifié ; rechargez la page quand il y en aura une version plus récente.'
        : `${number(documents)} documents conservés ne peuvent pas être lus : une autre version de cette page les a conservés, ou ils sont endommagés. Rien n’en a été modifié ; rechargez la page quand il y en aura une version plus récente.`,
    attributes: (code) =>
      code === 'vocabulary'
        ? 'Le vocabulaire n’a pas pu être téléchargé, ou il est endommagé. Les entités sont affichées sans identifiants ; relancez l’extraction pour réessayer.'
        : 'Le statut, les rubriques et les identifiants n’ont pas pu être trouvés : leur module n’a pas pu être chargé. Les entités sont affichées sans eux ; relancez l’extraction pour réessayer.',
    storage: () =>
      'Le modèle n’a pas pu être conservé sur cet appareil (stockage plein, ou fenêtre privée) : il sera téléchargé de nouveau à la prochaine visite. Tout le reste fonctionne.',
  },

  resultsTitle: 'Résultat',
  boxResult: 'Revenir au texte collé',
  staleText:
    'Le texte ci-dessus a changé depuis. Relancez l’extraction pour voir ce que cela change.',
  staleSettings:
    'Ce résultat a été trouvé avec d’autres types ou un autre format de sortie que ceux réglés ci-dessus. Relancez l’extraction pour voir ce que cela change.',
  staleDocument:
    'Ce résultat a été trouvé avec d’autres types ou un autre format de sortie que ceux réglés ci-dessus.',
  staleAgain: 'Extraire à nouveau de ce document',
  staleTake: 'Régler ceux de ce résultat',
  legendLabel: 'Les types et le nombre de chacun ; appuyez sur l’un pour le masquer ou le montrer',
  filterLabel: 'Ce qui est montré et exporté',
  thresholdLabel: 'Score d’au moins',
  showLabels: 'Étiquettes',
  abbreviations: 'Abréviations',
  abbreviationsHint:
    'Marquer une abréviation partout dès que le texte l’a expliquée, comme dans « Parkinson’s disease (PD) »',
  annotatedLabel: 'Le texte, entités marquées',
  annotatedHint:
    'Sélectionnez des mots pour les marquer ; appuyez sur une marque pour la modifier. Plus une marque est pâle, moins elle est sûre.',
  tip: (type, value) => `${type}, score ${score(value)}`,
  tipOrigin: {
    abbreviation: 'abréviation, avec le score de sa forme longue',
    repeat: 'nommé dans une phrase précédente',
    added: 'marqué par vous',
    edited: 'modifié par vous',
  },

  review: 'Comparer au fichier',
  reviewHint: 'Montrer les annotations du fichier à côté de celles trouvées ici',
  reviewTitle: 'Comparé au fichier',
  reviewOf: 'Mesuré dans',
  reviewKinds: {
    agree: 'accord',
    partial: 'chevauchement',
    type: 'autre type',
    missed: 'manquant',
    extra: 'en trop',
  },
  reviewKindHints: {
    agree: 'Trouvé à la place et avec le type du fichier',
    partial: 'Trouvé avec le type du fichier, à une place qui chevauche la sienne',
    type: 'Trouvé là où le fichier a un autre type',
    missed: 'Dans le fichier, et non trouvé',
    extra: 'Trouvé, et absent du fichier',
  },
  reviewComparison: {
    agree: 'comme dans le fichier',
    partial: 'chevauche une annotation du fichier',
    type: 'autre type dans le fichier',
    missed: 'dans le fichier, non trouvé',
    extra: 'absent du fichier',
    given: 'dans le fichier',
  },
  reviewStrict: 'Strict',
  reviewStrictHint: 'Est juste ce qui a la même place et le même type',
  reviewPartial: 'Partiel',
  reviewPartialHint: 'Est juste aussi ce qui chevauche et a le même type',
  reviewColumns: {
    type: 'Type',
    gold: 'Fichier',
    found: 'Trouvé',
    precision: 'Précision',
    recall: 'Rappel',
    f1: 'F1',
  },
  reviewAll: 'Tous les types',
  reviewDifferences: 'Différences',
  reviewKey:
    'Dans le texte, un cadre en tirets est une annotation du fichier ; un signe dit en quoi les deux diffèrent.',
  reviewDifferenceColumns: { kind: 'Quoi', given: 'Dans le fichier', found: 'Trouvé' },
  reviewNoDifference: 'Aucune différence des sortes choisies.',
  reviewMore: (left) => `et ${number(left)} de plus`,
  reviewOnlyGiven: (types) => `Non comparés, car seul le fichier les a : ${types}.`,
  reviewOnlyAsked: (types) => `Non comparés, car le fichier ne les a jamais : ${types}.`,
  reviewNothing:
    'Le fichier et les types demandés n’ont aucun type en commun : rien n’est comparé. Choisissez les types du fichier et relancez l’extraction.',
  reviewRunning: 'La comparaison se fait quand le texte a été lu.',
  reviewTake: (type) => `Dans le fichier : ${type}`,

  editLabel: 'Modifier cette entité',
  editAdd: 'Marquer comme',
  editType: 'Type',
  editBounds: 'Limites',
  editRemove: 'Retirer',
  editStartBack: 'Commencer un mot plus tôt',
  editStartOn: 'Commencer un mot plus tard',
  editEndBack: 'Finir un mot plus tôt',
  editEndOn: 'Finir un mot plus tard',
  undo: 'Annuler la correction',
  redo: 'Rétablir',
  addLabel: 'Marquer des mots dans le texte',
  addPlaceholder: 'Mots à marquer, partout',
  addTypeLabel: 'De quel type',
  addButton: 'Marquer',

  entitiesTitle: 'Entités',
  findLabel: 'Chercher parmi les entités',
  findPlaceholder: 'Chercher',
  grouped: 'Fusionner',
  groupedHint:
    'Une ligne pour toutes les mentions d’une même chose : majuscules et minuscules, singulier et pluriel, abréviation et forme longue',
  columns: { text: 'Mention', type: 'Type', start: 'Place', score: 'Score' },
  columnHints: {
    text: 'Trier par mention',
    type: 'Trier par type',
    start: 'Trier par place dans le texte (premier caractère, compté depuis 0)',
    score: 'Trier par score (la probabilité que la mention soit juste)',
  },
  groupColumns: { text: 'Entité', type: 'Type', count: 'Mentions', score: 'Score' },
  groupForms: (forms) => `aussi ${forms.join(', ')}`,
  jump: 'Montrer dans le texte',
  jumpNext: 'Montrer la mention suivante dans le texte',
  tableMore: 'Il y a d’autres colonnes : faites défiler le tableau vers le côté.',
  noneYet: 'Rien trouvé encore.',
  noneFound: 'Aucune entité des types choisis n’a été trouvée.',
  noneShown:
    'Aucune ne correspond. Effacez la recherche, abaissez le score ou montrez les types masqués.',
  pagerLabel: 'Pages du tableau',
  pageBack: 'Précédent',
  pageOn: 'Suivant',
  page: (from, to, all) => `${number(from)} à ${number(to)} sur ${number(all)}`,

  chartTitle: 'Vue d’ensemble',
  chartOf: 'Les plus mentionnées dans',
  chartHere: 'ce document',
  chartAll: 'tous les documents',
  chartLabel: (list) => `Diagramme en barres des plus mentionnées : ${list}.`,
  chartBar: (name, type, count) => `${name} (${type}), ${counted(count, 'mention', 'mentions')}`,
  chartNone: 'Rien à montrer encore.',

  rawTitle: 'Tel que le modèle l’a écrit',
  rawNote: (format) => format,
  rawMore: (left) => `En montrer plus (encore ${number(left)})`,

  exportLabel: 'Exporter les entités',
  exportAllLabel: 'Exporter les entités de tous les documents',
  exportDownload: (name) => `Télécharger en ${name}`,
  exportAllDownload: (name) => `Télécharger tous les documents en ${name}`,
  exportCopy: (name) => `Copier en ${name}`,
  exportMore: 'Autres formats',
  exportArchive: (name) => `${name} (zip)`,
  exportUnits: {
    json: 'Positions en unités de code UTF-16, comme JavaScript les compte',
    'json-lines':
      'Une ligne par document ; positions en unités de code UTF-16, comme JavaScript les compte',
    csv: 'Positions en unités de code UTF-16, comme JavaScript les compte',
    brat: 'Annotations séparées (.ann) ; positions en points de code, comme Python les compte',
    pubtator: 'Première ligne comme titre ; positions en points de code, comme Python les compte',
    'bioc-xml': 'Passages avec annotations ; positions en points de code, comme Python les compte',
    'bioc-json': 'Passages avec annotations ; positions en points de code, comme Python les compte',
    conll: 'Un mot et son étiquette (IOB2) par ligne',
    'web-annotation': 'Web Annotation du W3C, en JSON-LD',
    xmi: 'Pour INCEpTION ; positions en unités de code UTF-16',
    doccano: 'Pour l’import ; positions en points de code',
    'label-studio': 'Tâches avec prédictions ; positions en unités de code UTF-16',
  },

  privacyTitle: 'Ce que vous collez reste ici',
  privacyText:
    'Le modèle est téléchargé une fois et fonctionne dans cet onglet. La page porte une « Content-Security-Policy » par laquelle votre navigateur refuse toute connexion à une autre adresse que celle d’où vient cette page, pour la page comme pour le modèle ; et une fois le modèle chargé, l’extraction ne demande rien non plus à cette adresse.',
  privacyCheck:
    'Un texte collé n’est pas conservé. Les documents que vous ouvrez sont conservés sur cet appareil, afin que rien ne se perde si l’onglet se ferme ; de même les vocabulaires que vous ajoutez, la page elle-même, le modèle, et votre choix de types, de couleurs et de langue.',
  privacyProof: 'Voyez par vous-même',
  deleteAll: 'Supprimer tout ce qui est conservé ici',
  deleteAllAsk:
    'Supprimer de cet appareil tous les documents avec ce qui y a été trouvé, vos vocabulaires, le modèle conservé et tous les réglages ?',
  modelTitle: 'Le modèle',
  modelNote: (name, size, licence) =>
    `${name}, ${megabytes(size, 'Mo')}${licence ? `, ${licence}` : ''}. Il écrit les entités sous forme de texte, d’après une grammaire qui ne lui laisse copier que ce que dit la phrase.`,
  modelPending:
    'Un petit modèle de langue écrit les entités sous forme de texte, d’après une grammaire qui ne lui laisse copier que ce que dit la phrase.',
  modelFacts: {
    name: 'Nom',
    architecture: 'Architecture',
    parameters: 'Paramètres',
    quantization: 'Quantification',
    size: 'Taille',
  },
  modelParameters: (millions) => `${decimal(millions)} millions`,
  modelSize: (size) => megabytes(size, 'Mo'),
  modelOpen: 'Utiliser votre propre modèle (.gguf)',
  modelOpenHint:
    'Un modèle Llama, Qwen2 ou Qwen3 de 1,5 Go au plus. Il est lu depuis votre disque, ni envoyé ni conservé.',
  modelOwn: (name) => `Votre modèle : ${name}`,
  modelBack: 'Revenir au modèle par défaut',
  careText:
    'Il oublie des choses et se trompe. Pour la recherche et l’orientation ; ce n’est pas un dispositif médical.',
};
