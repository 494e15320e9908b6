// The texts of the page privacy.html in French.

import { counted } from '../../language.js';

/** @type {typeof import('./en.js').en} */
export const fr = {
  title: 'bioner : rien ne quitte cet onglet, et comment le vérifier',
  skip: 'Aller à la vérification',
  back: 'Retour à bioner',
  heading: 'Rien ne quitte cet onglet. Vérifiez-le vous-même.',
  lead: 'Vous n’avez pas à nous croire. Sur cette page, votre propre navigateur compte chaque requête, et vous pouvez couper le réseau avant d’essayer.',
  stepsTitle: 'En quatre étapes',
  stepLoad: 'La page et le modèle sont chargés',
  loading: 'Chargement du modèle.',
  ready: 'Chargé. Plus rien n’est désormais nécessaire du réseau.',
  stepCut: 'Coupez le réseau',
  stepCutHow:
    'Passez en mode avion, ou débranchez le câble. Vous pouvez même recharger la page ensuite : elle est conservée sur cet appareil.',
  online: 'Votre navigateur dit : connecté',
  offline: 'Votre navigateur dit : pas de réseau',
  stepRun: 'Extrayez',
  done: (entities, requests, offline) =>
    `${counted(entities, 'entité trouvée', 'entités trouvées')}${offline ? ' sans réseau' : ''}, avec ${counted(requests, 'requête', 'requêtes')}.`,
  stepLeak: 'Essayez de sortir',
  stepLeakHow:
    'Ce bouton essaie d’envoyer le texte ci-dessus à example.com, depuis la page et depuis le processus du modèle. Le réseau coupé, cela ne dit rien ; essayez en étant connecté.',
  leak: 'Essayer d’envoyer le texte',
  refused:
    'Rien n’est parti : les deux essais ont échoué. Ceux que la règle du navigateur a arrêtés sont comptés comme refusés dans le tableau ci-dessous.',
  leaked:
    'Quelque chose est parti. N’utilisez pas cette copie de la page : quelqu’un l’a modifiée.',
  logTitle: 'Ce que votre navigateur rapporte',
  logText:
    'Ces nombres ne viennent pas de notre code. Ce sont les chargements et les violations de règles que le navigateur enregistre, dans la page et dans le processus qui exécute le modèle.',
  columns: {
    loading: 'au chargement',
    after: 'depuis',
    foreign: 'vers une autre adresse',
    refused: 'refusées par la règle',
  },
  where: { page: 'La page', worker: 'Le processus du modèle' },
  all: 'Chacune d’elles',
  line: {
    request: (url) => url,
    refused: (url, rule) => `refusé : ${url} (${rule})`,
  },
  blindTitle: 'Ce que ces nombres ne voient pas',
  blind: {
    resources:
      'Les chargements enregistrés sont ceux de fichiers et de données, y compris servis depuis cet appareil. Les connexions WebSocket et WebRTC n’y figurent pas ; la règle interdit les premières vers toute autre adresse, et aucun code d’ici n’utilise les secondes, qu’aucune règle n’interdit dans tous les navigateurs.',
    violations:
      'Les violations sont ce que le navigateur a refusé. Ce qui est permis, une requête vers l’adresse d’où vient cette page, n’en fait pas partie.',
    browser:
      'Ni les uns ni les autres ne voient ce que le navigateur fait pour lui-même (mises à jour, y compris celles de cette page, aide à l’orthographe), ce que font les extensions, ni ce que d’autres programmes envoient.',
    trust:
      'Tout cela est montré par une page à laquelle il faudrait faire confiance. Le réseau coupé, ce n’est plus nécessaire : c’est le sens de la deuxième étape. L’onglet « réseau » des outils de développement de votre navigateur est un autre témoin.',
  },
  policyTitle: 'Ce que la règle interdit',
  policyText:
    'La page porte une « Content-Security-Policy » : des règles d’après lesquelles votre navigateur refuse lui-même, quoi que tente le code de la page. Le processus du modèle est lancé de façon que les mêmes règles le lient.',
  policy: {
    'default-src':
      'Rien n’est permis qui ne soit nommé ci-dessous : ni cadres, ni polices, ni médias, ni modules externes.',
    'script-src':
      'Le code vient de la seule adresse de cette page. WebAssembly peut s’exécuter ; un texte ne peut pas devenir du code.',
    'worker-src': 'Les processus d’arrière-plan sont lancés à partir du seul code de cette page.',
    'connect-src':
      'Des données ne s’échangent qu’avec l’adresse de cette page : rien ne peut être dit à un autre serveur.',
    'style-src': 'Les styles viennent de la seule adresse de cette page.',
    'img-src':
      'Les images viennent de la seule adresse de cette page : aucune ne peut emporter un texte dans son nom.',
    'manifest-src': 'La description qui sert à installer la page vient de sa seule adresse.',
    'base-uri': 'On ne peut faire prendre à la page ses adresses relatives pour d’autres.',
    'form-action': 'Aucun formulaire ne peut être envoyé nulle part.',
  },
  stickTitle: 'Sur une clé',
  stickText:
    'La première commande rassemble la page, le programme et le modèle dans un dossier d’environ 90 Mo, qui n’a besoin de rien d’autre. Copiez-le sur une clé ; l’une ou l’autre des deux suivantes le sert sur un ordinateur sans réseau, à l’adresse http://localhost:8080/.',
  stickFile:
    'Un double clic sur index.html ne suffit pas : ouverts comme fichiers, les scripts de la page et son processus sont refusés par les navigateurs, et le modèle ne serait pas vérifié. Servir le dossier depuis cet ordinateur, ce n’est pas aller en ligne.',
};
