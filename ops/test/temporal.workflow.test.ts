import { describe, expect, it } from '@jest/globals';
import { realTemporal, timeSkippingTemporal } from './temporal.ts';

describe('the Temporal servers of the tests', () => {
  it('are a real one that lists workflows', async () => {
    const temporal = await realTemporal();
    try {
      const handle = await temporal.client.workflow.start('nobody', { workflowId: 'listed', taskQueue: 'nobody' });
      const listed = await temporal.client.workflow
        .list({ query: `WorkflowId = 'listed'` })
        [Symbol.asyncIterator]()
        .next();
      expect(listed.value?.workflowId).toBe(handle.workflowId);
      await handle.terminate();
    } finally {
      await temporal.teardown();
    }
  });

  it('are one whose ninety days pass in a moment', async () => {
    const temporal = await timeSkippingTemporal();
    try {
      const [started, before] = [Date.now(), await temporal.currentTimeMs()];
      await temporal.sleep('90 days');
      expect((await temporal.currentTimeMs()) - before).toBeGreaterThanOrEqual(90 * 24 * 3_600_000);
      expect(Date.now() - started).toBeLessThan(10_000);
    } finally {
      await temporal.teardown();
    }
  });
});
