import { startTestServices } from './services.ts';

/** One PostgreSQL and one Temporal for the whole run, unless an outer run already gives them. */
export default async function setup() {
  if (process.env.SOFI_TEST_DATABASE_URL !== undefined) return;
  const services = await startTestServices('parts');
  Object.assign(process.env, services.env);
  globalThis.sofiTestServices = services;
}
