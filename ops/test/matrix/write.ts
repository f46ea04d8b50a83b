import { writeFileSync } from 'node:fs';
import { startTestServices } from '../services.ts';
import { readMatrix } from './matrix.ts';

// Writes the committed table anew: node ops/run.mjs ops/test/matrix/write.ts. Read the difference before you commit it.
const services = await startTestServices('parts');
try {
  Object.assign(process.env, services.env);
  writeFileSync(new URL('./routes.csv', import.meta.url), await readMatrix());
} finally {
  await services.stop();
}
process.exit(0);
