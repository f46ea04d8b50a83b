import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { logIn } from './login.ts';

// The last file of the run: it moves the platform's business clock, and what nobody confirms goes stale.
test.describe.configure({ mode: 'serial' });

/** The button says 30: after so few the first reminders are out, to both OFs of the demo. */
const DAYS = 5;

async function goForward(page: Page): Promise<void> {
  await page.route('**/api/v1/demo/clock', (route) =>
    route.request().method() === 'POST'
      ? route.continue({ postData: JSON.stringify({ days: DAYS }) })
      : route.continue(),
  );
  await page.getByRole('button', { name: 'Avancer de 30 jours' }).click();
  await expect(page.getByText(new RegExp(`^Jour \\d+ sur ${DAYS}`))).toBeVisible();
  await expect(page.getByText('Avancée terminée.')).toBeVisible({ timeout: 90_000 });
}

/** How light the page's background is, from 0 to 765. */
const lightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(
      Number,
    );
    return red + green + blue;
  });

async function inBothSchemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(async () => ((await lightness(page)) > 380 ? 'light' : 'dark')).toBe(colorScheme);
    await look();
  }
}

/** The address in the text part of a person's reminder, on the page of the demo's mail catcher. */
async function linkOfReminder(page: Page, person: string): Promise<string> {
  const mail = page
    .getByRole('row')
    .filter({ hasText: person })
    .getByRole('link', { name: /confirmer/ });
  await expect(async () => {
    await page.goto('/demo/courriels');
    await expect(mail.first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await mail.first().click();
  const link = page.locator('pre a[href*="/m/"]').first();
  return (await link.getAttribute('href')) ?? '';
}

test('an administrator goes forward by the button: reminders leave, and what has ended is not confirmed', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await logIn(page, 'admin', 'fraicheur');
  await goForward(page);
  const rows = page.getByRole('table', { name: 'Sessions qui attendent une parole' }).getByRole('row');
  await expect(rows.filter({ hasText: /rappel/ }).first()).toBeVisible();
  const ended = rows.filter({ hasText: 'session terminée' });
  await expect(ended.first()).toBeVisible();
  await expect(ended.getByRole('button', { name: /^Confirmée au téléphone/ })).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'À appeler' }).getByRole('row').nth(1)).toBeVisible();
  await inBothSchemes(page, () => expectAccessible(page));
  await page.goto('/console/courriels');
  await expect(page.getByRole('button', { name: /^Aperçu/ }).first()).toBeVisible();
  await inBothSchemes(page, () => expectAccessible(page));
});

test('the page of a reminder is answered without JavaScript', async ({ page, browser, baseURL }) => {
  const address = await linkOfReminder(page, 'of1@demo.sofi');
  const plain: BrowserContext = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'fr-FR',
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const answering = await plain.newPage();
  await answering.goto(address);
  await expect(answering.getByRole('heading', { level: 1 })).toHaveText('Vos sessions sont-elles à jour ?');
  await answering.getByRole('combobox', { name: 'Réponse' }).first().selectOption({ label: 'Complète' });
  await answering.getByRole('button', { name: 'Envoyer ces réponses' }).click();
  await expect(answering.getByText('C’est noté.')).toBeVisible();
  await plain.close();
  await page.goto(address);
  await expect(page.getByText(/Complète \(\d{2}\/\d{2}\/\d{4}\)/)).toBeVisible();
  await inBothSchemes(page, () => expectAccessible(page));
});

test('an OF confirms at once what waits for a word', async ({ page }) => {
  await logIn(page, 'of2');
  await expect(page.getByRole('heading', { name: /^\d+ sessions? à confirmer$/ })).toBeVisible();
  await inBothSchemes(page, () => expectAccessible(page));
  await page.getByRole('button', { name: 'Toutes sont toujours valables' }).click();
  await expect(page.getByText(/^\d+ sessions? confirmées?\.$/)).toBeVisible();
  await expect(page.getByRole('heading', { name: /à confirmer$/ })).toHaveCount(0);
});
