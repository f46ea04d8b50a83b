import { createHash, createPublicKey } from 'node:crypto';
import type { Command } from 'commander';
import { readSigner } from '../../workers/signing-key.ts';
import { dataFolder } from '../services/folders.ts';

/** `sofi key`: the key that signs manifests. */
export function register(program: Command): void {
  program
    .command('key')
    .description('clé publique qui prouve les manifestes ; la crée dans le dossier de données si elle manque')
    .option('--json', 'la clé et son empreinte en JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const given = process.env.SOFI_SIGNING_KEY;
      const { publicKey } = await readSigner(dataFolder(), given === '' ? undefined : given);
      const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
      const sha256 = createHash('sha256').update(der).digest('hex');
      process.stdout.write(
        json === true ? `${JSON.stringify({ publicKey, sha256 })}\n` : `${publicKey}SHA-256 ${sha256}\n`,
      );
    });
}
