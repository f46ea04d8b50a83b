import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/** Once per test file: only warnings are logged, and the signals stay with jest. */
export function installRuntime(): void {
  if (installed) return;
  installed = true;
  try {
    Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  } catch {
    // Another test file of this process installed it already.
  }
}

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Cannot find ${name}: run with jest.workflow.mjs or jest.integration.mjs`);
  return value;
}

/** `host:port` of the run's own Temporal development server. */
export function testTemporalAddress(): string {
  return given('SOFI_TEST_TEMPORAL_ADDRESS');
}

/** The run's real server. Take a task queue of your own: the server is shared. */
export function realTemporal(): Promise<TestWorkflowEnvironment> {
  installRuntime();
  return TestWorkflowEnvironment.createFromExistingServer({ address: testTemporalAddress() });
}

/** A server of one's own whose time jumps over timers; without Schedules and lists. */
export function timeSkippingTemporal(): Promise<TestWorkflowEnvironment> {
  installRuntime();
  const path = given('SOFI_TEST_TIME_SKIPPING_SERVER');
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}
