import {
  Link as MuiLink,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { release } from '../../../domain/contract/release.contract.ts';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useCount } from '../../shared/words/use-count.ts';

/** The files of a release with what proves them. */
export function FilesPanel({ n, files }: Pick<z.infer<typeof release>, 'n' | 'files'>) {
  const translate = useTranslate();
  const count = useCount();
  return (
    <Panel title={translate('diffusion.files')}>
      {files.length === 0 ? (
        <Typography>{translate('diffusion.noFile')}</Typography>
      ) : (
        <TableContainer tabIndex={0} role="region" aria-label={translate('diffusion.filesList')}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{translate('diffusion.file.name')}</TableCell>
                <TableCell align="right">{translate('diffusion.file.size')}</TableCell>
                <TableCell>{translate('diffusion.file.sha256')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {files.map(({ name, size, sha256 }) => (
                <TableRow key={name}>
                  <TableCell>
                    <MuiLink href={`/flux/${name}?release=${n}`}>{name}</MuiLink>
                  </TableCell>
                  <TableCell align="right">{count(size)}</TableCell>
                  <TableCell sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>{sha256}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </Panel>
  );
}
