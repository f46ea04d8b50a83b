import { z } from 'zod';
import { demoLinkSecret } from '../db/mail/links.ts';

const flag = z.enum(['0', '1']).transform((value) => value === '1');
/** An empty variable is an absent one: compose files write `X=`. */
const text = z.string().min(1);

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: text.default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TEMPORAL_ADDRESS: text.default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: text.default('default'),
  TEMPORAL_TLS: flag.default(false),
  TEMPORAL_API_KEY: text.optional(),
  TEMPORAL_UI_URL: z.url().optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SOFI_DATA: text.default('.data'),
  SOFI_DEMO: flag.default(false),
  SOFI_OPERATOR_SECRET: z.string().min(32).optional(),
  SOFI_SESSION_SECRET: z.string().min(32).optional(),
  /** Signs the links of mails, the same for the API and the workers; 32 characters or more. */
  SOFI_LINK_SECRET: z.string().min(32).optional(),
  /** Port of the demo's own mail server on this machine, which shows what it is given at `/demo/courriels`. */
  SOFI_MAIL_CATCHER: z.coerce.number().int().min(1).max(65_535).optional(),
  SOFI_REGION: text.optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  SOFI_TRUSTED_PROXIES: z
    .string()
    .regex(/^[\w.:/]+(,[\w.:/]+)*$/, 'expected names or subnets separated by commas')
    .default('loopback'),
  SOFI_WORKER_METRICS: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'expected host:port')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().default('development'),
});

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ApiSettings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly tls: boolean;
    readonly apiKey: string | undefined;
  };
  /** Temporal's own UI, for links; absent hides them. */
  readonly temporalUiUrl: string | undefined;
  /** Where people reach the platform, without a closing slash. */
  readonly publicUrl: string;
  readonly dataFolder: string;
  readonly demo: boolean;
  readonly operatorSecret: string | undefined;
  readonly loginSecret: string;
  /** Signs the links of mails. */
  readonly linkSecret: string;
  /** Port of the demo's own mail server; absent: none. */
  readonly mailCatcher: number | undefined;
  readonly regionFile: string | undefined;
  /** The OpenID provider; absent means the demo's own sandbox. */
  readonly oidc: OidcSettings | undefined;
  /** Whose `X-Forwarded-For` is believed: Express's names (`loopback`, `uniquelocal`) or subnets. */
  readonly trustedProxies: readonly string[];
  /** `host:port` of a worker's own figures, repeated at `/metrics`; absent when Prometheus reads them itself. */
  readonly workerMetrics: string | undefined;
  readonly logLevel: string;
}

type Environment = z.infer<typeof environment>;

/** Faults that concern several variables at once. */
function faultsOf(it: Environment): string[] {
  const oidc = [it.OIDC_ISSUER, it.OIDC_CLIENT_ID, it.OIDC_CLIENT_SECRET];
  const given = oidc.filter((value) => value !== undefined).length;
  return [
    ...(it.SOFI_DEMO && it.NODE_ENV === 'production' ? ['SOFI_DEMO: demo mode refuses NODE_ENV=production'] : []),
    ...(it.SOFI_MAIL_CATCHER !== undefined && !it.SOFI_DEMO
      ? ['SOFI_MAIL_CATCHER: only in demo mode, elsewhere mail has to reach people']
      : []),
    ...(given !== 0 && given !== oidc.length
      ? ['OIDC_ISSUER: give OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together']
      : []),
    ...(given === 0 && !it.SOFI_DEMO ? ['OIDC_ISSUER: needed outside demo mode, else nobody can log in'] : []),
    ...(it.SOFI_SESSION_SECRET === undefined && !it.SOFI_DEMO
      ? ['SOFI_SESSION_SECRET: needed outside demo mode, 32 characters or more']
      : []),
    ...(it.SOFI_LINK_SECRET === undefined && !it.SOFI_DEMO
      ? ['SOFI_LINK_SECRET: needed outside demo mode, the same for the API and the workers']
      : []),
  ];
}

function oidcOf(it: Environment): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = it;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return { issuer, clientId, clientSecret };
}

function refuse(faults: readonly string[]): never {
  throw new Error(`Cannot read the API's settings:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

/** Reads the process's settings; throws one Error that names every fault. */
export function readApiSettings(env: Readonly<Record<string, string | undefined>>): ApiSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) refuse(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const it = parsed.data;
  const faults = faultsOf(it);
  if (faults.length > 0) refuse(faults);
  return {
    port: it.PORT,
    host: it.HOST,
    databaseUrl: it.DATABASE_URL,
    temporal: {
      address: it.TEMPORAL_ADDRESS,
      namespace: it.TEMPORAL_NAMESPACE,
      tls: it.TEMPORAL_TLS,
      apiKey: it.TEMPORAL_API_KEY,
    },
    temporalUiUrl: it.TEMPORAL_UI_URL?.replace(/\/+$/, ''),
    publicUrl: (it.PUBLIC_URL ?? `http://localhost:${it.PORT}`).replace(/\/+$/, ''),
    dataFolder: it.SOFI_DATA,
    demo: it.SOFI_DEMO,
    operatorSecret: it.SOFI_OPERATOR_SECRET,
    loginSecret: it.SOFI_SESSION_SECRET ?? crypto.randomUUID() + crypto.randomUUID(),
    linkSecret: it.SOFI_LINK_SECRET ?? demoLinkSecret(it.DATABASE_URL),
    mailCatcher: it.SOFI_MAIL_CATCHER,
    regionFile: it.SOFI_REGION,
    oidc: oidcOf(it),
    trustedProxies: it.SOFI_TRUSTED_PROXIES.split(','),
    workerMetrics: it.SOFI_WORKER_METRICS,
    logLevel: it.LOG_LEVEL,
  };
}
