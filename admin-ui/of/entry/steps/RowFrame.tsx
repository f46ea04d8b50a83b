import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import DeleteOutlineIcon from '@mui/icons-material/DeleteOutlined';
import { Box, Card, IconButton, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslate } from 'react-admin';

interface Props {
  readonly title: string;
  readonly onRemove?: (() => void) | undefined;
  readonly onCopy?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** One action, session, funding or site: its name, what can be done with it, its fields. */
export function RowFrame({ title, onRemove, onCopy, children }: Props) {
  const translate = useTranslate();
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: { xs: 1.5, sm: 2 } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1.5 }}>
        <Typography id={id} variant="h3" component="h2" sx={{ flex: 1 }}>
          {title}
        </Typography>
        {onCopy && (
          <IconButton aria-label={translate('of.entry.copyRow', { what: title })} onClick={onCopy}>
            <ContentCopyIcon fontSize="small" />
          </IconButton>
        )}
        {onRemove && (
          <IconButton aria-label={translate('of.entry.removeRow', { what: title })} onClick={onRemove}>
            <DeleteOutlineIcon fontSize="small" />
          </IconButton>
        )}
      </Box>
      {children}
    </Card>
  );
}
