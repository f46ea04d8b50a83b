import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const example = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);

describe('.env.example', () => {
  it.each(['ops/start/settings.ts', 'api/settings.ts', 'workers/settings.ts'])('lists every setting of %s', (file) => {
    const settings = [...read(file).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(5);
    expect(settings.filter((name) => !example.includes(name))).toEqual([]);
  });

  it('lists every setting that docker-compose.yml requires', () => {
    const required = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name);
    expect(required).toContain('POSTGRES_PASSWORD');
    expect(required.filter((name) => !example.includes(name))).toEqual([]);
  });
});
