import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const compose = read('docker-compose.yml');
const example = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));

/** The text of each service, by name. */
const services = new Map(
  [
    ...(/^services:\n([\s\S]*?)^\w/m.exec(compose)?.[1] ?? '').matchAll(
      /^ {2}([a-z-]+):\n((?: {4}.*\n| *\n| {2}#.*\n)+)/gm,
    ),
  ].map(([, name = '', text = '']) => [name, text] as const),
);
const OWN = ['migrate', 'worker-interactif', 'worker-lots', 'api'];
/** Versions of others' images have a default that was tried. */
const isOwnChoice = (name: string): boolean => !name.endsWith('_VERSION');

describe('docker-compose.yml', () => {
  it('has the whole production shape', () => {
    expect([...services.keys()]).toEqual(
      expect.arrayContaining([...OWN, 'postgres', 'temporal', 'temporal-schema', 'temporal-ui', 'mail', 'proxy']),
    );
  });

  it('runs programs that exist', () => {
    const programs = [...compose.matchAll(/command: \[node, ([\w/.-]+)/g)].map(([, file = '']) => file);
    expect(programs).toHaveLength(OWN.length);
    expect(programs.filter((file) => !existsSync(at(file)))).toEqual([]);
  });

  it('mounts files that exist', () => {
    const mounted = [...compose.matchAll(/^ +- \.\/([\w/.-]+):/gm)].map(([, file = '']) => file);
    expect(mounted).toContain('ops/deploy/Caddyfile');
    expect(mounted.filter((file) => !existsSync(at(file)))).toEqual([]);
  });

  it('takes its settings from variables that .env.example tells, and its secrets from nowhere else', () => {
    const asked = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
    expect(asked.filter((name) => isOwnChoice(name) && !example.has(name))).toEqual([]);
    const secrets = [...compose.matchAll(/^ +\w*(?:PASSWORD|PWD|SECRET)\w*: (.*)$/gm)].map(([, value]) => value);
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter((value) => !/^\$\{[A-Z_]+(?::\?|:-\})/.test(value ?? ''))).toEqual([]);
  });

  it.each(OWN)('runs %s from the one image, read-only', (name) => {
    expect(services.get(name)).toMatch(/<<: \*(?:sofi|worker)/);
    expect(compose).toMatch(/x-sofi: &sofi\n[\s\S]*?read_only: true\n {2}tmpfs: \[\/tmp\]/);
    expect(compose).toMatch(/x-worker: &worker\n {2}<<: \*sofi/);
  });

  it('lets each API and worker be scaled: none publishes a port or names its container', () => {
    for (const name of OWN) expect(services.get(name)).not.toMatch(/ports:|container_name:/);
  });

  it('puts the API behind the proxy by the name that the proxy looks up', () => {
    expect(read('ops/deploy/Caddyfile')).toContain('{$API_HOST:api} {$API_PORT:3000}');
    expect(services.has('api')).toBe(true);
    expect(services.get('proxy')).toMatch(/ports:/);
  });

  it('runs the image as a plain user', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile.indexOf('\nUSER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN'));
    expect(dockerfile).toContain('SOFI_DATA=/data');
  });
});
