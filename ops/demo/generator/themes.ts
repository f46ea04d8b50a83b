/** A field of training: what its formations are called and coded. Codes are of Formacode V14, NSF and ROME. */
export interface Theme {
  readonly nom: string;
  readonly formacode: string;
  readonly nsf: string;
  readonly rome: string;
  /** Titles that lead to a certification, with the kind of its register. */
  readonly certifiantes: readonly { readonly titre: string; readonly registre: 'RNCP' | 'RS'; readonly niveau: string }[];
  readonly autres: readonly string[];
  readonly gestes: readonly string[];
}

const rncp = (titre: string, niveau = '13') => ({ titre, registre: 'RNCP', niveau }) as const;
const rs = (titre: string) => ({ titre, registre: 'RS', niveau: '1' }) as const;

export const THEMES: readonly Theme[] = [
  { nom: 'soudage', formacode: '23026', nsf: '254', rome: 'H2913', certifiantes: [rncp('Soudeur assembleur industriel'), rncp('CAP réalisations industrielles en chaudronnerie'), rs('Qualification de soudeur TIG')], autres: ['Initiation au soudage à l’arc', 'Soudage TIG : perfectionnement'], gestes: ['préparer les bords à assembler', 'souder en toutes positions', 'contrôler un cordon', 'lire un plan d’ensemble'] },
  { nom: 'plomberie', formacode: '22677', nsf: '233', rome: 'F1603', certifiantes: [rncp('Installateur en thermique et sanitaire'), rncp('CAP monteur en installations sanitaires'), rncp('BP monteur en installations du génie climatique', '14')], autres: ['Plomberie : les bases du dépannage'], gestes: ['raccorder des appareils sanitaires', 'braser le cuivre', 'poser un chauffe-eau', 'dépanner une évacuation'] },
  { nom: 'menuiserie', formacode: '22416', nsf: '234', rome: 'F1607', certifiantes: [rncp('CAP menuisier fabricant'), rncp('CAP ébéniste'), rncp('BP menuisier', '14')], autres: ['Menuiserie : pose et agencement'], gestes: ['débiter et corroyer', 'assembler un ouvrage', 'poser une menuiserie extérieure', 'régler les machines fixes'] },
  { nom: 'maçonnerie', formacode: '22334', nsf: '232', rome: 'F1703', certifiantes: [rncp('CAP maçon'), rncp('Maçon du bâti ancien')], autres: ['Enduits à la chaux'], gestes: ['monter un mur en maçonnerie', 'coffrer et ferrailler', 'réaliser un enduit', 'implanter un ouvrage'] },
  { nom: 'plâtrerie', formacode: '22412', nsf: '233', rome: 'F1604', certifiantes: [rncp('Plaquiste plâtrier'), rncp('CAP métiers du plâtre et de l’isolation')], autres: ['Isolation par l’intérieur'], gestes: ['poser des plaques de plâtre', 'réaliser des joints', 'isoler des combles'] },
  { nom: 'peinture', formacode: '22472', nsf: '233', rome: 'F1606', certifiantes: [rncp('CAP peintre applicateur de revêtements')], autres: ['Peintures décoratives'], gestes: ['préparer les supports', 'appliquer une peinture', 'poser un revêtement mural'] },
  { nom: 'électricité', formacode: '24049', nsf: '255', rome: 'F1602', certifiantes: [rncp('Électricien d’équipement du bâtiment'), rs('Habilitation électrique BR')], autres: ['Habilitation électrique : recyclage'], gestes: ['câbler un tableau', 'consigner une installation', 'mesurer une isolation'] },
  { nom: 'maintenance', formacode: '31624', nsf: '250', rome: 'I1304', certifiantes: [rncp('Technicien de maintenance industrielle', '15'), rncp('BTS maintenance des systèmes', '15')], autres: ['Lecture de schémas hydrauliques'], gestes: ['diagnostiquer une panne', 'régler un automatisme', 'planifier un entretien préventif'] },
  { nom: 'usinage', formacode: '23076', nsf: '251', rome: 'H2903', certifiantes: [rncp('Technicien d’usinage assistée par ordinateur', '14')], autres: ['Réglage d’un centre d’usinage'], gestes: ['programmer une machine à commande numérique', 'régler les outils', 'contrôler une pièce'] },
  { nom: 'automobile', formacode: '23637', nsf: '252', rome: 'I1604', certifiantes: [rncp('CAP maintenance des véhicules'), rncp('Mécanicien automobile')], autres: ['Diagnostic des véhicules électriques'], gestes: ['entretenir un véhicule', 'remplacer une distribution', 'lire un code défaut'] },
  { nom: 'boulangerie', formacode: '21538', nsf: '221', rome: 'D1102', certifiantes: [rncp('CAP boulanger'), rncp('BP boulanger', '14')], autres: ['Pains spéciaux et levain'], gestes: ['pétrir et façonner', 'conduire une fermentation', 'cuire au four à sole'] },
  { nom: 'pâtisserie', formacode: '21528', nsf: '221', rome: 'D1104', certifiantes: [rncp('CAP pâtissier')], autres: ['Entremets et décors'], gestes: ['réaliser des pâtes de base', 'monter un entremets', 'tempérer le chocolat'] },
  { nom: 'comptabilité', formacode: '32663', nsf: '314', rome: 'M1203', certifiantes: [rncp('Secrétaire comptable', '14'), rncp('Gestionnaire comptable et fiscal', '15'), rncp('BTS comptabilité et gestion', '15')], autres: ['Tenir sa comptabilité'], gestes: ['enregistrer les écritures', 'établir une paie', 'préparer un bilan'] },
  { nom: 'ressources humaines', formacode: '33054', nsf: '315', rome: 'M1502', certifiantes: [rncp('Assistant ressources humaines', '15')], autres: ['Conduire un entretien professionnel'], gestes: ['gérer un dossier de personnel', 'préparer un recrutement', 'suivre un plan de compétences'] },
  { nom: 'bureautique', formacode: '15052', nsf: '326', rome: 'M1607', certifiantes: [rs('Certification bureautique, tableur'), rs('Certification bureautique, texte')], autres: ['Tableur : niveau 1', 'Traitement de texte : niveau 2'], gestes: ['mettre en forme un document', 'croiser des données', 'automatiser une tâche'] },
  { nom: 'anglais', formacode: '15234', nsf: '136', rome: 'D1401', certifiantes: [rs('Certification d’anglais professionnel')], autres: ['Anglais : reprise des bases', 'Anglais à distance'], gestes: ['tenir une conversation', 'rédiger un courriel', 'comprendre une notice'] },
  { nom: 'français langue étrangère', formacode: '15235', nsf: '131', rome: 'K2111', certifiantes: [rs('Diplôme de compétence en langue, français')], autres: ['Français langue étrangère : A1 vers A2'], gestes: ['se présenter', 'lire un formulaire', 'téléphoner'] },
  { nom: 'vente', formacode: '34566', nsf: '312', rome: 'D1106', certifiantes: [rncp('Conseiller de vente', '14'), rncp('BTS management commercial opérationnel', '15')], autres: ['Vendre au comptoir'], gestes: ['accueillir un client', 'tenir un rayon', 'conclure une vente'] },
  { nom: 'logistique', formacode: '31845', nsf: '311', rome: 'N1105', certifiantes: [rncp('Préparateur de commandes en entrepôt'), rncp('Technicien en logistique d’entreposage', '14')], autres: ['Gérer un stock'], gestes: ['recevoir une livraison', 'préparer une commande', 'inventorier'] },
  { nom: 'transport routier', formacode: '31816', nsf: '311', rome: 'N4101', certifiantes: [rncp('Conducteur du transport routier sur porteur')], autres: ['Écoconduite'], gestes: ['arrimer un chargement', 'conduire en sécurité', 'tenir les documents de bord'] },
  { nom: 'réseaux informatiques', formacode: '24231', nsf: '326', rome: 'M1801', certifiantes: [rncp('Technicien supérieur systèmes et réseaux', '15'), rncp('Administrateur d’infrastructures sécurisées', '16')], autres: ['Sécurité d’un réseau local'], gestes: ['installer un commutateur', 'superviser un serveur', 'sauvegarder et restaurer'] },
  { nom: 'développement informatique', formacode: '30854', nsf: '326', rome: 'M1805', certifiantes: [rncp('Développeur web et web mobile', '15'), rncp('Concepteur développeur d’applications', '16')], autres: ['Programmer en Python'], gestes: ['concevoir une page', 'interroger une base de données', 'tester et livrer'] },
  { nom: 'agriculture biologique', formacode: '21001', nsf: '210', rome: 'A1416', certifiantes: [rncp('BP responsable d’entreprise agricole', '14')], autres: ['Conversion à l’agriculture biologique'], gestes: ['conduire une rotation', 'entretenir un sol vivant', 'vendre en circuit court'] },
  { nom: 'paysage', formacode: '21050', nsf: '214', rome: 'A1203', certifiantes: [rncp('CAP agricole jardinier paysagiste')], autres: ['Taille des arbustes'], gestes: ['créer un massif', 'poser une bordure', 'tailler à la bonne saison'] },
  { nom: 'création d’entreprise', formacode: '32047', nsf: '310', rome: 'M1402', certifiantes: [], autres: ['Créer son entreprise : de l’idée au projet', 'Étude de marché du créateur'], gestes: ['chiffrer un projet', 'choisir un statut', 'rencontrer un banquier'] },
  { nom: 'remise à niveau', formacode: '15041', nsf: '130', rome: 'K2111', certifiantes: [rs('Socle de connaissances et de compétences')], autres: ['Remise à niveau : français et mathématiques'], gestes: ['lire et résumer', 'calculer une proportion', 'organiser son travail'] },
];
