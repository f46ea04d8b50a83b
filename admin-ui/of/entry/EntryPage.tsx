import { Box, Button, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, useCallback, useMemo, useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useNavigate, useParams } from 'react-router';
import type { BrouillonDto } from '../../../domain/contract/brouillon.contract.ts';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { completenessOf } from '../../../domain/model/completeness.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { localFaults, type ShownFault, type Step, serverFaults, stepOf } from './draft-faults.ts';
import { EntryProvider } from './entry-context.ts';
import { FaultList } from './FaultList.tsx';
import { goToField } from './go-to-field.ts';
import { localRulesQuery } from './local-rules-query.ts';
import { Requests } from './Requests.tsx';
import { SaveState } from './SaveState.tsx';
import { StepBar } from './StepBar.tsx';
import { DispositifsStep } from './steps/DispositifsStep.tsx';
import { ActionsStep, FormationStep } from './steps/FormationSteps.tsx';
import { DomainsStep, EstablishmentStep, SitesStep } from './steps/OrganismeSteps.tsx';
import { SessionsStep } from './steps/SessionsStep.tsx';
import { useDeposit } from './use-deposit.tsx';
import { fetchDraft, useDraft } from './use-draft.ts';

const STEPS: Record<Step, ComponentType> = {
  F: FormationStep,
  A: ActionsStep,
  S: SessionsStep,
  D: DispositifsStep,
  O: EstablishmentStep,
  P: DomainsStep,
  L: SitesStep,
};
const ORDER = { formation: ['F', 'A', 'S', 'D'], organisme: ['O', 'P', 'L'] } as const satisfies Record<
  string,
  readonly Step[]
>;

/** Entering a fiche: its draft and, when the moderation asked for something, what it asked. */
export function EntryPage() {
  const { id = '' } = useParams();
  const draft = useQuery({
    queryKey: ['brouillon', id],
    queryFn: ({ signal }) => fetchDraft(id, signal),
    gcTime: 0,
    staleTime: Infinity,
  });
  const asked = useQuery({
    queryKey: ['soumission', id],
    queryFn: async ({ signal }) => (await callApi<SoumissionDto>(`/soumissions/${id}`, { signal })).json,
    staleTime: Infinity,
  });
  const error = draft.error ?? asked.error;
  if (draft.data === undefined || asked.data === undefined) {
    return <LoadState error={error} retry={() => Promise.all([draft.refetch(), asked.refetch()])} />;
  }
  return <EntryForm key={id} loaded={draft.data} soumission={asked.data} />;
}

interface Props {
  readonly loaded: BrouillonDto;
  readonly soumission: SoumissionDto;
}

function EntryForm({ loaded, soumission }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  const navigate = useNavigate();
  const draft = useDraft(loaded);
  const { document } = draft.state;
  const order: readonly Step[] = ORDER[document.kind];
  const [step, setStep] = useState<Step>(order[0] ?? 'F');
  const answering = soumission.statut === 'correctionsDemandees';
  const [showAll, setShowAll] = useState(answering);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const touch = useCallback(
    (path: string) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))),
    [],
  );
  const { data: rules } = useQuery(localRulesQuery);
  const faults = useMemo(
    () => [...localFaults(document, Date.now(), lang, rules), ...serverFaults(document, draft.judged)],
    [document, draft.judged, lang, rules],
  );
  const deposit = useDeposit(loaded.id, draft, (id) => navigate(`/soumissions/${id}`));
  const requests = answering ? (soumission.decision?.champs ?? []) : [];
  const inStep = (of: Step, gravity: ShownFault['severity']) =>
    faults.filter(({ path, severity }) => severity === gravity && stepOf(path, document.kind) === of);
  const complete = document.kind === 'formation' ? completenessOf(document, faults) : undefined;
  const steps = order.map((of) => ({
    step: of,
    faults: inStep(of, 'blocking').length,
    complete: complete?.[of as 'F' | 'A' | 'S' | 'D'],
  }));
  const go = (path: string) => {
    setStep(stepOf(path, document.kind));
    goToField(path);
  };
  const move = (by: number) => {
    setStep(order[order.indexOf(step) + by] ?? step);
    window.scrollTo({ top: 0 });
  };
  const Current = STEPS[step];
  return (
    <EntryProvider value={{ document, edit: draft.edit, faults, showAll, touched, touch, requests }}>
      <Title title={translate(`of.entry.${document.kind}`)} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline', justifyContent: 'space-between' }}>
        <Typography variant="h1">{translate(`of.entry.${document.kind}`)}</Typography>
        <SaveState draft={draft} />
      </Box>
      <StepBar steps={steps} current={step} onStep={setStep} />
      <Requests soumission={soumission} answering={answering} onGo={go} />
      {deposit.refusal}
      {showAll && (
        <FaultList
          faults={inStep(step, 'blocking')}
          document={document}
          title={translate('of.entry.faultsHere')}
          onGo={go}
        />
      )}
      <Box component="section" aria-label={translate(`of.step.${step}`)} sx={{ mt: 1.5 }}>
        <Current />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 3 }}>
        {step !== order[0] && <Button onClick={() => move(-1)}>{translate('of.entry.previous')}</Button>}
        <Box sx={{ flex: 1 }} />
        {step !== order.at(-1) && (
          <Button variant="outlined" onClick={() => move(1)}>
            {translate('of.entry.next')}
          </Button>
        )}
        <Button
          variant="contained"
          disabled={deposit.busy}
          onClick={() => {
            setShowAll(true);
            const faulty = order.filter((of) => inStep(of, 'blocking').length > 0);
            if (faulty[0] !== undefined && !faulty.includes(step)) setStep(faulty[0]);
            void deposit.send(faulty.length > 0);
          }}
        >
          {translate(answering ? 'of.entry.answerDeposit' : 'of.entry.deposit')}
        </Button>
      </Box>
    </EntryProvider>
  );
}
