/** Database roles: the API works behind the wall of row-level security, the workers in front of it; neither owns a table. */
export const API_ROLE = 'sofi_api';
export const WORKER_ROLE = 'sofi_worker';
/** The only role that may rewrite an accepted document, to remove a person (design §7). */
export const ERASER_ROLE = 'sofi_eraser';

/** Session variables that the API sets for each request; the policies read them. */
export const SESSION_USER = 'sofi.user';
export const SESSION_ROLE = 'sofi.role';
/** Comma-separated ids of the organismes for which an OF enters. */
export const SESSION_ORGANISMES = 'sofi.organismes';

const cariforef = `(select current_setting('${SESSION_ROLE}', true)) in ('moderateur', 'administrateur')`;
const ownOrganisme = `organisme_id = any (string_to_array((select nullif(current_setting('${SESSION_ORGANISMES}', true), '')), ',')::uuid[])`;

/** Whole table for the workers; for the API, the Cariforef sees every row and an OF those of its own organismes. */
export const organismeWall = (readableWhen = 'true') => [
  { name: 'worker_all', roles: [WORKER_ROLE], using: 'true', check: 'true' },
  {
    name: 'api_own',
    roles: [API_ROLE],
    using: `${cariforef} or (${ownOrganisme} and ${readableWhen})`,
    check: `${cariforef} or ${ownOrganisme}`,
  },
];

/** For the Cariforef only: an OF sees no row. */
export const cariforefWall = () => [
  { name: 'worker_all', roles: [WORKER_ROLE], using: 'true', check: 'true' },
  { name: 'api_own', roles: [API_ROLE], using: cariforef, check: cariforef },
];

const administrateur = `(select current_setting('${SESSION_ROLE}', true)) = 'administrateur'`;

/** Notices: an OF reads those of its organismes, moderators theirs, administrators all but the OF's; anybody's act may leave one. */
export const noticeWall = () => [
  { name: 'worker_all', roles: [WORKER_ROLE], using: 'true', check: 'true' },
  {
    name: 'api_own',
    roles: [API_ROLE],
    using: `(audience = 'of' and ${ownOrganisme}) or (audience = 'moderateurs' and ${cariforef}) or (audience = 'administrateurs' and ${administrateur})`,
    check: `${cariforef} or ${ownOrganisme}`,
  },
];

/** Rows of one person, by the column that names it: the Cariforef reads them too, only the person writes them. */
export const personWall = (column: string) => {
  const own = `${column} = (select current_setting('${SESSION_USER}', true))`;
  return [
    { name: 'worker_all', roles: [WORKER_ROLE], using: 'true', check: 'true' },
    { name: 'api_own', roles: [API_ROLE], using: `${own} or ${cariforef}`, check: own },
  ];
};
