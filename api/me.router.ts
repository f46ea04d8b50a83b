import { type Me, me } from '../domain/contract/me.contract.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { csrfTokenOf } from './login/cookie.ts';
import { requireViewer } from './rights.ts';

export const meEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/me',
    summary: 'Who I am, for which organismes, and the token that writes with a login cookie must show',
    tag: 'people',
    access: 'login',
    answers: { 200: me },
    async handle({ deps: { db, region, settings }, req, viewer }) {
      const { nom, email, langue } = { nom: '', email: '', langue: 'fr', ...req.person };
      const organismes = await db.asViewer(requireViewer(req.viewer), (sql) =>
        sql
          .selectFrom('user_organisme')
          .leftJoin('organisme', 'organisme.id', 'user_organisme.organisme_id')
          .select(['user_organisme.organisme_id as id', 'organisme.nom as nom', 'organisme.version_n as version_n'])
          .select((is) =>
            // One that is not accepted yet is called by what was entered of it.
            is
              .selectFrom('soumission')
              .select('titre')
              .whereRef('fiche_id', '=', 'user_organisme.organisme_id')
              .orderBy('id', 'desc')
              .limit(1)
              .as('titre'),
          )
          .where('user_organisme.user_id', '=', viewer.userId)
          .orderBy('user_organisme.organisme_id')
          .execute(),
      );
      const body: Me = {
        id: viewer.userId,
        nom,
        email,
        role: viewer.role,
        langue,
        organismes: organismes.map((row) => ({
          id: row.id,
          nom: row.nom ?? row.titre ?? '',
          accepted: (row.version_n ?? 0) > 0,
        })),
        csrfToken: req.get('Authorization') === undefined ? csrfTokenOf(req) : null,
        region: {
          nom: region.nom,
          prefixe: region.prefixe,
          courriel: region.cariforef.courriel,
          telephone: region.cariforef.telephone,
        },
        demo: settings.demo,
      };
      return { body, headers: { 'Cache-Control': 'no-store' } };
    },
  }),
];
