import { expect, test } from '@playwright/test';
import { enterFormation, saved } from './entry.ts';
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

test('a new version in between shows what changed, and keeps what was typed', async ({ browser }) => {
  test.setTimeout(120_000);
  const titre = `Vannerie reprise ${Date.now().toString(36)}`;
  const [of, moderator] = await Promise.all([browser.newPage(), browser.newPage()]);
  await logIn(of, 'of1');
  await enterFormation(of, titre);
  await logIn(moderator, 'moderatrice', `?q=${encodeURIComponent(titre)}`);
  await moderator.getByRole('link', { name: `Relire ${titre}` }).click();
  await moderator.getByRole('button', { name: 'Refuser' }).click();
  await moderator.getByLabel(/Motif/).fill('Hors du champ de la région');
  await of.getByRole('button', { name: 'Écrire une nouvelle version' }).click();
  await of.waitForURL(/\/of\/saisie\//);
  await of.getByLabel('Intitulé de la formation').fill(`${titre}, soir`);
  await saved(of);
  await of.getByRole('button', { name: 'Déposer' }).click();
  await of.waitForURL(/\/of\/soumissions\//);
  const changed = moderator
    .getByRole('alert')
    .filter({ hasText: 'La fiche a changé pendant votre lecture (version 2)' });
  await expect(changed).toBeVisible({ timeout: 30_000 });
  await expect(changed).toContainText('soir');
  await moderator.locator('form').getByRole('button', { name: 'Refuser' }).click();
  await expect(moderator.getByLabel(/Motif/)).toHaveValue('Hors du champ de la région');
  await moderator.getByRole('button', { name: 'J’ai vu, continuer sur la version 2' }).click();
  await expect(changed).toBeHidden();
  await expect(moderator.getByLabel(/Motif/)).toHaveValue('Hors du champ de la région');
  await moderator.locator('form').getByRole('button', { name: 'Refuser' }).click();
  await expect(of.getByText('Refusée : Hors du champ de la région')).toBeVisible({ timeout: 30_000 });
  await Promise.all([of, moderator].map((page) => page.close()));
});
