import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRoot } from '../../services/folders.ts';
import { freePort } from '../../services/ports.ts';
import { runToEnd } from '../../services/processes.ts';

const PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'];

/** nginx that serves one file. */
export interface Nginx {
  readonly url: string;
  readonly etag: string;
  readonly stop: () => Promise<void>;
}

async function present(): Promise<string | undefined> {
  for (const place of PLACES) {
    if (
      await access(place).then(
        () => true,
        () => false,
      )
    )
      return place;
  }
  return undefined;
}

/** The nginx that is there, or Debian's, installed when we may; undefined when none can be had. */
async function findNginx(say: (line: string) => void): Promise<string | undefined> {
  const found = await present();
  if (found !== undefined || !isRoot()) return found;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    say('installing nginx (apt-get)');
    await runToEnd({ name: 'apt-get update', command: 'apt-get', args: ['update', '-q'], env });
    // Its own service would take port 80.
    const args = ['install', '-y', '-q', '--no-install-recommends', 'nginx-light'];
    await runToEnd({ name: 'apt-get install', command: 'apt-get', args, env: { ...env, RUNLEVEL: '1' } });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  return present();
}

/** nginx on a file, with its own ETag, in one process as the API is; undefined when it cannot be had. */
export async function openNginx(file: string, home: string, say: (line: string) => void): Promise<Nginx | undefined> {
  const command = await findNginx(say);
  if (command === undefined) return undefined;
  const port = await freePort();
  await mkdir(home, { recursive: true });
  const spare = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`,
  );
  const config = `daemon off; worker_processes 1; pid ${home}/pid; error_log /dev/null;
    ${isRoot() ? 'user root;' : ''} events { worker_connections 512; } http { access_log off; sendfile on; etag on; ${spare.join(' ')}
    server { listen 127.0.0.1:${port}; location = /file { alias ${file}; } } }`;
  await writeFile(join(home, 'nginx.conf'), config);
  const child = spawn(command, ['-c', join(home, 'nginx.conf'), '-p', home], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/file`;
  for (let tries = 0; tries < 50 && child.exitCode === null; tries += 1) {
    const head = await fetch(url, { method: 'HEAD' }).catch(() => undefined);
    const etag = head?.headers.get('etag');
    if (typeof etag === 'string')
      return {
        url,
        etag,
        async stop() {
          child.kill('SIGTERM');
          if (child.exitCode === null) await once(child, 'exit');
        },
      };
    await sleep(100);
  }
  child.kill('SIGKILL');
  say(`nginx does not serve ${basename(file)}`);
  return undefined;
}
