import { Box } from '@mui/material';
import type { BarChartProps } from '@mui/x-charts/BarChart';
import { lazy, Suspense } from 'react';

const Drawn = lazy(async () => ({ default: (await import('@mui/x-charts/BarChart')).BarChart }));

/** A bar chart, whose library comes only when one is shown; its place is kept meanwhile. */
export function LazyBarChart({ height, ...props }: BarChartProps & { readonly height: number }) {
  return (
    <Suspense fallback={<Box sx={{ height }} />}>
      <Drawn height={height} {...props} />
    </Suspense>
  );
}
