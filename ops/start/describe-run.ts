import type { Embedded } from './embedded.ts';
import type { ChildFacts } from './programs.ts';
import type { RunFacts } from './run-file.ts';

/** What run.json tells of a start. */
export function describeRun(facts: ChildFacts, namespace: string, db: Embedded, temporal: Embedded): RunFacts {
  const at = (path: string): string => facts.publicUrl + path;
  return {
    apiUrl: facts.apiUrl,
    addresses: {
      site: at('/'),
      console: at('/console/'),
      of: at('/of/'),
      api: at('/api/docs'),
      flux: at('/flux/manifest.json'),
      ...(facts.mailCatcher === undefined ? {} : { courriels: at('/demo/courriels') }),
      ...(facts.temporalUiUrl === undefined ? {} : { temporal: facts.temporalUiUrl }),
    },
    databaseUrl: facts.databaseUrl,
    temporalAddress: facts.temporalAddress,
    temporalNamespace: namespace,
    operatorSecret: facts.operatorSecret,
    embedded: { postgres: db.part !== undefined, temporal: temporal.part !== undefined },
  };
}
