import { useTranslate } from 'react-admin';
import type { PersonRowDto } from '../../../domain/contract/people.contract.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';

const SORT = { field: 'nom', order: 'ASC' } as const;

/** Who may log in, and as what. */
export function PeoplePage() {
  const translate = useTranslate();
  const columns: Column<PersonRowDto>[] = [
    { label: 'console.person.nom', show: ({ nom }) => nom, sort: 'nom' },
    { label: 'console.person.email', show: ({ email }) => email, sort: 'email' },
    { label: 'console.person.role', show: ({ role }) => translate(`sofi.role.${role}`) },
    { label: 'console.person.organismes', show: ({ organismes }) => organismes.length },
    { label: 'console.person.langue', show: ({ langue }) => langue },
  ];
  return <TablePage<PersonRowDto> resource="people" title="console.person.title" columns={columns} sort={SORT} />;
}
