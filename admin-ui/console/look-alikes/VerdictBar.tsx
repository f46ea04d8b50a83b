import { Alert, Box, Button, FormControlLabel, Radio, RadioGroup, Tooltip, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { LookAlikeDto } from '../../../domain/contract/look-alike.contract.ts';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { LOOK_ALIKE_VERDICTS, type LookAlikeVerdict } from '../../../domain/model/look-alikes.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';
import { soumissionQuery } from '../review/soumission-query.ts';
import { lookAlikesQuery } from './look-alikes-query.ts';

interface Props {
  readonly soumission: SoumissionDto;
  readonly other: LookAlikeDto;
  readonly onDone: () => void;
}
type Keep = 'other' | 'this';

/** Link, merge or keep both; a merge says first which one stays. */
export function VerdictBar({ soumission, other, onDone }: Props) {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [merging, setMerging] = useState(false);
  const [keep, setKeep] = useState<Keep>('other');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const { id, version } = soumission;

  async function say(verdict: LookAlikeVerdict): Promise<void> {
    setBusy(true);
    setRefusal(undefined);
    try {
      const body = verdict === 'merge' ? { verdict, version, keep } : { verdict, version };
      const path = `/soumissions/${id}/look-alikes/${other.fiche}`;
      const { json } = await callApi<LookAlikeDto[]>(path, { method: 'POST', body });
      client.setQueryData(lookAlikesQuery(id, version).queryKey, json);
      notify(`suivi.lookAlike.done.${verdict}`, { type: 'success' });
      onDone();
    } catch (error) {
      const found = asProblem(error);
      if (found === undefined) throw error;
      setRefusal(noticeOf(found.problem));
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: soumissionQuery(id).queryKey });
      void client.invalidateQueries({ queryKey: ['file'] });
    }
  }

  // One organisme's fiches only are made one, and the one that stays is in the offer.
  const mayMerge = other.reasons.organisme && other.inOffer;
  const mayKeepThis = soumission.accepted !== null;
  const acts = LOOK_ALIKE_VERDICTS.filter((verdict) => verdict !== 'merge' || mayMerge);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', flex: 1 }}>
      {refusal !== undefined && <Alert severity="error">{refusal}</Alert>}
      {!merging &&
        acts.map((verdict) => (
          <Tooltip key={verdict} describeChild title={translate(`suivi.lookAlike.help.${verdict}`)}>
            <Button
              variant="outlined"
              disabled={busy}
              onClick={() => (verdict === 'merge' ? setMerging(true) : void say(verdict))}
            >
              {translate(`suivi.lookAlike.act.${verdict}`)}
            </Button>
          </Tooltip>
        ))}
      {!merging && !mayMerge && (
        <Typography variant="body2" color="text.secondary">
          {translate(other.reasons.organisme ? 'suivi.lookAlike.notInOffer' : 'suivi.lookAlike.twoOrganismes')}
        </Typography>
      )}
      {merging && (
        <>
          <Typography id="celle-qui-reste">{translate('suivi.lookAlike.keep')}</Typography>
          <RadioGroup
            row
            aria-labelledby="celle-qui-reste"
            value={keep}
            onChange={(_event, value) => setKeep(value === 'this' ? 'this' : 'other')}
          >
            <FormControlLabel
              value="other"
              control={<Radio />}
              label={translate('suivi.lookAlike.keepOther', { numero: other.numero ?? '' })}
            />
            <FormControlLabel
              value="this"
              control={<Radio />}
              disabled={!mayKeepThis}
              label={translate('suivi.lookAlike.keepThis')}
            />
          </RadioGroup>
          <Button variant="contained" disabled={busy} onClick={() => void say('merge')}>
            {translate('suivi.lookAlike.confirm')}
          </Button>
        </>
      )}
    </Box>
  );
}
