import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';

/** Connections of each pool: open, idle, and calls that wait for one. */
export function poolGauges(registry: Registry, pools: Readonly<Record<string, () => Promise<Pool>>>): void {
  new Gauge({
    name: 'sofi_pg_pool_connections',
    help: 'Connections to PostgreSQL by pool: open, idle; waiting are calls without one',
    labelNames: ['pool', 'state'],
    registers: [registry],
    async collect() {
      for (const [pool, opened] of Object.entries(pools)) {
        const { totalCount, idleCount, waitingCount } = await opened();
        this.set({ pool, state: 'open' }, totalCount);
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
}
