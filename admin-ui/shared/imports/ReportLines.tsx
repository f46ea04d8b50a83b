import { Button, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { ImportReport } from '../../../domain/contract/import.contract.ts';

const STEP = 200;
const COLUMNS = ['line', 'numero', 'path', 'message'] as const;

/** Lines of a report in the order of the file; the rest of a long one on demand. */
export function ReportLines({ lines }: { readonly lines: ImportReport['refused'] }) {
  const translate = useTranslate();
  const [shown, setShown] = useState(STEP);
  const label = translate('sofi.import.report');
  return (
    <TableContainer tabIndex={0} role="region" aria-label={label}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {COLUMNS.map((column) => (
              <TableCell key={column}>{translate(`sofi.import.${column}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.slice(0, shown).map((line) => (
            <TableRow key={`${line.line}-${line.path}-${line.code}-${line.numero}`}>
              <TableCell>{line.line}</TableCell>
              <TableCell>{line.numero}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{line.path}</TableCell>
              <TableCell>{line.message}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {lines.length > shown && (
        <Button
          onClick={() => setShown(shown + STEP)}
        >{`+ ${Math.min(STEP, lines.length - shown)} / ${lines.length}`}</Button>
      )}
    </TableContainer>
  );
}
