import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { mayDecide } from './decide-state.ts';
import { KeysDialog } from './KeysDialog.tsx';
import type { Decide } from './use-decide.ts';
import { type Hotkeys, useHotkeys } from './use-hotkeys.ts';

interface Walk {
  readonly previous: (() => void) | undefined;
  readonly next: () => void;
}

interface Props {
  readonly soumission: SoumissionDto;
  readonly decide: Decide;
  readonly walk: Walk;
}

/** The acts that are possible now, each with its key; what is impossible is not there. */
export function DecideBar({ soumission, decide, walk }: Props) {
  const translate = useTranslate();
  const [keysOpen, setKeysOpen] = useState(false);
  const acts = actsOf(soumission, decide);
  useHotkeys({ ...acts, n: walk.next, p: walk.previous, '?': () => setKeysOpen(true) } satisfies Hotkeys);
  const button = (key: string, label: string, act: (() => void) | undefined, look: 'contained' | 'outlined' | 'text') =>
    act && (
      <Button variant={look} disabled={decide.busy} onClick={act} aria-keyshortcuts={key} endIcon={<Key name={key} />}>
        {translate(label)}
      </Button>
    );
  const both = soumission.organismeSoumission !== null;
  const held = soumission.claim !== null;
  const take = soumission.claim?.mine ? 'giveBack' : held ? 'takeOver' : 'claim';
  return (
    <Box
      sx={{
        position: 'sticky',
        top: 48,
        zIndex: 5,
        bgcolor: 'background.default',
        py: 0.75,
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {button('a', both ? 'console.decide.approveBoth' : 'console.decide.approve', acts.a, 'contained')}
      {button('c', 'console.decide.requestChanges', acts.c, 'outlined')}
      {button('r', 'console.decide.refuse', acts.r, 'outlined')}
      {button('t', `console.decide.${take}`, acts.t, 'text')}
      {button('u', 'console.decide.undo', acts.u, 'text')}
      <ClaimWords soumission={soumission} />
      <VoiceWords soumission={soumission} />
      <Box sx={{ flex: 1 }} />
      {button('p', 'console.decide.previous', walk.previous, 'text')}
      {button('n', 'console.decide.next', walk.next, 'text')}
      {button('?', 'console.decide.keys', () => setKeysOpen(true), 'text')}
      <KeysDialog open={keysOpen} onClose={() => setKeysOpen(false)} />
    </Box>
  );
}

/** Whether two people have to approve, for which rules, and who did. */
function VoiceWords({ soumission: { premiereVoix, controles, statut } }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const words = (text: string) => (
    <Typography variant="body2" color="warning.main">
      {text}
    </Typography>
  );
  if (premiereVoix !== null) return words(translate('vie.voice.first', { who: premiereVoix.nom }));
  const open = statut === 'controlee' || statut === 'enRevue';
  if (!open || controles === 'enCours' || controles.twoPeople.length === 0) return null;
  const sentences = controles.twoPeople.map((rule) => controles.faults.find((fault) => fault.rule === rule)?.sentence);
  return words(translate('vie.voice.asked', { rules: [...new Set(sentences)].join(' ') }));
}

function Key({ name }: { readonly name: string }) {
  return (
    <Box
      component="kbd"
      aria-hidden
      sx={{ fontSize: '0.8em !important', border: 1, borderRadius: 0.5, px: 0.5, lineHeight: 1.4 }}
    >
      {name}
    </Box>
  );
}

function actsOf(soumission: SoumissionDto, decide: Decide) {
  const { version, allowed, claim, organismeSoumission } = soumission;
  const idle = !decide.busy;
  const approve = () =>
    void decide.decide({ kind: 'approve', version, ...(organismeSoumission === null ? {} : { avecOrganisme: true }) });
  const write = (mode: 'refuse' | 'ask') => () => decide.dispatch({ kind: 'mode', mode });
  const take = () => void (claim?.mine ? decide.giveBack() : decide.claim(claim !== null));
  const mayTake = claim !== null || allowed.includes('claim');
  return {
    a: idle && mayDecide(soumission, 'approve') ? approve : undefined,
    r: idle && mayDecide(soumission, 'refuse') ? write('refuse') : undefined,
    c: idle && mayDecide(soumission, 'requestChanges') ? write('ask') : undefined,
    t: idle && mayTake ? take : undefined,
    u: idle && allowed.includes('undo') ? () => void decide.undo() : undefined,
  };
}

function ClaimWords({ soumission: { claim, statut } }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const format = new Intl.DateTimeFormat(useLang(), { timeStyle: 'short', timeZone: 'Europe/Paris' });
  if (claim === null) {
    if (statut !== 'controlee') return null;
    return (
      <Typography variant="body2" color="text.secondary">
        {translate('console.review.claimFree')}
      </Typography>
    );
  }
  const time = format.format(new Date(claim.expires));
  const key = claim.mine ? 'console.review.claimMine' : 'console.review.claimBy';
  return (
    <Typography variant="body2" sx={{ fontWeight: 600 }}>
      {translate(key, { who: claim.by.nom, time })}
    </Typography>
  );
}
