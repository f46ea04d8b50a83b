import { setTimeout as sleep } from 'node:timers/promises';
import { sendFile } from '../demo/region/send-file.ts';
import type { RemotePlatform } from '../demo/remote-platform.ts';
import type { Rig } from '../drill/rig.ts';
import { openPlatform } from '../sofi/platform-calls.ts';

const LOOK_EVERY_MS = 500;

/** Sends a file of a source to the platform and waits until it was read whole. */
export async function sendSet(rig: Rig, admin: RemotePlatform, source: string, parts: Iterable<string>): Promise<void> {
  const platform = await openPlatform(rig.data);
  const { report } = await sendFile(platform, source, parts);
  for (;;) {
    const { body } = await admin.call<{ state: string }>(`/imports/${report.id}`);
    if (body.state === 'done') return;
    if (body.state !== 'running') throw new Error(`Cannot load ${source}: the import is ${body.state}`);
    await sleep(LOOK_EVERY_MS);
  }
}
