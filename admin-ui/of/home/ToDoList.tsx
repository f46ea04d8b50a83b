import { Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { GiveUpButton } from './GiveUpButton.tsx';

/** Acts that wait for the OF, each with its button. */
export function ToDoList({ rows }: { readonly rows: readonly SoumissionRowDto[] }) {
  const translate = useTranslate();
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {rows.map(({ id, statut, titre, fiche }) => {
        const asked = statut === 'correctionsDemandees';
        const name = titre || `${translate('of.home.untitled')} (${translate(`sofi.ficheKind.${fiche.kind}`)})`;
        const words = translate(asked ? 'of.home.corrections' : 'of.home.draft', { titre: name });
        const act = translate(asked ? 'of.home.answer' : 'of.home.continue');
        return (
          <Box
            component="li"
            key={id}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
              justifyContent: 'space-between',
              py: 1,
              borderBottom: 1,
              borderColor: 'divider',
            }}
          >
            <Box sx={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>{words}</Box>
            {!asked && <GiveUpButton id={id} name={name} />}
            <Button
              component={Link}
              to={`/saisie/${id}`}
              variant={asked ? 'contained' : 'outlined'}
              aria-label={`${act} : ${name}`}
            >
              {act}
            </Button>
          </Box>
        );
      })}
    </Box>
  );
}
