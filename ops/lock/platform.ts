const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'] as const;
const CPU = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'] as const;

/** What npm must know of a platform package it cannot see, so that other systems skip it. */
export interface Platform {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
}

/** Reads os, cpu and libc from the usual name of a platform package (`…-linux-arm64-musl`), undefined when it names none. */
export function platformOf(packageName: string): Platform | undefined {
  const words = packageName.split(/[/-]/).map((word) => (word === 'windows' ? 'win32' : word));
  const os = OS.find((name) => words.includes(name));
  const cpu = CPU.find((name) => words.includes(name));
  if (os === undefined || cpu === undefined) return undefined;
  const last = words.at(-1) ?? '';
  if (os !== 'linux') return { os: [os], cpu: [cpu] };
  if (last.startsWith('musl')) return { os: [os], cpu: [cpu], libc: ['musl'] };
  return { os: [os], cpu: [cpu], libc: ['glibc'] };
}
