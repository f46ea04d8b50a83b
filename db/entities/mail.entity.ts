import { defineEntity, p } from '@mikro-orm/core';
import { MAIL_KINDS, MAIL_MODES, MAIL_STATES, RETOUR_KINDS } from '../../domain/model/mail.ts';
import { cariforefWall, personWall } from './roles.ts';

/** One mail to send, written in the transaction of what it tells; ids, statuses and instants only, never content. */
const Courriel = defineEntity({
  name: 'Courriel',
  tableName: 'courriel',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  uniques: [{ name: 'courriel_cle_unique', properties: ['cle'] }],
  indexes: [
    {
      name: 'courriel_attente_index',
      expression: 'create index "courriel_attente_index" on "courriel" ("pas_avant", "id") where state = \'attente\'',
    },
    {
      name: 'courriel_destinataire_index',
      expression:
        'create index "courriel_destinataire_index" on "courriel" ("destinataire", "pas_avant") where state = \'attente\'',
    },
    {
      name: 'courriel_en_cours_index',
      expression: 'create index "courriel_en_cours_index" on "courriel" ("id") where state = \'enCours\'',
    },
    { name: 'courriel_envoye_index', properties: ['sentAt'] },
    { name: 'courriel_soumission_index', properties: ['soumissionId'] },
    { name: 'courriel_message_index', properties: ['messageId'] },
    { name: 'courriel_groupe_index', properties: ['groupeId'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    /** (event, person), or (digest, person, Paris day): the same thing is told once. */
    cle: p.string().length(200),
    kind: p.enum([...MAIL_KINDS]),
    mode: p.enum([...MAIL_MODES]).default('immediat'),
    /** The person's id, or the address of a contact who is nobody here: whose preferences count. */
    destinataire: p.string().length(160),
    userId: p.uuid().nullable(),
    adresse: p.string().length(160).nullable(),
    langue: p.string().length(2).default('fr'),
    organismeId: p.uuid().nullable(),
    ficheId: p.uuid().nullable(),
    soumissionId: p.uuid().nullable(),
    payload: p.json<MailPayload>(),
    state: p.enum([...MAIL_STATES]).default('attente'),
    pasAvant: p.datetime(3).defaultRaw('now()'),
    createdAt: p.datetime(3).defaultRaw('now()'),
    /** The mail that tells this one with others. */
    groupeId: p.uuid().nullable(),
    /** Which run of the sender has it in hand. */
    prisPar: p.string().length(80).nullable(),
    essais: p.integer().default(0),
    /** Times that a sender died with it in hand: it may have been sent each time. */
    reprises: p.integer().default(0),
    messageId: p.string().length(200).nullable(),
    sentAt: p.datetime(3).nullable(),
    /** Until when its link answers; null when it has none. */
    lienExpireLe: p.datetime(3).nullable(),
    code: p.string().length(60).nullable(),
  },
});

/** What the payload of a mail may hold; `items` grows while the mail waits, for kinds that add. */
export interface MailPayload {
  readonly items?: readonly Readonly<Record<string, unknown>>[];
  readonly [fact: string]: unknown;
}

/** How one person wants one kind of mail; who set nothing gets the kind's own mode. */
const CourrielPreference = defineEntity({
  name: 'CourrielPreference',
  tableName: 'courriel_preference',
  rowLevelSecurity: 'force',
  policies: personWall('destinataire'),
  properties: {
    destinataire: p.string().length(160).primary(),
    kind: p.enum([...MAIL_KINDS]).primary(),
    mode: p.enum([...MAIL_MODES]),
    modifieLe: p.datetime(3).defaultRaw('now()'),
  },
});

/** An address that refuses mail or a complaint: a task for a moderator; nothing is sent there meanwhile. */
const CourrielRetour = defineEntity({
  name: 'CourrielRetour',
  tableName: 'courriel_retour',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  indexes: [
    {
      name: 'courriel_retour_ouvert_unique',
      expression:
        'create unique index "courriel_retour_ouvert_unique" on "courriel_retour" ("destinataire") where traite_le is null',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    destinataire: p.string().length(160),
    courrielId: p.uuid(),
    kind: p.enum([...RETOUR_KINDS]),
    /** What the server said: its code, `550 5.1.1`; never its words, which may name people. */
    code: p.string().length(60),
    fois: p.integer().default(1),
    at: p.datetime(3),
    traiteLe: p.datetime(3).nullable(),
    traitePar: p.uuid().nullable(),
  },
});

/** What the demo's own mail server was given; empty outside demo mode. */
const CourrielCapture = defineEntity({
  name: 'CourrielCapture',
  tableName: 'courriel_capture',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    at: p.datetime(3).defaultRaw('now()'),
    vers: p.string().length(320),
    sujet: p.string().length(500),
    messageId: p.string().length(200),
    source: p.text(),
  },
});

export const MAIL_ENTITIES = [Courriel, CourrielPreference, CourrielRetour, CourrielCapture] as const;
