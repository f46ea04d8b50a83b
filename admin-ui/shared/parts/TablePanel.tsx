import { Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { LoadState } from './LoadState.tsx';
import { Panel } from './Panel.tsx';

interface Props<T> {
  /** Keys of their words. */
  readonly title: string;
  readonly heads: readonly string[];
  /** What the page asked for, as react-query tells it. */
  readonly answer: {
    readonly data: readonly T[] | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  /** The key of what is said when nothing came. */
  readonly empty?: string;
  /** The key of what is said above the table. */
  readonly intro?: string;
  /** Above the table, also while it is empty. */
  readonly tools?: ReactNode;
  /** One row of the table, with its key. */
  readonly children: (one: T) => ReactNode;
}

/** A panel with the table of one answer: what is loading, what failed and what is empty are said in words. */
export function TablePanel<T>({ title, heads, answer, empty = 'sofi.state.empty', intro, tools, children }: Props<T>) {
  const translate = useTranslate();
  const { data, error, refetch } = answer;
  const name = translate(title);
  return (
    <Panel title={name} aside={tools}>
      {data === undefined ? (
        <LoadState error={error} retry={refetch} />
      ) : data.length === 0 ? (
        <Typography>{translate(empty)}</Typography>
      ) : (
        <>
          {intro !== undefined && <Typography variant="body2">{translate(intro)}</Typography>}
          <TableContainer tabIndex={0} role="group" aria-label={name}>
            <Table size="small" aria-label={name}>
              <TableHead>
                <TableRow>
                  {heads.map((head) => (
                    <TableCell key={head}>{translate(head)}</TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>{data.map(children)}</TableBody>
            </Table>
          </TableContainer>
        </>
      )}
    </Panel>
  );
}
