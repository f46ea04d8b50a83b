// The arrows of the house: who may import whom. Each row names a folder and what it may reach inside the house.
const HOUSE = [
  'domain/grammar',
  'domain/model',
  'domain/contract',
  'domain/lheo',
  'workflows',
  'workers',
  'mail',
  'api',
  'admin-ui',
  'db',
  'ops',
];
const MAY_IMPORT = {
  'domain/grammar': [],
  'domain/model': ['domain/grammar'],
  'domain/contract': ['domain/model', 'domain/grammar'],
  'domain/lheo': ['domain/model', 'domain/grammar'],
  workflows: ['domain/model'],
  workers: ['workflows', 'db', 'domain/', 'mail'],
  mail: ['domain/'],
  api: ['workflows/messages', 'db', 'domain/', 'mail'],
  'admin-ui': ['domain/model', 'domain/grammar', 'domain/contract'],
  db: ['domain/'],
  ops: ['domain/', 'workflows', 'workers', 'mail', 'api', 'db'],
};
const tests = '\\.(test|e2e\\.test|integration\\.test|workflow\\.test)\\.tsx?$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...HOUSE.map((folder) => ({
      name: `arrows-of-${folder.replace('/', '-')}`,
      severity: 'error',
      from: { path: `^${folder}/`, pathNot: tests },
      to: {
        path: `^(${HOUSE.join('|')})/`,
        pathNot: `^(${[`${folder}/`, ...MAY_IMPORT[folder]].join('|')})`,
      },
    })),
    {
      name: 'domain-is-pure',
      comment: 'No I/O and no framework in the domain; domain/lheo may use XML libraries, domain/contract zod.',
      severity: 'error',
      from: { path: '^domain/(grammar|model)/', pathNot: tests },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'workflows-are-light',
      severity: 'error',
      from: { path: '^workflows/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/@temporalio/(workflow|common)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Tests may import what they like; the parser does not know their `using` either.
    exclude: { path: '(^|/)dist/|\\.test\\.tsx?$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'] },
  },
};
