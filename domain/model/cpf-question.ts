import { cpfSubjects } from './certification-codes.ts';
import type { CpfQuestion } from './cpf.ts';
import { type ActionDocument, type FormationDocument, type SessionDocument, texteOf } from './documents.ts';
import { earliestDay, latestDay } from './lheo-dates.ts';
import type { ActionKind } from './organismes-publics.ts';

const PERMANENTES = '1';

/** Apprenticeship is certified apart; a cycle of type 1, or the extra `contrat-apprentissage`, says that an action is one. */
function actionKind(action: ActionDocument): ActionKind {
  const dispositif = (action.champs.extras ?? []).find((extras) => extras?.['@']?.info === 'dispositif');
  const apprenticed = (dispositif?.contenu ?? []).some((item) => {
    const extra = item !== undefined && 'extra' in item ? item.extra : undefined;
    return typeof extra === 'object' && extra['@']?.info === 'contrat-apprentissage' && extra['#']?.trim() === '1';
  });
  return apprenticed ? 'apprentissage' : 'formation';
}

/** What the CPF rule is asked of one session of a fiche; `siret` is that of the organisme responsable. */
export function cpfQuestion(
  formation: FormationDocument,
  action: ActionDocument,
  session: SessionDocument,
  siret: string,
): CpfQuestion {
  const periode = session.champs.periode;
  const debut = earliestDay(texteOf(periode?.debut));
  const fin = latestDay(texteOf(periode?.fin));
  return {
    ...(debut && { debut }),
    ...(fin && { fin }),
    permanente: texteOf(action.champs['modalites-entrees-sorties']) === PERMANENTES,
    sujets: cpfSubjects(formation.champs, session.champs),
    siret,
    action: actionKind(action),
  };
}
