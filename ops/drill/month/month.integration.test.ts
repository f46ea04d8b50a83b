import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { pino } from 'pino';
import { openFeeds } from '../../../api/feeds/feeds.router.ts';
import { errorBorder } from '../../../api/problems.ts';
import { identifyRequest } from '../../../api/request.ts';
import { readApiSettings } from '../../../api/settings.ts';
import { openDatabase } from '../../../db/connect.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import { root } from '../../services/folders.ts';
import { createTestDatabase } from '../../test/database.ts';
import { Consumer, type OfficialSchema } from './consumer.ts';
import { simulate } from './simulate.ts';

/** `npm run drill -- month` asks for the whole month. */
const DAYS = Number(process.env.SOFI_MONTH_DAYS ?? '4');
const XSD = join(process.env.SOFI_SHARED ?? resolve(root, '../shared'), 'lheo/xsd');

function official(folder: string): OfficialSchema {
  const files = { '2.2': 'lheo-2.2.xsd', '2.3': 'lheo-2.3.xsd' } as const;
  const made = Object.entries(files).map(([version, file]) => {
    const document = XmlDocument.fromString(readFileSync(join(folder, file), 'utf8'));
    return [version, XsdValidator.fromDoc(document)] as const;
  });
  const validators = new Map(made);
  return (version, xml) => {
    const document = XmlDocument.fromString(xml);
    try {
      validators.get(version)?.validate(document);
      return [];
    } catch (error) {
      return [String((error as Error).message)];
    } finally {
      document.dispose();
    }
  };
}

const present = existsSync(XSD);
if (!present) console.warn(`The official schemas are not at ${XSD}: the month of an independent consumer is SKIPPED`);

describe('a month of releases', () => {
  (present ? it : it.skip)(
    `leaves an independent consumer with the exact offer at the end of each day (${DAYS})`,
    async () => {
      const test = await createTestDatabase();
      const db = await openDatabase({ url: test.url, poolMax: 6 });
      const folder = await mkdtemp(join(tmpdir(), 'sofi-month-'));
      const settings = readApiSettings({ DATABASE_URL: test.url, SOFI_DATA: folder, SOFI_DEMO: '1' });
      const feeds = openFeeds({ db, settings, log: pino({ level: 'silent' }) });
      const app = express().use(feeds.fast).use(identifyRequest).use('/flux', feeds.router).use(errorBorder);
      const server = app.listen(0, '127.0.0.1');
      await new Promise((listening) => server.once('listening', listening));
      const said: string[] = [];
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const consumer = new Consumer(url, official(XSD));
        const first = '2026-10-10' as ParisDay;
        await simulate({ db, consumer, first, days: DAYS, seed: 6, say: (line) => said.push(line) });
        expect(said).toHaveLength(DAYS);
        if (process.env.SOFI_MONTH_DAYS !== undefined) console.log(said.join('\n'));
      } finally {
        feeds.close();
        server.closeAllConnections();
        server.close();
        await db.close();
        await test.drop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    900_000,
  );
});
