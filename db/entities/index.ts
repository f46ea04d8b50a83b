import { Fiche, FicheVersion, NumeroGiven, SourceRecu } from './fiche.entity.ts';
import { FRAICHEUR_ENTITIES } from './fraicheur.entity.ts';
import { ImportLine, ImportOctets, ImportRow } from './import.entity.ts';
import { MAIL_ENTITIES } from './mail.entity.ts';
import {
  ActionRow,
  CpfMarking,
  DispositifRow,
  FormationRow,
  OrganismeRow,
  SessionRow,
  SiteRow,
} from './offre.entity.ts';
import { AccessToken, IdempotencyKey, UserAccount, UserOrganisme } from './people.entity.ts';
import {
  FichePublication,
  FicheRendue,
  Morceau,
  Octets,
  PersonneRetiree,
  Release,
  ReleaseChange,
  ReleaseMember,
  Rendu,
  Urgence,
} from './publication.entity.ts';
import { Certification, OrganismePublic, Partenaire, Referentiel } from './reference.entity.ts';
import { REGLES_ENTITIES } from './regles.entity.ts';
import {
  Claim,
  DecisionRow,
  JournalRow,
  OutboxRow,
  PromiseRow,
  Soumission,
  SoumissionRevision,
} from './soumission.entity.ts';
import { VIE_ENTITIES } from './vie.entity.ts';

export const entities = [
  UserAccount,
  UserOrganisme,
  AccessToken,
  IdempotencyKey,
  Fiche,
  FicheVersion,
  NumeroGiven,
  SourceRecu,
  Soumission,
  SoumissionRevision,
  Claim,
  DecisionRow,
  OutboxRow,
  JournalRow,
  PromiseRow,
  OrganismeRow,
  SiteRow,
  FormationRow,
  ActionRow,
  SessionRow,
  DispositifRow,
  CpfMarking,
  Release,
  ReleaseChange,
  ReleaseMember,
  FicheRendue,
  Octets,
  Morceau,
  FichePublication,
  Urgence,
  PersonneRetiree,
  Rendu,
  ImportRow,
  ImportOctets,
  ImportLine,
  Referentiel,
  Certification,
  Partenaire,
  OrganismePublic,
  ...VIE_ENTITIES,
  ...REGLES_ENTITIES,
  ...MAIL_ENTITIES,
  ...FRAICHEUR_ENTITIES,
] as const;
