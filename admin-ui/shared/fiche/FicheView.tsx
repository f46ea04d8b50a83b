import { Box, Chip, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { countChanges, type FieldLine } from './align.ts';
import { FieldRow } from './FieldRow.tsx';
import type { FicheViewProps } from './fiche-view-props.ts';

const MARK_COLOUR = { added: 'success', removed: 'error', changed: 'warning', moved: 'info', same: 'default' } as const;

function shownLines({ section, whole }: FicheViewProps): readonly FieldLine[] {
  return whole ? section.lines : section.lines.filter(({ mark }) => mark !== 'same');
}

/** One level of a fiche and the levels below it, F → A → S → D; what did not change is folded into a count. */
export function FicheView(props: FicheViewProps) {
  const translate = useTranslate();
  const { section, whole } = props;
  const lines = shownLines(props);
  const folded = section.lines.length - lines.length;
  if (!whole && section.path !== '' && countChanges(section) === 0) return null;
  const heading = `${translate(`sofi.letter.${section.letter}`)}${section.path === '' ? '' : ` ${section.rank}`}`;
  const level = Math.min(2 + section.path.split('/').length / 2, 6);
  return (
    <Box
      sx={{
        borderLeft: section.path === '' ? 0 : 3,
        borderColor: 'divider',
        pl: section.path === '' ? 0 : 1.5,
        mt: 1.5,
      }}
    >
      <Typography
        component={`h${Math.floor(level) + 1}` as 'h3'}
        variant="h3"
        sx={{ display: 'flex', gap: 1, alignItems: 'center' }}
      >
        <LetterBadge letter={section.letter} />
        {heading}
        {section.mark !== 'same' && section.path !== '' && (
          <Chip
            size="small"
            variant="outlined"
            color={MARK_COLOUR[section.mark]}
            label={translate(`console.review.${section.mark}`)}
          />
        )}
      </Typography>
      <Box component="dl" sx={{ m: 0 }}>
        {lines.map((line) => (
          <FieldRow key={`${line.path}-${line.mark}`} line={line} {...props} />
        ))}
      </Box>
      {folded > 0 && (
        <Typography variant="body2" color="text.secondary">
          {translate('console.review.unchanged', { smart_count: folded })}
        </Typography>
      )}
      {section.children.map((child) => (
        <FicheView key={child.path} {...props} section={child} />
      ))}
    </Box>
  );
}

/** The letter of a level, as a mark that the eye finds again on each page. */
export function LetterBadge({ letter }: { readonly letter: string }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        display: 'inline-grid',
        placeItems: 'center',
        width: '1.6em',
        height: '1.6em',
        borderRadius: '50%',
        bgcolor: 'primary.main',
        color: 'primary.contrastText',
        fontWeight: 700,
        fontSize: '0.85em',
      }}
    >
      {letter}
    </Box>
  );
}
