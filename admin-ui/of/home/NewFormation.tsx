import AddIcon from '@mui/icons-material/Add';
import { Box, Button, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Me } from '../../../domain/contract/me.contract.ts';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { newFormation } from '../entry/new-rows.ts';
import { useCreateDraft } from './use-create-draft.ts';

interface Props {
  readonly me: Me;
  readonly rows: readonly SoumissionRowDto[];
}

/** The organismes for which I may enter: those of my account, and the one I am describing. */
function organismesOf({ me, rows }: Props): { readonly id: string; readonly nom: string }[] {
  const named = new Map(me.organismes.map(({ id, nom }) => [id, nom]));
  for (const { fiche, titre } of rows)
    if (fiche.kind === 'organisme' && !named.get(fiche.id)) named.set(fiche.id, titre);
  return [...named].map(([id, nom]) => ({ id, nom }));
}

/** Starts a formation of one of my organismes. */
export function NewFormation(props: Props) {
  const translate = useTranslate();
  const { busy, create } = useCreateDraft();
  const organismes = organismesOf(props);
  const [chosen, setChosen] = useState(organismes[0]?.id ?? '');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {organismes.length > 1 && (
        <TextField
          select
          label={translate('sofi.letter.O')}
          value={chosen}
          onChange={({ target }) => setChosen(target.value)}
          sx={{ minWidth: 200 }}
        >
          {organismes.map(({ id, nom }) => (
            <MenuItem key={id} value={id}>
              {nom || translate('of.home.untitled')}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Button
        variant="contained"
        startIcon={<AddIcon />}
        disabled={busy || chosen === ''}
        onClick={() => void create('/brouillons', { document: newFormation(chosen) })}
      >
        {translate('of.home.newFormation')}
      </Button>
    </Box>
  );
}
