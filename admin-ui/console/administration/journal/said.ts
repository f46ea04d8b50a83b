/** What the fence and the chain of decisions need, and nobody reads. */
const SILENT = new Set(['token', 'decision', 'day', 'days']);
/** Keys that the dictionaries have a word for (`suivi.journal.said`). */
const WORDED = new Set([
  'version',
  'accepted',
  'warnings',
  'blocking',
  'precedent',
  'kept',
  'voies',
  'avis',
  'conflits',
  'remplaceePar',
  'fusion',
  'champs',
  'source',
  'import',
  'verdict',
  'autre',
  'release',
]);

export type Translate = (key: string, options?: Record<string, unknown>) => string;

function valueText(key: string, value: unknown, translate: Translate): string {
  if (Array.isArray(value)) return value.map((one) => valueText(key, one, translate)).join(', ');
  if (key === 'avis' && typeof value === 'string') {
    const [clock = '', stage = ''] = value.split(':');
    return `${translate(`sofi.clock.${clock}`, { _: clock })} (${translate(`suivi.journal.stage.${stage}`, { _: stage })})`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a row of the journal tells beside its act, in words; keys of no vocabulary stay as they are. */
export function saidOf(data: Readonly<Record<string, unknown>>, translate: Translate): string[] {
  return Object.entries(data)
    .filter(([key]) => !SILENT.has(key))
    .map(([key, value]) => {
      const word = WORDED.has(key) ? translate(`suivi.journal.said.${key}`) : key;
      return `${word} : ${valueText(key, value, translate)}`;
    });
}
