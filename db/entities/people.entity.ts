import { defineEntity, p } from '@mikro-orm/core';
import { ROLES } from '../../domain/model/vocabulary.ts';

/** A person who logs in; journal rows name it by id only. */
export const UserAccount = defineEntity({
  name: 'UserAccount',
  tableName: 'user_account',
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    email: p.string().length(160).unique(),
    nom: p.string().length(120),
    role: p.enum([...ROLES]),
    subject: p.string().length(255).unique().nullable(),
    langue: p.string().length(2).default('fr'),
    actif: p.boolean().default(true),
    createdAt: p.datetime(3).defaultRaw('now()'),
    lastUsedAt: p.datetime(3).nullable(),
  },
});

/** For which organismes a person of an OF enters the offer. */
export const UserOrganisme = defineEntity({
  name: 'UserOrganisme',
  tableName: 'user_organisme',
  properties: {
    userId: () => p.manyToOne(UserAccount).mapToPk().primary().fieldName('user_id').deleteRule('cascade'),
    organismeId: p.uuid().primary(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

/** A personal access token: only its SHA-256 is kept. */
export const AccessToken = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    userId: () => p.manyToOne(UserAccount).mapToPk().fieldName('user_id').deleteRule('cascade'),
    hash: p.string().length(64).unique(),
    label: p.string().length(120),
    createdAt: p.datetime(3).defaultRaw('now()'),
    expiresAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
    lastUsedAt: p.datetime(3).nullable(),
  },
});

/** The answer kept for (user, route, key) for 7 days, so that a repeated request has one effect. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: {
    userId: p.uuid().primary(),
    route: p.string().length(200).primary(),
    key: p.string().length(200).primary(),
    bodyHash: p.string().length(64),
    state: p.string().length(10).default('running'),
    httpStatus: p.integer().nullable(),
    answer: p.json<unknown>().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()').index(),
  },
});
