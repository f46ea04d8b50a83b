import { Client, Connection } from '@temporalio/client';
import { WORKFLOWS } from '../../workflows/messages.ts';
import { root } from '../services/folders.ts';
import { startNode } from '../services/processes.ts';
import type { Finding } from '../sofi/doctor-finding.ts';
import { earlierCode } from './earlier-code.ts';
import { insist, post } from './insist.ts';
import { inspect } from './inspect.ts';
import { openPeople, type People } from './people.ts';
import { Rig } from './rig.ts';
import { checked, waiting } from './scenes.ts';

/** The first commit whose migrations are only ever added to. */
const EARLIEST = 'a2ca9f5';

const say = (line: string): void => console.log(line);

function check(held: boolean, what: string): void {
  say(`${held ? '✓' : '✗'} ${what}`);
  if (!held) process.exitCode = 1;
}

/** The open workflows, and those whose tasks cannot be done. */
async function openWorkflows({ run }: Rig) {
  const connection = await Connection.connect({ address: run.temporalAddress });
  try {
    const client = new Client({ connection, namespace: run.temporalNamespace });
    const runs = new Map<string, string>();
    const failing: string[] = [];
    const query = `WorkflowType = '${WORKFLOWS.soumission}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId, runId } of client.workflow.list({ query })) {
      runs.set(workflowId, runId);
      const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
      if ((raw.pendingWorkflowTask?.attempt ?? 0) > 1) failing.push(workflowId);
    }
    return { runs, failing };
  } finally {
    await connection.close();
  }
}

/** What `sofi doctor` finds fault with. */
async function doctorFaults(rig: Rig): Promise<string[]> {
  let said = '';
  const doctor = await startNode({
    name: 'doctor',
    args: ['ops/sofi/main.ts', 'doctor', '--json'],
    cwd: root,
    env: { ...process.env, SOFI_DATA: rig.data },
    onOutput: (text) => {
      said += text;
    },
  });
  await doctor.exited;
  const line = said.split('\n').find((one) => one.startsWith('{'));
  if (line === undefined) return [said];
  const { findings } = JSON.parse(line) as { findings: readonly (Finding & { readonly name: string })[] };
  for (const { name, state, what } of findings) if (state !== 'bien') say(`  ${state}: ${name}: ${what}`);
  return findings.filter(({ state }) => state === 'faute').map(({ name, what }) => `${name}: ${what}`);
}

/** A decision on what was open before, one on what comes now, and a release of both. */
async function goOn(rig: Rig, people: People, open: { readonly id: string; readonly version: number }): Promise<void> {
  const fresh = await waiting(people);
  for (const { id, version } of [open, fresh]) {
    const decision = {
      path: `/soumissions/${id}/decisions`,
      body: { kind: 'approve', version },
      key: `decision-${id}`,
    };
    const { status } = await insist(() => post(people.moderatrice, decision));
    check(status === 200, `decision on ${id === open.id ? 'what was open before' : 'a new deposit'}: ${status}`);
  }
  const asked = { path: '/releases', body: { kind: 'normal' }, key: `release-${open.id}` };
  const { location } = await insist(() => post(people.admin, asked));
  const release = await people.admin.until<{ state: string; step: string }>(location, ({ step }) => step === 'done');
  check(release.state === 'published', `release: ${release.state}`);
  const { statut } = await checked(people.of, open.id);
  check(statut === 'publiee', `the soumission that was open: ${statut}`);
  const { wrong } = await inspect(rig);
  check(wrong.length === 0, `rows, documents, journal and workflows agree ${wrong.join('; ')}`);
}

/**
 * Starts an earlier commit with the demo's data and open workflows, stops it, and starts the present code on the same data
 * folder; answers the exit code.
 */
export async function runUpgrade(commit = EARLIEST): Promise<number> {
  const earlier = await earlierCode(commit);
  const rig = await Rig.open({ demoData: true, root: earlier.root });
  try {
    const people = await openPeople(rig);
    const open = await waiting(people);
    const before = await openWorkflows(rig);
    say(`· ${commit}: ${before.runs.size} soumissions under way, ${rig.data}`);
    await rig.stop();
    rig.runCodeOf(root);
    const readyMs = await rig.start();
    say(`· the present code on the same data: ready after ${(readyMs / 1000).toFixed(1)} s`);
    for (const line of rig.said().split('\n')) if (/migration/i.test(line)) say(`  ${line.trim()}`);
    const faults = await doctorFaults(rig);
    check(faults.length === 0, `doctor: ${faults.length} faults`);
    const after = await openWorkflows(rig);
    const gone = [...before.runs].filter(([id, run]) => after.runs.get(id) !== run).map(([id]) => id);
    check(
      gone.length === 0,
      `${before.runs.size - gone.length} of ${before.runs.size} workflows go on in their own run`,
    );
    check(after.failing.length === 0, `workflow tasks that fail: ${after.failing.length}`);
    await goOn(rig, people, open);
  } finally {
    await rig.close();
    await earlier.close();
  }
  return Number(process.exitCode ?? 0);
}
