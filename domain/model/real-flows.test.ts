import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { fromLheo } from '../lheo/fiche/in.ts';
import type { LheoFormation } from '../lheo/fiche/received.ts';
import { readLheo } from '../lheo/read.ts';
import { actionId, dispositifId, ficheId, sessionId } from './builders.ts';
import type { FormationDocument } from './documents.ts';
import type { ParisDay } from './ids.ts';
import { PAYS_DE_LA_LOIRE } from './region.ts';
import { checkFiche, describeFault } from './rules.ts';
import { NO_TABLES } from './tables.ts';

const shared = resolve(process.env.SOFI_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url)));
const folder = resolve(shared, 'lheo/examples');
const present = existsSync(folder);
if (!present) console.warn('SKIPPED: the folder of real flows is absent, rules are not tried on it');
const withFlows = present ? it : it.skip;

async function formationsOf(file: string): Promise<FormationDocument[]> {
  let n = 0;
  const ids = {
    fiche: () => ficheId(++n),
    action: () => actionId(++n),
    session: () => sessionId(++n),
    dispositif: () => dispositifId(++n),
  };
  const found: FormationDocument[] = [];
  for await (const event of readLheo(createReadStream(resolve(folder, file)))) {
    if (event.kind === 'element' && event.name === 'formation')
      found.push(fromLheo(event.json as LheoFormation, ids).formation);
  }
  return found;
}

describe('formations of real flows', () => {
  withFlows('are never blocked, and every remark can be said', async () => {
    const files = readdirSync(folder);
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      for (const formation of await formationsOf(file)) {
        const context = {
          channel: 'flux',
          today: '2017-12-15' as ParisDay,
          region: PAYS_DE_LA_LOIRE,
          tables: NO_TABLES,
        } as const;
        const faults = checkFiche(formation, context);
        expect(faults.length).toBeGreaterThan(0);
        expect([file, faults.filter(({ severity }) => severity === 'blocking')]).toEqual([file, []]);
        for (const fault of faults) expect(describeFault(fault, 'en').message).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });
});
