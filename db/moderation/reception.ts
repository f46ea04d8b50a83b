import type { FicheDocument } from '../../domain/model/documents.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Conduite, Source } from '../../domain/model/vocabulary.ts';

/** What all fiches of one reception share. */
export interface Reception {
  readonly source: Extract<Source, 'fichier' | 'flux' | 'courriel'>;
  readonly sourceName: string;
  readonly importId: string | null;
  /** Who sent the file. */
  readonly by: Actor;
  readonly at: InstantMs;
  readonly dueHour: number;
  /** `lot` when the import's own workflow decides it (trusted source). */
  readonly conduite: Conduite;
}

export interface Received {
  readonly document: FicheDocument;
  /** What this source last sent for the fiche: fields mended here that it did not change keep the mend. */
  readonly lastReceived?: FicheDocument;
  /** The source no longer has it: the fiche is to leave the offer, as it stands there. */
  readonly retrait?: boolean;
}

export interface ReceivedAnswer {
  /** `created` and `changed` soumissions stand by themselves; `revised` waits as the next revision of an open one. */
  readonly outcome: 'created' | 'changed' | 'revised';
  readonly soumissionId: string;
  readonly outboxId: string | null;
  /** The content that waits now, and its hash. */
  readonly document: FicheDocument;
  readonly documentHash: string;
}
