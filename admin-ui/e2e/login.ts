import type { Page } from '@playwright/test';

export type DemoPerson = 'of1' | 'of2' | 'moderatrice' | 'moderateur' | 'admin';

const FACE: Record<DemoPerson, string> = {
  of1: '/of/',
  of2: '/of/',
  moderatrice: '/console/',
  moderateur: '/console/',
  admin: '/console/',
};

/** Logs in as a demo person by the login page and waits for their own face. */
export async function logIn(page: Page, person: DemoPerson, place = ''): Promise<void> {
  const back = FACE[person] + place;
  await page.goto(`/login?retour=${encodeURIComponent(back)}`);
  await page.locator(`button[data-person="${person}@demo.sofi"]`).click();
  await page.waitForURL((url) => url.pathname === back.split('?')[0]);
  await page.getByRole('main').waitFor();
}
