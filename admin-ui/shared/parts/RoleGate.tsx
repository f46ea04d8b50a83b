import { Alert } from '@mui/material';
import type { ReactNode } from 'react';
import { usePermissions, useTranslate } from 'react-admin';
import type { Role } from '../../../domain/model/vocabulary.ts';
import { LoadState } from './LoadState.tsx';

/** Shows a face to the roles that work there; the wall itself is the API's. */
export function RoleGate({ roles, children }: { readonly roles: readonly Role[]; readonly children: ReactNode }) {
  const translate = useTranslate();
  const { permissions, isPending, error, refetch } = usePermissions<Role>();
  if (isPending || error) return <LoadState error={error} retry={refetch} />;
  if (!roles.some((role) => role === permissions))
    return <Alert severity="warning">{translate('sofi.state.noRight')}</Alert>;
  return children;
}
