import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../db/connect.ts';
import type { RegionSettings } from '../domain/model/region.ts';
import type { WorkerSettings } from './settings.ts';

/** What every factory of activities is given by `workers/main.ts`. */
export interface WorkerDeps {
  readonly db: Database;
  readonly settings: WorkerSettings;
  readonly region: RegionSettings;
  readonly log: Logger;
  /** For activities that start or tell other workflows (import, publication, reconciliation). */
  readonly temporal: Client;
}
