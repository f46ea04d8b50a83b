import { defineEntity, p } from '@mikro-orm/core';
import type { LookAlikeReasons } from '../../domain/model/look-alikes.ts';
import type { Severities } from '../../domain/model/rules/settings.ts';
import { cariforefWall } from './roles.ts';

/** What an administrator set of a rule, append-only: the newest version whose day has come is in force. */
const RegleReglage = defineEntity({
  name: 'RegleReglage',
  tableName: 'regle_reglage',
  properties: {
    regle: p.string().length(60).primary(),
    version: p.integer().primary(),
    severite: p.json<Severities>(),
    /** A fiche that the rule finds at fault takes two people to be approved. */
    deuxPersonnes: p.boolean().default(false),
    /** First Paris day on which it is in force. */
    actifLe: p.string().length(10),
    par: p.uuid(),
    raison: p.text(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

/** Fiches of the accepted offer that look like what a soumission proposes, found by its checks. */
const Ressemblance = defineEntity({
  name: 'Ressemblance',
  tableName: 'ressemblance',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    soumissionId: p.uuid().primary(),
    autreId: p.uuid().primary(),
    version: p.integer(),
    score: p.double(),
    raisons: p.json<LookAlikeReasons>(),
  },
});

/** What a moderator said of two fiches that look alike; the smaller id first. */
const RessemblanceAvis = defineEntity({
  name: 'RessemblanceAvis',
  tableName: 'ressemblance_avis',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    ficheId: p.uuid().primary(),
    autreId: p.uuid().primary(),
    verdict: p.string().length(10),
    soumissionId: p.uuid(),
    par: p.uuid(),
    at: p.datetime(3),
  },
});

/** An hourly hash over the heads of all chains of the journal that moved since the one before. */
const JournalSeal = defineEntity({
  name: 'JournalSeal',
  tableName: 'journal_seal',
  properties: {
    n: p.integer().primary().autoincrement(false),
    at: p.datetime(3),
    chains: p.integer(),
    prevHash: p.string().length(64).nullable(),
    hash: p.string().length(64),
  },
});

/** The head of one chain as a seal saw it. */
const JournalSealHead = defineEntity({
  name: 'JournalSealHead',
  tableName: 'journal_seal_head',
  indexes: [{ name: 'journal_seal_head_fiche_index', properties: ['ficheId', 'sealN'] }],
  properties: {
    sealN: p.integer().primary(),
    ficheId: p.uuid().primary(),
    n: p.integer(),
    head: p.string().length(64),
  },
});

export const REGLES_ENTITIES = [RegleReglage, Ressemblance, RessemblanceAvis, JournalSeal, JournalSealHead] as const;
