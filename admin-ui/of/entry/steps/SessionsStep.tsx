import { Box, Button, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ActionDocument, SessionDocument } from '../../../../domain/model/documents.ts';
import { getAtPath, joinPath, setAtPath } from '../../../../domain/model/paths.ts';
import { useEntry } from '../entry-context.ts';
import { AddressFields } from '../fields/AddressFields.tsx';
import { DraftFields } from '../fields/DraftField.tsx';
import { SESSION_FIELDS } from '../fields/specs.ts';
import { copySession, newSession } from '../new-rows.ts';
import { EachAction } from './FormationSteps.tsx';
import { RowFrame } from './RowFrame.tsx';
import { useRows } from './use-rows.ts';

/** S: where and when, action by action. */
export function SessionsStep() {
  return (
    <Stack sx={{ gap: 3 }}>
      <EachAction>
        {(action, path, title) => <Sessions key={action.id} action={action} path={path} title={title} />}
      </EachAction>
    </Stack>
  );
}

interface Props {
  readonly action: ActionDocument;
  readonly path: string;
  readonly title: string;
}

function Sessions({ action, path, title }: Props) {
  const translate = useTranslate();
  const { document, edit } = useEntry();
  const { rows, add, addAfter, remove, pathOf } = useRows<SessionDocument>(joinPath(path, 'sessions'));
  const place = getAtPath(document, joinPath(path, 'champs', 'lieu-de-formation', 0, 'coordonnees', 'adresse'));
  const enrol = (id: string) => joinPath(pathOf(id), 'champs', 'adresse-inscription', 'adresse');
  return (
    <Box role="group" aria-label={title} sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {rows.map((session, at) => (
        <RowFrame
          key={session.id}
          title={`${title} · ${translate('of.entry.session', { n: at + 1 })}`}
          onCopy={() => addAfter(session.id, copySession(session))}
          onRemove={action.sessions.length > 1 ? () => remove(session.id) : undefined}
        >
          <DraftFields specs={SESSION_FIELDS} level={pathOf(session.id)} />
          <Box sx={{ mt: 2 }}>
            {place !== undefined && session.champs['adresse-inscription'] === undefined && (
              <Button size="small" sx={{ mb: 1 }} onClick={() => edit((it) => setAtPath(it, enrol(session.id), place))}>
                {translate('of.entry.sameAddress')}
              </Button>
            )}
            <AddressFields path={enrol(session.id)} title={translate('of.field.inscription')} />
          </Box>
        </RowFrame>
      ))}
      <Button variant="outlined" onClick={() => add(newSession())} sx={{ justifySelf: 'start' }}>
        {translate('of.entry.addSession')}
      </Button>
    </Box>
  );
}
