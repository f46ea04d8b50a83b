import type { Fault } from '../../domain/model/faults.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Channel, ImportSource } from '../../domain/model/vocabulary.ts';
import type { ReceivedAnswer, Reception } from '../moderation/reception.ts';

/** What does not change while one file is imported. */
export interface ImportRun {
  readonly id: string;
  readonly source: ImportSource;
  readonly channel: Extract<Channel, 'fichier' | 'flux'>;
  /** Decided in pages by the import itself. */
  readonly trusted: boolean;
  /** For an OF's own file: the only organismes it may speak for. */
  readonly organismes: readonly string[] | undefined;
  readonly by: Actor;
  readonly at: InstantMs;
  readonly region: RegionSettings;
}

/** A soumission that a page made and that waits for somebody. */
export interface Deposited extends ReceivedAnswer {
  /** What the rules said of the document that was deposited. */
  readonly faults: readonly Fault[];
  /** Where the file says it; 0 for what it no longer says. */
  readonly line: number;
  readonly numero: string | null;
  /** It named a removed person, and was taken without them. */
  readonly effacee: boolean;
}

/** What the file says of what is deposited, beside its content. */
export type Told = Pick<Deposited, 'faults' | 'line' | 'numero' | 'effacee'>;

/** The name under which `source_recu` keeps what this run says of an organisme's fiches: each OF is a source of its own. */
export function sourceKey(run: ImportRun, organismeId: string): string {
  return run.channel === 'fichier' ? `fichier:${organismeId}` : run.source;
}

/** What all fiches that this run deposits share. */
export function receptionOf(run: ImportRun): Reception {
  return {
    source: run.channel,
    sourceName: run.source,
    importId: run.id,
    by: run.by,
    at: run.at,
    dueHour: run.region.dueHour,
    conduite: run.trusted ? 'lot' : 'workflow',
  };
}
