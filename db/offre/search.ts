import { sql as raw } from 'kysely';
import { containing } from './page.ts';

/** A SIRET or NDA as people copy it, with spaces. */
const compact = (words: string) => words.replaceAll(/\s/g, '');

/** Ids of the organismes whose name holds the words, or whose SIRET, NDA or numero they are; each way has its index. */
export function organismesFound(words: string) {
  const found = containing(words);
  const code = compact(words);
  return raw<string>`(select id from organisme where retire_le is null and (nom ilike ${found} or raison_sociale ilike ${found})
    union all select id from organisme where siren = left(${code}, 9) and (siret = ${code} or siren = ${code})
    union all select id from organisme where nda = ${code}
    union all select id from organisme where numero = ${code})`;
}

/** Ids of the fiches that were given a numero, at any of their levels, or that a source sent under it. */
export function fichesNumbered(words: string) {
  const numero = compact(words);
  return raw<string>`(select fiche_id from numero_given where niveau in ('formation', 'action', 'session') and numero = ${numero}
    union all select fiche_id from source_recu where cle = ${`formation|${numero}`})`;
}

/** Ids of the formations of the offer whose title holds the words, of that numero, or of such an organisme's codes. */
export function formationsFound(words: string) {
  const code = compact(words);
  return raw<string>`(select id from formation where retire_le is null and intitule ilike ${containing(words)}
    union all select fiche_id from numero_given where niveau in ('formation', 'action', 'session') and numero = ${code}
    union all select f.id from organisme o join formation f on f.organisme_id = o.id
      where o.nda = ${code} or (o.siren = left(${code}, 9) and o.siret = ${code}))`;
}
