const DEADLINE_MS = 1_000;
/** The families that a worker's exporter adds to ours. */
const FAMILIES = /^(?:# (?:HELP|TYPE) )?(?:temporal_|sofi_activity_)/;

/** The figures of a worker's own exporter at `host:port`, ready to follow ours; empty when it does not answer. */
export async function workerFigures(address: string | undefined): Promise<string> {
  if (address === undefined) return '';
  try {
    const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(DEADLINE_MS) });
    if (!answer.ok) return '';
    const lines = (await answer.text()).split('\n').filter((line) => FAMILIES.test(line));
    return lines.map((line) => `${line}\n`).join('');
  } catch {
    return '';
  }
}
