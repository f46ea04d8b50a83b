import type { Database } from '../../db/connect.ts';
import { createToken } from '../../db/tokens.ts';
import type { BrouillonDto } from '../../domain/contract/brouillon.contract.ts';
import type { SoumissionDto } from '../../domain/contract/soumission.contract.ts';
import { texteOf } from '../../domain/model/documents.ts';
import { RemotePlatform } from './remote-platform.ts';

/** So long a colleague holds one soumission of the demo. */
const HELD_MS = 8 * 3_600_000;

type Soumission = Pick<SoumissionDto, 'id' | 'statut' | 'version'>;

/** Where the demo's people act, and who they are. */
export interface Scene {
  readonly db: Database;
  readonly apiUrl: string;
}

/** Lets one demo person act over HTTP, by an access token that ends with the act. */
async function actingAs<T>(
  { db, apiUrl }: Scene,
  email: string,
  act: (platform: RemotePlatform, userId: string) => Promise<T>,
): Promise<T> {
  const { userId, token, tokenId } = await db.asWorker(async (sql) => {
    const { id } = await sql
      .selectFrom('user_account')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    const made = await createToken(sql, { userId: id, label: 'démonstration', days: 1 });
    return { userId: id, token: made.token, tokenId: made.row.id };
  });
  try {
    return await act(new RemotePlatform(apiUrl, token), userId);
  } finally {
    await db.asWorker((sql) => sql.deleteFrom('access_token').where('id', '=', tokenId).execute());
  }
}

const checked = (platform: RemotePlatform, id: string) =>
  platform.until<Soumission>(`/soumissions/${id}`, ({ statut }) => statut !== 'deposee');

/** A colleague holds one soumission for the day. */
export function holdOne(scene: Scene, id: string): Promise<void> {
  return actingAs(scene, 'moderateur@demo.sofi', async (platform, userId) => {
    await checked(platform, id);
    await platform.post(`/soumissions/${id}/claim`, {});
    const until = new Date(Date.now() + HELD_MS);
    await scene.db.asWorker((sql) =>
      sql
        .updateTable('claim')
        .set({ expires_at: until })
        .where('soumission_id', '=', id)
        .where('user_id', '=', userId)
        .execute(),
    );
  });
}

/** A moderator asks for corrections of two fields. */
export function askForChanges(scene: Scene, id: string): Promise<void> {
  return actingAs(scene, 'moderatrice@demo.sofi', async (platform) => {
    const { version } = await checked(platform, id);
    await platform.post(`/soumissions/${id}/decisions`, {
      kind: 'requestChanges',
      version,
      champs: [
        {
          path: '/champs/objectif-formation',
          reason: 'imprecis',
          comment: 'Dites ce que la personne saura faire au terme de la formation.',
          suggestion: 'Exercer le métier en autonomie, dans le respect des règles de sécurité.',
        },
        {
          path: '/champs/resultats-attendus',
          reason: 'incoherent',
          comment: 'Le résultat doit être celui de la certification visée.',
        },
      ],
    });
  });
}

/** Saves a draft with another title. */
async function retitle(platform: RemotePlatform, formation: string, suffix: string): Promise<string> {
  const { body: draft } = await platform.post<BrouillonDto>(`/formations/${formation}/brouillon`, {});
  const { document } = draft;
  if (document.kind !== 'formation') throw new Error(`Cannot give "${formation}" another title`);
  const champs = {
    ...document.champs,
    'intitule-formation': `${texteOf(document.champs['intitule-formation'])}${suffix}`,
  };
  await platform.call(`/brouillons/${draft.id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'If-Match': `"${draft.saveNumber}"` },
    body: JSON.stringify({ document: { ...document, champs } }),
  });
  return draft.id;
}

/** The first OF has a draft that it started, and deposited another change; answers that soumission. */
export function enterForOf(scene: Scene, formations: readonly [string, string]): Promise<string> {
  const [started, deposited] = formations;
  return actingAs(scene, 'of1@demo.sofi', async (platform) => {
    await retitle(platform, started, ' (titre à revoir)');
    const id = await retitle(platform, deposited, ', avec module d’anglais');
    await platform.post(`/brouillons/${id}/depot`, {});
    return id;
  });
}
