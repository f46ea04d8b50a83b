import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { openFeeds } from '../../api/feeds/feeds.router.ts';
import { errorBorder } from '../../api/problems.ts';
import { identifyRequest } from '../../api/request.ts';
import { readApiSettings } from '../../api/settings.ts';
import { SampleSet } from '../../workers/activities/sample-set.ts';
import { createTestDatabase } from '../test/database.ts';

/** An offer in a database of its own and the feeds that serve it over HTTP. */
export interface FeedsScene {
  readonly url: string;
  readonly set: SampleSet;
  readonly close: () => Promise<void>;
}

/** Opens it; `now` is the clock of its feeds, in ms. */
export async function openFeedsScene(now: () => number = Date.now): Promise<FeedsScene> {
  const test = await createTestDatabase();
  const set = await SampleSet.open(test);
  const folder = await mkdtemp(join(tmpdir(), 'sofi-feeds-'));
  const settings = readApiSettings({ DATABASE_URL: test.url, SOFI_DATA: folder, SOFI_DEMO: '1' });
  const feeds = openFeeds({ db: set.db, settings, log: pino({ level: 'silent' }), now });
  const app = express().use(feeds.fast).use(identifyRequest).use('/flux', feeds.router).use(errorBorder);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set,
    async close() {
      feeds.close();
      server.closeAllConnections();
      server.close();
      await set.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
