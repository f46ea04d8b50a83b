import { Alert, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { noticeOf } from '../../shared/http/problem.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import type { Decide } from './use-decide.ts';

interface Props {
  readonly soumission: SoumissionDto;
  readonly decide: Decide;
}

/** Why an act was not done: who holds the item, or what the server says, with the way on. */
export function RefusalNotice({ soumission, decide }: Props) {
  const translate = useTranslate();
  const format = new Intl.DateTimeFormat(useLang(), { timeStyle: 'short', timeZone: 'Europe/Paris' });
  const { refusal, unanswered } = decide;
  if (refusal === undefined || refusal.code === 'version-perimee') return null;
  if (unanswered !== undefined) {
    return (
      <Alert
        severity="warning"
        sx={{ mt: 1 }}
        action={<Button onClick={() => void decide.decide(unanswered)}>{translate('console.decide.resend')}</Button>}
      >
        {translate('console.decide.open')}
      </Alert>
    );
  }
  const { claim } = soumission;
  const held = refusal.code === 'prise-par-un-collegue' && claim !== null && !claim.mine;
  const action = held ? (
    <Button onClick={() => void decide.claim(true)}>{translate('console.decide.takeOver')}</Button>
  ) : refusal.code === 'organisme-non-accepte' ? (
    <Button onClick={() => void decide.decide({ kind: 'approve', version: soumission.version, avecOrganisme: true })}>
      {translate('console.decide.approveBoth')}
    </Button>
  ) : undefined;
  return (
    <Alert severity="error" sx={{ mt: 1 }} action={action}>
      {noticeOf(refusal.problem)}{' '}
      {held && claim !== null
        ? translate('console.decide.heldBy', { who: claim.by.nom, time: format.format(new Date(claim.expires)) })
        : ''}
    </Alert>
  );
}
