import UploadFileIcon from '@mui/icons-material/UploadFile';
import {
  Alert,
  Box,
  Button,
  FormControlLabel,
  LinearProgress,
  MenuItem,
  Switch,
  TextField,
  Typography,
} from '@mui/material';
import { useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router';
import { asProblem, noticeOf } from '../http/problem.ts';
import { Panel } from '../parts/Panel.tsx';
import { sendFile } from './send-file.ts';

interface Props {
  /** Sources to choose from; none: the OF's own file. */
  readonly sources: readonly string[];
}

/** Sends a LHÉO file: dry run or for good, with its progress, then opens its report. */
export function UploadCard({ sources }: Props) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [source, setSource] = useState(sources[0]);
  const [dryRun, setDryRun] = useState(true);
  const [percent, setPercent] = useState<number>();
  const [refusal, setRefusal] = useState<string>();
  async function send() {
    if (file === undefined) return;
    setRefusal(undefined);
    setPercent(0);
    try {
      const report = await sendFile(
        { file, mode: 'partiel', dryRun, ...(source === undefined ? {} : { source }) },
        setPercent,
      );
      void navigate(`/imports/${report.id}`);
    } catch (error) {
      const found = asProblem(error);
      setRefusal(found ? noticeOf(found.problem) || translate('sofi.state.offline') : translate('sofi.state.offline'));
    } finally {
      setPercent(undefined);
    }
  }
  return (
    <Panel title={translate('sofi.import.upload')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', mt: 1 }}>
        <Button variant="outlined" startIcon={<UploadFileIcon />} onClick={() => input.current?.click()}>
          {translate('sofi.import.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xml,.gz,.zip"
          aria-label={translate('sofi.import.file')}
          onChange={({ target }) => setFile(target.files?.[0])}
        />
        <Typography variant="body2">{file?.name ?? translate('sofi.import.file')}</Typography>
        {sources.length > 0 && (
          <TextField
            select
            label={translate('sofi.import.source')}
            value={source}
            onChange={({ target }) => setSource(target.value)}
            sx={{ minWidth: 150 }}
          >
            {sources.map((name) => (
              <MenuItem key={name} value={name}>
                {name}
              </MenuItem>
            ))}
          </TextField>
        )}
        <FormControlLabel
          control={<Switch checked={dryRun} onChange={(_event, on) => setDryRun(on)} />}
          label={translate('sofi.import.dryRun')}
        />
        <Button variant="contained" disabled={file === undefined || percent !== undefined} onClick={() => void send()}>
          {translate('sofi.import.send')}
        </Button>
      </Box>
      {percent !== undefined && (
        <Box role="status" sx={{ mt: 1 }}>
          <Typography variant="body2">{translate('sofi.import.sending', { percent })}</Typography>
          <LinearProgress
            variant="determinate"
            value={percent}
            aria-label={translate('sofi.import.sending', { percent })}
          />
        </Box>
      )}
      {refusal !== undefined && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {refusal}
        </Alert>
      )}
    </Panel>
  );
}
