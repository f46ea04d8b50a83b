import { RemotePlatform } from '../demo/remote-platform.ts';
import { openPeople, type People } from './people.ts';
import type { Rig } from './rig.ts';
import { fileOf } from './scenes.ts';

const OFFER = 6;

/** A small accepted offer in its first release, and the people who act on it. */
export async function openStage(rig: Rig): Promise<People> {
  const operator = new RemotePlatform(rig.run.apiUrl, rig.run.operatorSecret);
  await operator.importFile('reprise', [await fileOf(OFFER, 'base_')]);
  await operator.publish();
  return openPeople(rig);
}
