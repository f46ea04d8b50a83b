import type { ReactNode } from 'react';
import { usePermissions, useTranslate } from 'react-admin';
import type { Role } from '../../domain/model/vocabulary.ts';
import { AppShell } from '../shared/parts/AppShell.tsx';
import { RoleGate } from '../shared/parts/RoleGate.tsx';
import { useLiveQueue } from './live/use-live-queue.ts';
import { GlobalSearch } from './search/GlobalSearch.tsx';

const ROLES: readonly Role[] = ['moderateur', 'administrateur'];
const PLACES = [
  'promesse',
  'voies',
  'formations',
  'organismes',
  'imports',
  'releases',
  'horaires',
  'regles',
  'referentiels',
  'journal',
] as const;

/** The console's frame; People is there for administrators. */
export function ConsoleLayout({ children }: { readonly children?: ReactNode }) {
  const translate = useTranslate();
  const { permissions } = usePermissions<Role>();
  const mayModerate = permissions !== undefined && ROLES.includes(permissions);
  const places = permissions === 'administrateur' ? [...PLACES, 'people' as const] : PLACES;
  const menu = [
    { to: '/', label: translate('console.menu.queue') },
    ...places.map((place) => ({ to: `/${place}`, label: translate(`console.menu.${place}`) })),
    { to: '/fraicheur', label: translate('fraicheur.title') },
    { to: '/courriels', label: translate('courriel.title') },
  ];
  return (
    <AppShell title={translate('console.title')} menu={menu} tools={mayModerate ? <GlobalSearch /> : null} wide>
      <RoleGate roles={ROLES}>
        <LiveQueue />
        {children}
      </RoleGate>
    </AppShell>
  );
}

/** Hears of the queue once a person who may see it is known. */
function LiveQueue() {
  useLiveQueue();
  return null;
}
