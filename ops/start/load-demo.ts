import { loadDemo } from '../demo/load.ts';

// A process of its own: what the demo data takes in memory is given back.
await loadDemo({ databaseUrl: process.env.DATABASE_URL ?? '', apiUrl: process.env.SOFI_API_URL ?? '' });
