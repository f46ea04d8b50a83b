import type { AuthProvider } from 'react-admin';
import type { Role } from '../../../domain/model/vocabulary.ts';
import { forgetMe, loadMe } from './me.ts';
import { asProblem } from './problem.ts';

function toLogin(): Promise<never> {
  const back = encodeURIComponent(window.location.pathname + window.location.search);
  window.location.assign(`/login?retour=${back}`);
  return new Promise(() => undefined);
}

/** Logins are the server's: 401 leads to /login and back; a role that has no business here is told so. */
export function authProviderFor(roles: readonly Role[]): AuthProvider {
  return {
    login: () => toLogin(),
    logout: async () => {
      forgetMe();
      return false;
    },
    checkAuth: async () => {
      await loadMe().catch((error: unknown) => (asProblem(error)?.status === 401 ? toLogin() : undefined));
    },
    checkError: async (error: unknown) => {
      if (asProblem(error)?.status === 401) await toLogin();
    },
    getIdentity: async () => {
      const { id, nom } = await loadMe();
      return { id, fullName: nom };
    },
    getPermissions: async () => (await loadMe()).role,
    canAccess: async () => roles.includes((await loadMe()).role),
  };
}
