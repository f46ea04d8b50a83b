import { z } from 'zod';
import { JOURNAL_SORTS, searchJournal } from '../db/journal/search.ts';
import { instant } from '../domain/contract/common.ts';
import { journalRow } from '../domain/contract/journal.contract.ts';
import { JOURNAL_ACTS } from '../domain/model/journal-acts.ts';
import type { Endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf, ids, searched } from './lists.ts';
import { iso } from './time.ts';

const when = instant.transform((text) => new Date(text));

const journal = listEndpoints({
  path: '/journal',
  noun: 'journal',
  summary: 'Every step of every fiche, newest first: by fiche, soumission, person, act, time and text of what was told',
  tag: 'journal',
  access: ['read', 'journal'],
  filter: z.strictObject({
    id: ids.optional(),
    fiche: ids.optional(),
    soumission: ids.optional(),
    by: ids.optional(),
    act: anyOf(z.enum(JOURNAL_ACTS)).optional(),
    from: when.optional(),
    until: when.optional(),
    q: searched.optional(),
  }),
  sorts: JOURNAL_SORTS,
  first: ['id', 'desc'],
  row: journalRow,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => searchJournal(sql, asked));
    const dtos = rows.map((row) => ({
      id: row.id,
      fiche: row.fiche_id,
      titre: row.intitule ?? row.organisme_nom ?? row.titre ?? '',
      n: row.n,
      soumission: row.soumission_id,
      at: iso(row.at),
      by: row.by,
      nom: row.nom,
      role: row.role,
      act: row.act,
      from: row.from_statut,
      to: row.to_statut,
      data: row.data,
      interne: row.interne,
      prevHash: row.prev_hash,
      hash: row.hash,
    }));
    return { rows: dtos, total };
  },
});

export const journalEndpoints: readonly Endpoint[] = journal;
