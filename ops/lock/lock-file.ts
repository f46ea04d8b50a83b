import { platformOf } from './platform.ts';

/** One entry of `packages` in package-lock.json, as far as it is read here. */
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
  readonly [key: string]: unknown;
}

export interface MissingOptional {
  readonly name: string;
  readonly range: string;
  readonly wantedBy: string;
}

/** The folders where Node looks for a package required from `folder`, nearest first. */
function lookUpPlaces(folder: string, name: string): string[] {
  const places = [`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
  const parts = folder.split('node_modules/');
  for (let kept = parts.length - 1; kept > 0; kept -= 1) {
    places.push(`${parts.slice(0, kept).join('node_modules/')}node_modules/${name}`);
  }
  return places;
}

/** The optional dependencies that the lock names but does not describe: npm leaves out what its registry lacks. */
export function missingOptionals(lock: LockFile): MissingOptional[] {
  const missing: MissingOptional[] = [];
  for (const [folder, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const described = lookUpPlaces(folder, name).some((place) => lock.packages[place] !== undefined);
      if (!described) missing.push({ name, range, wantedBy: folder });
    }
  }
  return missing;
}

/**
 * The same lock with an entry for every platform package, so that `npm ci` accepts it and other systems get theirs.
 * Throws when a missing package asks for a range or names no platform: such a one must be looked at by a person.
 */
export function completeLock(lock: LockFile): LockFile {
  const added = missingOptionals(lock).map(({ name, range, wantedBy }): [string, LockEntry] => {
    const platform = platformOf(name);
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range) || platform === undefined) {
      throw new Error(
        `Cannot complete the lock: "${name}@${range}" of "${wantedBy}" is no platform package at one version`,
      );
    }
    const { os, cpu, libc } = platform;
    const dev = lock.packages[wantedBy]?.dev === true ? { dev: true } : {};
    // In npm's own order, so that its next install changes nothing.
    return [
      `node_modules/${name}`,
      { version: range, cpu, ...dev, ...(libc === undefined ? {} : { libc }), optional: true, os },
    ];
  });
  const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(added) });
  packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** The registry addresses that a lock names; a lock that installs everywhere names none. */
export function hostsOf(lock: LockFile): string[] {
  return Object.values(lock.packages).flatMap(({ resolved }) =>
    /^https?:/.test(resolved ?? '') ? [String(resolved)] : [],
  );
}
