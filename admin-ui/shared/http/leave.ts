import { csrfToken } from './api.ts';
import { forgetMe } from './me.ts';

/** Ends the login on the server, then goes where it says. */
export async function leave(): Promise<void> {
  const response = await fetch('/logout', {
    method: 'POST',
    headers: { Accept: 'application/json', 'X-CSRF-Token': csrfToken() ?? '' },
    credentials: 'same-origin',
  });
  forgetMe();
  const { location } = response.ok ? ((await response.json()) as { location: string }) : { location: '/login' };
  window.location.assign(location);
}
