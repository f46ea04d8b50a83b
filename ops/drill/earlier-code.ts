import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../services/folders.ts';
import { runToEnd } from '../services/processes.ts';

export interface EarlierCode {
  readonly root: string;
  readonly close: () => Promise<void>;
}

/** The code of an earlier commit in a folder of its own, with the packages of the present one. */
export async function earlierCode(commit: string): Promise<EarlierCode> {
  const folder = await mkdtemp(join(tmpdir(), 'sofi-earlier-'));
  const tree = join(folder, 'code');
  const archive = join(folder, 'code.tar');
  await mkdir(tree);
  await runToEnd({ name: 'git archive', command: 'git', args: ['archive', '--output', archive, commit], cwd: root });
  await runToEnd({ name: 'tar', command: 'tar', args: ['-xf', archive, '-C', tree] });
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  return { root: tree, close: () => rm(folder, { recursive: true, force: true }) };
}
