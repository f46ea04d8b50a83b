import { type ImportReport, importReport } from '../../../domain/contract/import.contract.ts';
import { API, headersOf } from '../http/api.ts';
import { problemOf } from '../http/problem.ts';

export interface FileToSend {
  readonly file: File;
  readonly source?: string;
  readonly mode: 'partiel' | 'complet';
  readonly dryRun: boolean;
}

/** Sends a file as it is, telling how far it is (0 to 100); answers the import that reads it. */
export function sendFile(
  { file, source, mode, dryRun }: FileToSend,
  onPercent: (percent: number) => void,
): Promise<ImportReport> {
  const query = new URLSearchParams({ mode, dryRun: dryRun ? '1' : '0' });
  if (source !== undefined) query.set('source', source);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${API}/imports?${query}`);
    const act = `import ${file.name} ${file.size} ${file.lastModified} ${query}`;
    for (const [name, value] of Object.entries(headersOf('POST', act))) {
      if (name !== 'Idempotency-Key') request.setRequestHeader(name, value);
    }
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    request.upload.onprogress = ({ loaded, total }) => onPercent(Math.round((100 * loaded) / Math.max(1, total)));
    request.onerror = () => fail(problemOf(0, null, ''));
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status >= 300) fail(problemOf(request.status, answer, request.statusText));
      else done(importReport.parse(answer));
    };
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
