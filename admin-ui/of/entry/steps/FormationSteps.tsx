import { Alert, Button, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ActionDocument, FormationDocument } from '../../../../domain/model/documents.ts';
import { joinPath } from '../../../../domain/model/paths.ts';
import { useEntry } from '../entry-context.ts';
import { DraftFields } from '../fields/DraftField.tsx';
import { ACTION_FIELDS, ACTION_MORE, FORMATION_FIELDS, FORMATION_MORE } from '../fields/specs.ts';
import { copyAction, newAction } from '../new-rows.ts';
import { MoreFields } from './MoreFields.tsx';
import { PlaceFields } from './PlaceFields.tsx';
import { RowFrame } from './RowFrame.tsx';
import { useRows } from './use-rows.ts';

/** F: what is learnt, towards what. */
export function FormationStep() {
  return (
    <>
      <DraftFields specs={FORMATION_FIELDS} level="" />
      <MoreFields specs={FORMATION_MORE} level="" />
    </>
  );
}

/** A: for whom, how, where, at which price. */
export function ActionsStep() {
  const translate = useTranslate();
  const { document } = useEntry();
  const { rows, add, addAfter, remove, pathOf } = useRows<ActionDocument>('/actions');
  return (
    <Stack sx={{ gap: 2 }}>
      {rows.map((action, at) => (
        <RowFrame
          key={action.id}
          title={translate('of.entry.action', { n: at + 1 })}
          onCopy={() => addAfter(action.id, copyAction(action))}
          onRemove={rows.length > 1 ? () => remove(action.id) : undefined}
        >
          <DraftFields specs={ACTION_FIELDS} level={pathOf(action.id)} />
          <PlaceFields action={action} path={pathOf(action.id)} organisme={(document as FormationDocument).organisme} />
          <MoreFields specs={ACTION_MORE} level={pathOf(action.id)} />
        </RowFrame>
      ))}
      <Button variant="outlined" onClick={() => add(newAction())} sx={{ alignSelf: 'start' }}>
        {translate('of.entry.addAction')}
      </Button>
    </Stack>
  );
}

/** Walks the actions of the entry; without any, says what to do first. */
export function EachAction({
  children,
}: {
  readonly children: (action: ActionDocument, path: string, title: string) => React.ReactNode;
}) {
  const translate = useTranslate();
  const { rows, pathOf } = useRows<ActionDocument>('/actions');
  if (rows.length === 0) return <Alert severity="info">{translate('of.entry.noAction')}</Alert>;
  return rows.map((action, at) =>
    children(action, joinPath(pathOf(action.id)), translate('of.entry.action', { n: at + 1 })),
  );
}
