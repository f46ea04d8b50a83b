import { describe, expect, it } from '@jest/globals';
import { isAlive } from '../services/process-identity.ts';
import { type ServiceProcess, startProcess } from '../services/processes.ts';
import { supervise } from './supervise.ts';

function startNodeScript(script: string): Promise<ServiceProcess> {
  return startProcess({ name: 'script', command: process.execPath, args: ['-e', script] });
}

describe('a supervised part', () => {
  it('is started again after it dies, and stays stopped after a stop', async () => {
    const events: string[] = [];
    let back: () => void = () => undefined;
    const returned = new Promise<void>((resolve) => {
      back = resolve;
    });
    const part = await supervise(
      'part',
      () => startNodeScript('setInterval(() => 0, 1000)'),
      (event) => {
        events.push(event);
        if (event === 'back') back();
      },
    );
    const first = part.current().pid;
    part.current().kill();
    await returned;
    expect(events).toEqual(['died', 'back']);
    expect(part.deaths()).toBe(1);
    const second = part.current().pid;
    expect(second).not.toBe(first);

    await part.stop();
    expect(isAlive(second)).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(events).toEqual(['died', 'back']);
  });

  it('counts each death of one that cannot live', async () => {
    const died = new Promise<void>((resolve) => {
      void supervise(
        'part',
        () => startNodeScript('process.exit(1)'),
        (event, part) => {
          if (event !== 'died' || part.deaths() < 2) return;
          void part.stop().then(resolve);
        },
      );
    });
    await died;
  });

  it('rejects when the very first start does', async () => {
    await expect(
      supervise(
        'part',
        () => Promise.reject(new Error('no')),
        () => undefined,
      ),
    ).rejects.toThrow('no');
  });
});
