import type { AuthProvider } from 'react-admin';
import { forgetMe, loadMe } from './me.ts';
import { asProblem } from './problem.ts';

function toLogin(): Promise<never> {
  const back = encodeURIComponent(window.location.pathname + window.location.search);
  window.location.assign(`/login?retour=${back}`);
  return new Promise(() => undefined);
}

/** Logins are the server's: 401 leads to /login and back. */
export const authProvider: AuthProvider = {
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
};
