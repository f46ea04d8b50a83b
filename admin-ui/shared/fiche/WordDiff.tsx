import { Box } from '@mui/material';
import { diffWordsWithSpace } from 'diff';
import { useTranslate } from 'react-admin';
import { VISUALLY_HIDDEN } from '../parts/visually-hidden.ts';

/** Words that went and came inside one text; struck and underlined, so that colour is not alone. */
export function WordDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const translate = useTranslate();
  const parts = diffWordsWithSpace(before, after);
  return (
    <Box component="span" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {parts.map((part, at) => {
        const key = `${at}-${part.value.length}`;
        if (part.added) {
          return (
            <Box component="ins" key={key} sx={{ color: 'success.main', fontWeight: 600 }}>
              <Box component="span" sx={VISUALLY_HIDDEN}>{`${translate('console.review.added')} : `}</Box>
              {part.value}
            </Box>
          );
        }
        if (part.removed) {
          return (
            <Box component="del" key={key} sx={{ color: 'error.main' }}>
              <Box component="span" sx={VISUALLY_HIDDEN}>{`${translate('console.review.removed')} : `}</Box>
              {part.value}
            </Box>
          );
        }
        return <span key={key}>{part.value}</span>;
      })}
    </Box>
  );
}
