import { migrate } from '../../db/migrate.ts';

// A process of its own: the start itself stays small, without an ORM in its memory.
const ran = await migrate(process.env.DATABASE_URL ?? '');
if (ran.length > 0) console.log(ran.join('\n'));
