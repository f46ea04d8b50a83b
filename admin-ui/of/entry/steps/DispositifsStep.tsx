import { Box, Button, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ActionDocument, Dispositif, SessionDocument } from '../../../../domain/model/documents.ts';
import { joinPath } from '../../../../domain/model/paths.ts';
import { copyDispositif, newDispositif } from '../new-rows.ts';
import { DispositifFields } from './DispositifFields.tsx';
import { EachAction } from './FormationSteps.tsx';
import { RowFrame } from './RowFrame.tsx';
import { useRows } from './use-rows.ts';

/** D: who pays, for whom, session by session. */
export function DispositifsStep() {
  return (
    <Stack sx={{ gap: 3 }}>
      <EachAction>
        {(action, path, title) => <OfAction key={action.id} action={action} path={path} title={title} />}
      </EachAction>
    </Stack>
  );
}

interface Props {
  readonly action: ActionDocument;
  readonly path: string;
  readonly title: string;
}

function OfAction({ action, path, title }: Props) {
  const translate = useTranslate();
  return action.sessions.map((session, at) => (
    <OfSession
      key={session.id}
      session={session}
      path={joinPath(path, 'sessions', session.id)}
      title={`${title} · ${translate('of.entry.session', { n: at + 1 })}`}
    />
  ));
}

function OfSession({
  path,
  title,
}: {
  readonly session: SessionDocument;
  readonly path: string;
  readonly title: string;
}) {
  const translate = useTranslate();
  const { rows, add, addAfter, remove, pathOf } = useRows<Dispositif>(joinPath(path, 'dispositifs'));
  return (
    <Box role="group" aria-label={title} sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {rows.map((dispositif, at) => (
        <RowFrame
          key={dispositif.id}
          title={`${title} · ${translate('of.entry.dispositif', { n: at + 1 })}`}
          onCopy={() => addAfter(dispositif.id, copyDispositif(dispositif))}
          onRemove={() => remove(dispositif.id)}
        >
          <DispositifFields dispositif={dispositif} path={pathOf(dispositif.id)} />
        </RowFrame>
      ))}
      <Button variant="outlined" onClick={() => add(newDispositif())} sx={{ justifySelf: 'start' }}>
        {`${title} : ${translate('of.entry.addDispositif')}`}
      </Button>
    </Box>
  );
}
