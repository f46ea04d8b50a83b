import { Box, Button, Chip, Link as MuiLink, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { LookAlikeDto } from '../../../domain/contract/look-alike.contract.ts';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { lookAlikesQuery } from './look-alikes-query.ts';

/** Fiches, of the offer or waiting, that look like what is proposed, each with the reasons and what was said of it. */
export function LookAlikesPanel({ soumission }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const { id, version, controles, kind } = soumission;
  const ready = soumission.fiche.kind === 'formation' && kind !== 'withdrawal' && controles !== 'enCours';
  const { data, error, refetch } = useQuery({ ...lookAlikesQuery(id, version), enabled: ready });
  const [compared, setCompared] = useState<string>();
  if (!ready) return null;
  const shown = data?.find(({ fiche }) => fiche === compared);
  return (
    <Panel title={translate('suivi.lookAlike.title')}>
      {data === undefined ? (
        <LoadState error={error} retry={refetch} />
      ) : (
        <>
          {data.length === 0 && <Typography variant="body2">{translate('suivi.lookAlike.none')}</Typography>}
          <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
            {data.map((one) => (
              <LookAlikeItem key={one.fiche} one={one} onCompare={() => setCompared(one.fiche)} />
            ))}
          </Box>
        </>
      )}
      {shown && <CompareDialog soumission={soumission} other={shown} onClose={() => setCompared(undefined)} />}
    </Panel>
  );
}

const percent = (part: number) => Math.round(part * 100);

function LookAlikeItem({ one, onCompare }: { readonly one: LookAlikeDto; readonly onCompare: () => void }) {
  const translate = useTranslate();
  const { reasons, intitule, organisme, score, verdict, inOffer, fiche, soumission } = one;
  const numero = one.numero ?? translate('suivi.lookAlike.waiting');
  const words = [
    translate('suivi.lookAlike.reason.title', { percent: percent(reasons.title) }),
    ...(['certification', 'place', 'dates'] as const)
      .filter((name) => reasons[name])
      .map((name) => translate(`suivi.lookAlike.reason.${name}`)),
    ...(reasons.actions.length > 0
      ? [translate('suivi.lookAlike.reason.actions', { smart_count: reasons.actions.length })]
      : []),
  ];
  return (
    <Box component="li" sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider', overflowWrap: 'anywhere' }}>
      <MuiLink component={Link} to={soumission === null ? `/formations/${fiche}` : `/soumissions/${soumission}`}>
        {numero}
      </MuiLink>{' '}
      <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
        {intitule}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {reasons.organisme ? translate('suivi.lookAlike.same') : organisme.nom} ·{' '}
        {translate('suivi.lookAlike.score', { percent: percent(score) })} : {words.join(', ')}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Button size="small" onClick={onCompare} aria-label={translate('suivi.lookAlike.compareWith', { numero })}>
          {translate('suivi.lookAlike.compare')}
        </Button>
        {verdict !== null && <Chip size="small" label={translate(`suivi.lookAlike.verdict.${verdict}`)} />}
        {!inOffer && soumission === null && (
          <Chip size="small" variant="outlined" label={translate('suivi.lookAlike.gone')} />
        )}
      </Box>
    </Box>
  );
}
