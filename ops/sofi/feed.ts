import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Command } from 'commander';
import type { ManifestFile } from '../../db/publication/files.ts';
import type { Manifest } from '../../db/publication/manifest.ts';
import { canonicalJson } from '../../domain/model/json.ts';
import { fingerprintOf } from '../../workers/signing-key.ts';
import { openPlatform } from './platform-calls.ts';
import { Refused } from './verb-end.ts';

/** `sofi feed …`: what the platform serves. */
export function register(program: Command): void {
  const feed = program.command('feed').description('flux servis par la plateforme');
  feed
    .command('verify')
    .description('compare les flux servis à leur manifeste : signature, SHA-256, tailles et comptes')
    .option('--json', 'le résultat en JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { url } = await openPlatform();
      const manifest = await manifestOf(url);
      const faults = await verifyProof(url, manifest);
      for (const file of manifest.files) faults.push(...(await verifyFile(url, manifest, file)));
      const { release, counts } = manifest;
      const said =
        faults.length === 0 ? [`Publication ${release} : ${manifest.files.length} fichier(s) conforme(s)`] : faults;
      process.stdout.write(json === true ? `${JSON.stringify({ release, counts, faults })}\n` : `${said.join('\n')}\n`);
      if (faults.length > 0)
        throw new Refused(`${faults.length} écart(s) avec le manifeste de la publication ${release}`);
    });
}

async function manifestOf(url: string): Promise<Manifest> {
  const response = await fetch(`${url}/flux/manifest.json`).catch(() => {
    throw new Error(`La plateforme ne répond pas à ${url} : est-elle démarrée ?`);
  });
  if (response.status === 404) throw new Refused("Rien n'est encore publié");
  if (!response.ok) throw new Error(`Le manifeste n'est pas servi : HTTP ${response.status}`);
  return (await response.json()) as Manifest;
}

/** The manifest is signed by the key that the platform publishes. */
async function verifyProof(url: string, { proof, ...manifest }: Manifest): Promise<string[]> {
  const response = await fetch(`${url}/flux/cle-publique.pem`);
  if (!response.ok) return [`cle-publique.pem : HTTP ${response.status}`];
  const key = createPublicKey(await response.text());
  if (fingerprintOf(key) !== proof.key) return ['manifest.json : signé par une autre clé que cle-publique.pem'];
  const signature = Buffer.from(proof.value, 'base64');
  return verify(null, Buffer.from(canonicalJson(manifest)), key, signature)
    ? []
    : ['manifest.json : la signature ne correspond pas au contenu'];
}

/** Elements of the full file that the manifest counts; each begins a line or follows a tag. */
const COUNTED = { formations: /<formation[ >]/g, actions: /<action[ >]/g, sessions: /<session[ >]/g } as const;
/** As many characters as an opening tag's name may lose at a cut between two pieces. */
const OVERLAP = '<formation '.length - 1;

async function verifyFile(url: string, { release, counts }: Manifest, file: ManifestFile): Promise<string[]> {
  const faults: string[] = [];
  for (const encoding of ['identity', 'gzip']) {
    const response = await fetch(`${url}/flux/${file.name}?release=${release}`, {
      headers: { 'Accept-Encoding': encoding },
    });
    if (!response.ok || response.body === null) return [`${file.name} : HTTP ${response.status}`];
    const read = await readThrough(response.body);
    if (read.sha256 !== file.sha256)
      faults.push(`${file.name} (${encoding}) : SHA-256 ${read.sha256}, attendu ${file.sha256}`);
    if (read.size !== file.size) faults.push(`${file.name} (${encoding}) : ${read.size} octets, attendu ${file.size}`);
    for (const name of file.name.startsWith('lheo-2') ? (['formations', 'actions', 'sessions'] as const) : []) {
      if (read.counts[name] !== counts[name])
        faults.push(`${file.name} (${encoding}) : ${read.counts[name]} ${name}, attendu ${counts[name]}`);
    }
  }
  return faults;
}

/** Size, hash and counts of a stream, in memory flat in its size. */
async function readThrough(body: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  const counts = { formations: 0, actions: 0, sessions: 0 };
  const decoder = new TextDecoder();
  let size = 0;
  let rest = '';
  for await (const piece of body) {
    hash.update(piece);
    size += piece.length;
    const text = rest + decoder.decode(piece, { stream: true });
    for (const name of ['formations', 'actions', 'sessions'] as const) {
      const ends = [...text.matchAll(COUNTED[name])].map(({ index, 0: match }) => index + match.length);
      counts[name] += ends.filter((end) => end > rest.length).length;
    }
    rest = text.slice(-OVERLAP);
  }
  return { size, sha256: hash.digest('hex'), counts };
}
