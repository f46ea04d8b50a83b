import { Box, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { ActionDocument } from '../../../../domain/model/documents.ts';
import { joinPath, setAtPath } from '../../../../domain/model/paths.ts';
import { callApi } from '../../../shared/http/api.ts';
import { leafText } from '../../../shared/words/leaf-text.ts';
import { useEntry } from '../entry-context.ts';
import { AddressFields } from '../fields/AddressFields.tsx';

const REMOTE = '2';

interface SiteRow {
  readonly id: string;
  readonly nom: string;
  readonly commune?: string;
}

interface Props {
  readonly action: ActionDocument;
  readonly path: string;
  readonly organisme: string;
}

/** Where the action is given: one of the organisme's sites, or another address; nowhere when it is all remote. */
export function PlaceFields({ action, path, organisme }: Props) {
  const translate = useTranslate();
  const { edit } = useEntry();
  const { data: sites = [] } = useQuery({
    queryKey: ['sites', organisme],
    queryFn: async ({ signal }) => {
      const filter = encodeURIComponent(JSON.stringify({ organisme: [organisme] }));
      return (await callApi<SiteRow[]>(`/sites?filter=${filter}&range=[0,99]`, { signal })).json;
    },
    staleTime: 60_000,
  });
  if (leafText(action.champs['modalites-enseignement']) === REMOTE) return null;
  const place = joinPath(path, 'champs', 'lieu-de-formation');
  const choose = (site: string) =>
    edit((it) => {
      const chosen = setAtPath(it, joinPath(path, 'site'), site === '' ? undefined : site);
      return site === '' ? chosen : setAtPath(chosen, place, undefined);
    });
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2, mt: 2 }}>
      {sites.length > 0 && (
        <TextField
          select
          label={translate('of.entry.ownSite')}
          value={action.site ?? ''}
          onChange={({ target }) => choose(target.value)}
        >
          <MenuItem value="">{translate('of.entry.otherPlace')}</MenuItem>
          {sites.map(({ id, nom }) => (
            <MenuItem key={id} value={id}>
              {nom}
            </MenuItem>
          ))}
        </TextField>
      )}
      {action.site === undefined && (
        <AddressFields path={joinPath(place, 0, 'coordonnees', 'adresse')} title={translate('of.entry.place')} />
      )}
    </Box>
  );
}
