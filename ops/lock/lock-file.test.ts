import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { completeLock, hostsOf, type LockFile, missingOptionals } from './lock-file.ts';
import { platformOf } from './platform.ts';

const root = new URL('../../', import.meta.url);
const lock: LockFile = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));

describe('the committed lock file', () => {
  it('names no host', () => {
    expect(hostsOf(lock)).toEqual([]);
  });

  it('describes every optional dependency of every package, so that every system can install', () => {
    expect(missingOptionals(lock)).toEqual([]);
    expect(Object.keys(lock.packages).filter((name) => name.includes('cli-darwin-arm64'))).toHaveLength(1);
  });

  it('agrees with package.json on every direct dependency, at one exact version', () => {
    const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
  });
});

describe('completing a lock', () => {
  const partial: LockFile = {
    packages: {
      '': {},
      'node_modules/a': {
        version: '1.0.0',
        optionalDependencies: { '@a/linux-x64-musl': '1.0.0', '@a/darwin-arm64': '1.0.0' },
      },
      'node_modules/@a/darwin-arm64': { version: '1.0.0' },
    },
  };

  it('adds only what is missing, with its platform', () => {
    expect(completeLock(partial).packages['node_modules/@a/linux-x64-musl']).toEqual({
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    });
    expect(missingOptionals(completeLock(partial))).toEqual([]);
  });

  it('finds a dependency installed beside its parent or above it', () => {
    const nested = (place: string): LockFile => ({
      packages: {
        'node_modules/a/node_modules/b': { optionalDependencies: { c: '1.0.0' } },
        [place]: { version: '1.0.0' },
      },
    });
    for (const place of [
      'node_modules/a/node_modules/b/node_modules/c',
      'node_modules/a/node_modules/c',
      'node_modules/c',
    ]) {
      expect(missingOptionals(nested(place))).toEqual([]);
    }
    expect(missingOptionals(nested('node_modules/d/node_modules/c'))).toHaveLength(1);
  });

  it('refuses to guess a version from a range', () => {
    const ranged: LockFile = { packages: { 'node_modules/a': { optionalDependencies: { '@a/linux-x64': '^1.0.0' } } } };
    expect(() => completeLock(ranged)).toThrow('Cannot complete the lock');
  });

  it('names a host when the lock holds an address', () => {
    expect(hostsOf({ packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } } })).toHaveLength(1);
  });
});

describe('the platform in a package name', () => {
  it.each([
    ['@swc/core-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@oxlint/binding-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
    ['@biomejs/cli-linux-x64', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    ['@oxlint/binding-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
    ['@oxc-parser/binding-android-arm-eabi', { os: ['android'], cpu: ['arm'] }],
  ])('of %s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it('is unknown for a package of no platform', () => {
    expect(platformOf('fsevents')).toBeUndefined();
  });
});
