import { Alert, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { loadMe } from '../../shared/http/me.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { AcceptedFormations } from './AcceptedFormations.tsx';
import { FirstVisit } from './FirstVisit.tsx';
import { myFichesQuery, offerOf, toDo } from './my-fiches.ts';
import { NewFormation } from './NewFormation.tsx';
import { OfferList } from './OfferList.tsx';
import { ToConfirm } from './ToConfirm.tsx';
import { ToDoList } from './ToDoList.tsx';

export const meQuery = { queryKey: ['moi'], queryFn: loadMe, staleTime: 30_000 };

/** The home of an OF: what asks for an act, then the offer with its states and dates. */
export function HomePage() {
  const translate = useTranslate();
  const me = useQuery(meQuery);
  const mine = useQuery(myFichesQuery);
  if (me.data === undefined || mine.data === undefined) {
    return <LoadState error={me.error ?? mine.error} retry={() => Promise.all([me.refetch(), mine.refetch()])} />;
  }
  const { rows } = mine.data;
  const { region } = me.data;
  const hasOrganisme = me.data.organismes.length > 0 || rows.some(({ fiche }) => fiche.kind === 'organisme');
  const waiting = hasOrganisme && !me.data.organismes.some(({ accepted }) => accepted);
  const asked = toDo(rows);
  const offer = offerOf(rows);
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={translate('of.home.title')} />
      <Typography variant="h1">{translate('of.home.hello', { nom: me.data.nom })}</Typography>
      {!hasOrganisme && <FirstVisit />}
      {waiting && asked.length === 0 && <Alert severity="info">{translate('of.first.waiting')}</Alert>}
      {hasOrganisme && (
        <Panel title={translate('of.home.todo')}>
          {asked.length === 0 ? <Typography>{translate('of.home.nothing')}</Typography> : <ToDoList rows={asked} />}
        </Panel>
      )}
      {hasOrganisme && <ToConfirm />}
      {hasOrganisme && <NewFormation me={me.data} rows={rows} />}
      {hasOrganisme && (
        <Panel title={translate('of.home.offer')}>
          {offer.length === 0 ? <Typography>{translate('of.home.empty')}</Typography> : <OfferList rows={offer} />}
        </Panel>
      )}
      <AcceptedFormations organismes={me.data.organismes.map(({ id }) => id)} />
      <Typography variant="body2" color="text.secondary">
        {translate('of.home.moderation', { nom: region.nom, courriel: region.courriel, telephone: region.telephone })}
      </Typography>
    </Stack>
  );
}
