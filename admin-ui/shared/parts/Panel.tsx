import { Card, CardContent, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

/** A titled part of a page, named for those who jump from region to region. */
export function Panel({
  title,
  children,
  aside,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id}>
      <CardContent sx={{ '&:last-child': { pb: 2 } }}>
        <Typography id={id} variant="h2" sx={{ mb: 1, display: 'flex', justifyContent: 'space-between', gap: 1 }}>
          {title}
        </Typography>
        {aside}
        {children}
      </CardContent>
    </Card>
  );
}
