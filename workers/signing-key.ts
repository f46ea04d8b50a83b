import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proof, Signer } from '../db/publication/manifest.ts';
import { canonicalJson } from '../domain/model/json.ts';

const FILE = 'signing-key.pem';

const isSystemError = (error: unknown, code: string) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

async function made(folder: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(join(folder, FILE), pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (error) {
    // Another process of this folder was first: its key counts.
    if (isSystemError(error, 'EEXIST')) return readFile(join(folder, FILE), 'utf8');
    throw error;
  }
}

async function kept(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, FILE), 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return made(folder);
    throw error;
  }
}

/** SHA-256 of a public key's DER, hexadecimal: how a proof names its key. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Signs with one key; refuses one that is not Ed25519. */
export function signerOf(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error('Cannot sign manifests: the key is not an Ed25519 key');
  const publicKey = createPublicKey(privateKey);
  const key = fingerprintOf(publicKey);
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (manifest): Proof => ({
      type: 'Ed25519',
      key,
      value: sign(null, Buffer.from(canonicalJson(manifest)), privateKey).toString('base64'),
    }),
  };
}

/** The key that signs manifests: the one given as PEM (PKCS #8), else that of the data folder, made at first use. */
export async function readSigner(dataFolder: string, given: string | undefined): Promise<Signer> {
  return signerOf(createPrivateKey(given ?? (await kept(dataFolder))));
}
