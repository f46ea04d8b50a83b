import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SoumissionDto } from '../../domain/contract/soumission.contract.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { draftOf } from '../bench/moderation/drafts.ts';
import { type OfPerson, openStage, type Person, type Stage } from '../bench/moderation/stage.ts';
import { atPace, timeOf } from '../bench/timing.ts';
import { Dice } from '../demo/generator/random.ts';
import type { RemotePlatform } from '../demo/remote-platform.ts';
import { type Day, dayFigures, printDay } from './day-figures.ts';
import { insist, post } from './insist.ts';
import { inspect } from './inspect.ts';
import { Rig } from './rig.ts';
import { enteredAgain } from './scenes.ts';

const PAUSE_MS = 500;
/** Of a hundred decisions: refusals, and requests for changes, of which half are answered. */
const REFUSED = 0.06;
const ASKED = 0.08;

/** As a careful caller does: the same key again when nothing was answered, or 503. */
function send<T>(remote: RemotePlatform, path: string, body: unknown, key: string = randomUUID()) {
  return insist(() => post<T>(remote, { path, body, key }));
}

async function depositOf(remote: RemotePlatform, document: FormationDocument): Promise<string> {
  const { body: draft } = await send<{ id: string }>(remote, '/brouillons', { document });
  return (await send<{ id: string }>(remote, `/brouillons/${draft.id}/depot`, undefined)).body.id;
}

/** The OFs deposit until so many are in: evenly over the minutes, or as fast as they can for 0. */
async function deposits(ofs: readonly OfPerson[], wanted: number, minutes: number, day: Day): Promise<void> {
  let begun = 0;
  const periodMs = wanted === 0 ? 0 : (minutes * 60_000 * ofs.length) / wanted;
  await Promise.all(
    ofs.map(async (of, k) => {
      const document = await draftOf(of);
      const pace = { periodMs, offsetMs: (k * periodMs) / ofs.length, goesOn: () => begun < wanted };
      await atPace(pace, async () => {
        if (begun >= wanted) return;
        begun += 1;
        day.depositMs.push(
          await timeOf(async () => void day.deposited.push(await depositOf(of.remote, enteredAgain(document)))),
        );
      });
    }),
  );
}

/** The OF takes the request as it is and deposits again: the next version. */
async function answer(stage: Stage, id: string, organisme: string): Promise<void> {
  const of = stage.ofs.find((one) => one.organisme === organisme);
  if (of !== undefined) await send(of.remote, `/brouillons/${id}/depot`, undefined);
}

function decisionOf(dice: Dice, version: number) {
  const drawn = dice.next();
  if (drawn < REFUSED) return { kind: 'refuse', version, motif: 'Hors du champ du répertoire régional.' } as const;
  if (drawn < REFUSED + ASKED) {
    const champs = [{ path: '/champs/intitule-formation', reason: 'imprecis', comment: 'Préciser.' }];
    return { kind: 'requestChanges', version, champs } as const;
  }
  return { kind: 'approve', version } as const;
}

/** One moderator: the next item, a decision, again, until all that was deposited is decided. */
async function moderate(stage: Stage, { remote }: Person, k: number, day: Day): Promise<void> {
  const dice = new Dice(k, 'day');
  for (;;) {
    const { status, body: next } = await send<SoumissionDto>(remote, '/soumissions/next', undefined);
    if (status !== 200) {
      if (day.done) return;
      await sleep(PAUSE_MS);
      continue;
    }
    const decision = decisionOf(dice, next.version);
    day.decisionMs.push(await timeOf(() => send(remote, `/soumissions/${next.id}/decisions`, decision)));
    day.kinds[decision.kind] += 1;
    if (decision.kind === 'requestChanges' && dice.chance(0.5)) {
      await answer(stage, next.id, next.organisme.id);
      day.answered += 1;
    }
  }
}

/**
 * A day: `wanted` deposits over so many minutes, decided by six moderators through the API, a release at the end; prints
 * its figures and answers 0 when nothing was lost and each clock is in the record.
 */
export async function runDay(wanted = '6000', minutes = '0'): Promise<number> {
  const rig = await Rig.open({ demoData: true });
  try {
    const stage = await openStage(rig);
    const kinds = { approve: 0, refuse: 0, requestChanges: 0 };
    const day: Day = { deposited: [], depositMs: [], decisionMs: [], kinds, answered: 0, done: false };
    const began = performance.now();
    let depositedMs = 0;
    const depositing = async () => {
      await deposits(stage.ofs, Number(wanted), Number(minutes), day);
      depositedMs = performance.now() - began;
      console.log(`${day.deposited.length} deposited after ${(depositedMs / 1_000).toFixed(0)} s`);
      while ((await dayFigures(stage, day)).waiting > 0) await sleep(PAUSE_MS);
      day.done = true;
    };
    await Promise.all([depositing(), ...stage.moderators.map((person, k) => moderate(stage, person, k, day))]);
    const decidedMs = performance.now() - began;
    const releaseMs = await timeOf(() => stage.admin.publish());
    const { wrong } = await inspect(rig);
    const figures = await dayFigures(stage, day);
    await stage.close();
    return printDay(day, figures, { depositedMs, decidedMs, releaseMs, wrong });
  } finally {
    await rig.close();
  }
}
