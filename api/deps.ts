import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database, Viewer } from '../db/connect.ts';
import type { RegionSettings } from '../domain/model/region.ts';
import type { ApiSettings } from './settings.ts';

/** What every router is given by `api/main.ts`. */
export interface ApiDeps {
  readonly db: Database;
  /** Opened lazily and kept open through Temporal's absences; calls fail with `temporal-absent`. */
  readonly temporal: () => Promise<Client>;
  readonly settings: ApiSettings;
  readonly region: RegionSettings;
  readonly log: Logger;
}

declare global {
  namespace Express {
    interface Request {
      /** Set once by the login middleware: who asks, or `null` for nobody. */
      viewer: Viewer | null;
      /** The language of errors and messages, from the person or `Accept-Language`. */
      langue: 'fr' | 'en';
      id: string;
    }
  }
}
