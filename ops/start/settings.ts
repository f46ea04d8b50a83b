import { z } from 'zod';
import { readApiSettings } from '../../api/settings.ts';
import { readWorkerSettings } from '../../workers/settings.ts';
import { StartFault } from '../services/faults.ts';
import { dataFolder } from '../services/folders.ts';

const flag = z.enum(['0', '1']).transform((value) => value === '1');
const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'expected host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_UI_URL: z.url().optional(),
  SOFI_DEMO: flag.optional(),
  NODE_ENV: z.string().optional(),
});

/** What `npm start` was asked for, parsed once. */
export interface StartSettings {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Default: http://localhost:PORT. */
  readonly publicUrl: string | undefined;
  /** Where everything is kept. */
  readonly data: string;
  /** Absent: an embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** Absent: a development server of our own. */
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly temporalUiUrl: string | undefined;
  /** Demo people, sandbox login and demo data. Default: true, but false when NODE_ENV=production. */
  readonly demo: boolean;
  /** What the children inherit. */
  readonly env: NodeJS.ProcessEnv;
}

/** The faults that the children would find in their own settings, once ours are filled in. */
function childFaults(env: NodeJS.ProcessEnv, demo: boolean): string[] {
  const filled = {
    ...env,
    DATABASE_URL: env.DATABASE_URL ?? 'postgres://embedded',
    SOFI_DEMO: demo ? '1' : '0',
    SOFI_SESSION_SECRET: env.SOFI_SESSION_SECRET ?? '-'.repeat(32),
    SOFI_LINK_SECRET: env.SOFI_LINK_SECRET ?? '-'.repeat(32),
    PUBLIC_URL: env.PUBLIC_URL ?? 'http://localhost',
    SOFI_OPERATOR_SECRET: undefined,
  };
  return [readApiSettings, readWorkerSettings].flatMap((read) => {
    try {
      read(filled);
      return [];
    } catch (error) {
      return error instanceof Error ? error.message.split('\n').slice(1) : [];
    }
  });
}

/** Reads the environment; throws one StartFault that names every fault. An empty variable is an absent one. */
export function readStartSettings(given: NodeJS.ProcessEnv): StartSettings {
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(env);
  const demo = env.SOFI_DEMO === undefined ? env.NODE_ENV !== 'production' : env.SOFI_DEMO === '1';
  const own = parsed.error?.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`) ?? [];
  const faults = [
    ...new Map([...own, ...childFaults(env, demo)].map((fault) => [fault.split(':')[0], fault])).values(),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new StartFault(`Réglages à corriger / settings to mend (.env.example):\n${faults.join('\n')}`);
  }
  const it = parsed.data;
  return {
    port: it.PORT,
    host: it.HOST,
    publicUrl: it.PUBLIC_URL?.replace(/\/+$/, ''),
    data: dataFolder(env),
    databaseUrl: it.DATABASE_URL,
    temporalAddress: it.TEMPORAL_ADDRESS,
    temporalNamespace: it.TEMPORAL_NAMESPACE,
    temporalUiUrl: it.TEMPORAL_UI_URL,
    demo,
    env,
  };
}
