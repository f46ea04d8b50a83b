import { expect, test } from '@playwright/test';
import { enterFormation } from './entry.ts';
import { logIn } from './login.ts';

const TITRE = `Vannerie à deux ${Date.now().toString(36)}`;

test('the second of two moderators sees who holds an item', async ({ browser }) => {
  test.setTimeout(120_000);
  const [of, first, second] = await Promise.all([browser.newPage(), browser.newPage(), browser.newPage()]);
  await logIn(of, 'of1');
  await enterFormation(of, TITRE);
  for (const [page, person] of [
    [first, 'moderatrice'],
    [second, 'moderateur'],
  ] as const) {
    await logIn(page, person, `?q=${encodeURIComponent(TITRE)}`);
    await page.getByRole('link', { name: `Relire ${TITRE}` }).click();
    await expect(page.getByRole('heading', { level: 1, name: TITRE })).toBeVisible();
  }
  await first.getByRole('button', { name: 'Prendre' }).click();
  await expect(first.getByText(/Vous la tenez jusqu’à/)).toBeVisible();
  await second.getByRole('button', { name: 'Valider' }).click();
  await expect(second.getByRole('alert').filter({ hasText: 'Un collègue tient cette soumission' })).toBeVisible();
  await expect(second.getByText(/Maëlle Guérin la tient jusqu’à/)).toBeVisible();
  await second.getByRole('button', { name: 'Reprendre' }).first().click();
  await expect(second.getByText(/Vous la tenez jusqu’à/)).toBeVisible();
  await Promise.all([of, first, second].map((page) => page.close()));
});
