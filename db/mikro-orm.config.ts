import { databaseConfig } from './connect.ts';

/** For the MikroORM CLI: `MIKRO_ORM_CLI_CONFIG=./db/mikro-orm.config.ts`. */
export default databaseConfig({ url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1/sofi' });
