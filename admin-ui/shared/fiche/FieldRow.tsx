import { Box, ButtonBase, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { pathWords } from '../../../domain/model/path-label.ts';
import { useLang } from '../words/use-lang.ts';
import { valueText } from '../words/value-text.ts';
import type { FieldLine } from './align.ts';
import { CodeMeaning } from './CodeMeaning.tsx';
import type { FicheViewProps } from './fiche-view-props.ts';
import { WordDiff } from './WordDiff.tsx';

/** The id by which a check's link finds its field on the page. */
export function fieldDomId(path: string): string {
  return `champ${path.replaceAll('/', '-')}`;
}

function Value({ line, path }: { readonly line: FieldLine; readonly path: string }) {
  const lang = useLang();
  const before = valueText(path, line.before, lang);
  const after = valueText(path, line.after, lang);
  if (line.mark === 'same' || line.mark === 'moved') return <span style={{ whiteSpace: 'pre-wrap' }}>{after}</span>;
  return <WordDiff before={line.mark === 'added' ? '' : before} after={line.mark === 'removed' ? '' : after} />;
}

type Props = Omit<FicheViewProps, 'section'> & { readonly line: FieldLine };

/** One field: its words, its value or the difference, and while changes are asked for, a button over both. */
export function FieldRow({ line, document, accepted, onField, asked }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  const depth = line.path.split('/').indexOf('champs');
  const source = line.mark === 'removed' ? (accepted ?? document) : document;
  const all = pathWords(line.path, source, lang);
  const label = (depth > 0 ? all.slice(Math.floor((depth - 1) / 2)) : all.slice(-1)).join(' › ');
  const isAsked = asked?.has(line.path) === true;
  return (
    <Box
      id={fieldDomId(line.path)}
      tabIndex={-1}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        py: 0.4,
        position: 'relative',
        scrollMarginTop: 110,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: isAsked ? 'action.selected' : 'transparent',
        ...(onField === undefined ? {} : { '&:hover': { bgcolor: 'action.hover' } }),
      }}
    >
      <Typography component="dt" variant="body2" color="text.secondary" sx={{ flex: '0 0 32%', minWidth: 150 }}>
        {label}
        {line.mark === 'moved' ? ` (${translate('console.review.moved')})` : ''}
        {isAsked ? ` – ${translate('console.review.asked')}` : ''}
      </Typography>
      <Typography component="dd" variant="body2" sx={{ m: 0, flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        <Value line={line} path={line.path} />
        <CodeMeaning path={line.path} value={line.after ?? line.before} />
        {onField !== undefined && (
          <ButtonBase
            aria-label={translate('console.review.askField', { field: label })}
            aria-pressed={isAsked}
            onClick={() => onField(line.path)}
            sx={{ position: 'absolute', inset: 0 }}
          />
        )}
      </Typography>
    </Box>
  );
}
