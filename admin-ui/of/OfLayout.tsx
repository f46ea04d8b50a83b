import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { Role } from '../../domain/model/vocabulary.ts';
import { AppShell } from '../shared/parts/AppShell.tsx';
import { RoleGate } from '../shared/parts/RoleGate.tsx';
import { useLiveFiches } from './live/use-live-fiches.ts';

const ROLES: readonly Role[] = ['of'];

/** The frame of the OF's space: four places, one column, usable on a telephone. */
export function OfLayout({ children }: { readonly children?: ReactNode }) {
  const translate = useTranslate();
  const menu = [
    { to: '/', label: translate('of.menu.home') },
    { to: '/imports', label: translate('of.menu.imports') },
    { to: '/courriels', label: translate('courriel.title') },
    { to: '/jetons', label: translate('of.menu.tokens') },
  ];
  return (
    <AppShell title={translate('of.title')} menu={menu} wide={false}>
      <RoleGate roles={ROLES}>
        <LiveFiches />
        {children}
      </RoleGate>
    </AppShell>
  );
}

function LiveFiches() {
  useLiveFiches();
  return null;
}
