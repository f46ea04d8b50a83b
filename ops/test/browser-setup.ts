import { startTestServices } from './services.ts';

/** Starts the whole platform in a temporary folder, with its demo data; what is returned stops it. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.SOFI_E2E_URL !== undefined) return async () => undefined;
  const services = await startTestServices('platform');
  Object.assign(process.env, services.env);
  return () => services.stop();
}
