// Plain JavaScript for Node 20: the first thing that runs on a fresh clone, before any package is there.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const packages = join(root, 'node_modules');
const stampFile = join(packages, '.sofi-lock');
const windows = process.platform === 'win32';

function majorOf(version) {
  return Number(version.split('.')[0]);
}

/** Says in one sentence what to do on a Node that is too old, and ends. */
export function requireNode() {
  if (majorOf(process.versions.node) >= 20) return;
  console.error(
    `SOFI demande Node 20 ou plus récent (ici ${process.version}) : installez-le puis recommencez. / SOFI needs Node 20 or newer (this is ${process.version}): install it and try again.`,
  );
  process.exit(2);
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash();
}

/** Runs npm quietly; resolves with its exit code and the end of what it said. */
function npm(args, onTick) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
  return new Promise((resolve) => {
    const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows && !cli,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    const timer = setInterval(() => onTick(), 10_000);
    const end = (code) => {
      clearInterval(timer);
      resolve({ code, said });
    };
    child.once('error', (error) => end(error.message));
    child.once('close', end);
  });
}

/** Installs the packages when they are missing or older than package-lock.json. */
export async function installPackages({ quiet = false } = {}) {
  if (isInstalled()) return;
  const say = quiet ? () => undefined : (text) => console.log(text);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const verb = existsSync(packages) ? 'install' : 'ci';
  say(`· Installation des paquets / installing packages (npm ${verb})…`);
  const { code, said } = await npm([verb, '--no-audit', '--no-fund'], () => say(`  … ${seconds()} s`));
  if (code !== 0) {
    console.error(said.trim());
    console.error(`npm ${verb} a échoué : voyez les lignes ci-dessus. / npm ${verb} failed: see the lines above.`);
    process.exit(2);
  }
  writeFileSync(stampFile, lockHash());
  say(`· Paquets installés / packages installed (${seconds()} s)`);
}

/** The Node 24 that npm brought, else our own when it is recent enough. */
function modernNode() {
  const brought = join(packages, '.bin', windows ? 'node.cmd' : 'node');
  const binary = join(packages, 'node/bin', windows ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  if (existsSync(brought) && !windows) return brought;
  if (majorOf(process.versions.node) >= 24) return process.execPath;
  console.error(
    'npm n\'a pas apporté Node 24 (scripts d\'installation bloqués ?) : lancez « npm rebuild node ». / npm did not bring Node 24 (install scripts blocked?): run "npm rebuild node".',
  );
  process.exit(2);
}

/**
 * Hands over to a TypeScript program of the house under Node 24: same terminal, signals forwarded, same exit code. The
 * settings of `.env` count unless `dotEnv` is false.
 */
export function handOver(program, args, { dotEnv = true } = {}) {
  const envFile = join(root, '.env');
  const settings = dotEnv && existsSync(envFile) ? [`--env-file=${envFile}`] : [];
  const child = spawn(
    modernNode(),
    ['--disable-warning=ExperimentalWarning', ...settings, join(root, program), ...args],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  );
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
