import { z } from 'zod';
import { demoLinkSecret } from '../db/mail/links.ts';
import { INTERACTIF, LOTS } from '../workflows/messages.ts';

/** Task queues that a worker process may serve. */
export const QUEUES = [INTERACTIF, LOTS] as const;
export type Queue = (typeof QUEUES)[number];

const flag = z.enum(['0', '1']).transform((value) => value === '1');

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** `1` for a server behind TLS; Temporal Cloud also takes an API key. */
  TEMPORAL_TLS: flag.default(false),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  SOFI_DATA: z.string().min(1).default('.data'),
  /** PEM (PKCS #8) of the Ed25519 key that signs manifests; default: one made in the data folder. */
  SOFI_SIGNING_KEY: z.string().min(1).optional(),
  SOFI_DEMO: flag.default(false),
  /** Where mails go: `smtp://user:password@host:587`, `smtps://…`; absent: they wait. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Sender's address; default: the region's. */
  SMTP_FROM: z.email().optional(),
  /** Where people reach the platform, for the links of mails. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs the links of mails, the same for the API and the workers; 32 characters or more. */
  SOFI_LINK_SECRET: z.string().min(32).optional(),
  /** JSON file of the region; default: Pays de la Loire. */
  SOFI_REGION: z.string().min(1).optional(),
  /** Rows from which a reference file without a companion counts as the whole export; default by table. */
  SOFI_REF_MIN_ROWS: z.coerce.number().int().min(1).optional(),
  /** `host:port` at which Prometheus reads the figures of the SDK; absent: none. Each process needs its own. */
  SOFI_WORKER_METRICS: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'expected host:port')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
});

export interface WorkerSettings {
  readonly databaseUrl: string;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly tls: boolean;
    readonly apiKey: string | undefined;
  };
  /** Folder of this machine's caches: a worker keeps its bundle of workflows there. */
  readonly dataFolder: string;
  readonly signingKey: string | undefined;
  readonly demo: boolean;
  readonly mail: {
    /** Absent: mails wait. */
    readonly smtpUrl: string | undefined;
    readonly from: string | undefined;
    /** Without a closing slash. */
    readonly publicUrl: string;
    readonly linkSecret: string;
  };
  readonly regionFile: string | undefined;
  readonly referenceMinRows: number | undefined;
  readonly metricsAddress: string | undefined;
  readonly logLevel: string;
}

/** Reads the process's settings; throws one Error that names every fault. */
export function readWorkerSettings(env: Readonly<Record<string, string | undefined>>): WorkerSettings {
  // An empty variable is an absent one: compose files write `X=`.
  const parsed = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Cannot read the worker's settings:\n${faults.join('\n')}`);
  }
  const it = parsed.data;
  if (it.SMTP_URL !== undefined && !it.SOFI_DEMO) {
    const missing = (['PUBLIC_URL', 'SOFI_LINK_SECRET'] as const).filter((name) => it[name] === undefined);
    const faults = missing.map((name) => `  ${name}: needed with SMTP_URL, as the API has it`);
    if (faults.length > 0) throw new Error(`Cannot read the worker's settings:\n${faults.join('\n')}`);
  }
  if (it.SOFI_DEMO && it.NODE_ENV === 'production') {
    throw new Error("Cannot read the worker's settings:\n  SOFI_DEMO: demo mode refuses NODE_ENV=production");
  }
  return {
    databaseUrl: it.DATABASE_URL,
    temporal: {
      address: it.TEMPORAL_ADDRESS,
      namespace: it.TEMPORAL_NAMESPACE,
      tls: it.TEMPORAL_TLS,
      apiKey: it.TEMPORAL_API_KEY,
    },
    dataFolder: it.SOFI_DATA,
    signingKey: it.SOFI_SIGNING_KEY,
    demo: it.SOFI_DEMO,
    mail: {
      smtpUrl: it.SMTP_URL,
      from: it.SMTP_FROM,
      publicUrl: (it.PUBLIC_URL ?? 'http://localhost:3000').replace(/\/+$/, ''),
      linkSecret: it.SOFI_LINK_SECRET ?? demoLinkSecret(it.DATABASE_URL),
    },
    regionFile: it.SOFI_REGION,
    referenceMinRows: it.SOFI_REF_MIN_ROWS,
    metricsAddress: it.SOFI_WORKER_METRICS,
    logLevel: it.LOG_LEVEL,
  };
}
