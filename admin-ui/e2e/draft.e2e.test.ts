import { expect, test } from '@playwright/test';
import { saved } from './entry.ts';
import { logIn } from './login.ts';

test('what was typed without network survives a closed tab', async ({ page, context }) => {
  await logIn(page, 'of1');
  await page.getByRole('button', { name: 'Nouvelle formation' }).click();
  await page.waitForURL(/\/of\/saisie\//);
  const titre = page.getByLabel('Intitulé de la formation');
  await titre.fill('Tapisserie');
  await saved(page);
  const address = page.url();
  await context.route('**/api/v1/brouillons/**', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  );
  await titre.fill('Tapisserie d’ameublement');
  await expect(page.getByText(/Pas encore enregistré sur le serveur/)).toBeVisible();
  await page.close();
  await context.unroute('**/api/v1/brouillons/**');
  const again = await context.newPage();
  await again.goto(address);
  await expect(again.getByLabel('Intitulé de la formation')).toHaveValue('Tapisserie d’ameublement');
  await saved(again);
});

test('faults show beside their field with the mend while typing, and block the deposit', async ({ page }) => {
  await logIn(page, 'of1');
  await page.getByRole('button', { name: 'Nouvelle formation' }).click();
  await page.waitForURL(/\/of\/saisie\//);
  await page.getByLabel('Courriel').fill('pas une adresse');
  await page.getByLabel('Courriel').blur();
  await expect(page.getByText(/Écrivez une seule adresse/)).toBeVisible();
  await page.getByRole('button', { name: 'Déposer' }).click();
  await expect(page.getByText('Le dépôt est refusé : corrigez les points ci-dessous.')).toBeVisible();
  await expect(page).toHaveURL(/\/of\/saisie\//);
});

test('a draft can be given up, after a question', async ({ page }) => {
  const titre = `Brouillon à abandonner ${Date.now().toString(36)}`;
  await logIn(page, 'of1');
  await page.getByRole('button', { name: 'Nouvelle formation' }).click();
  await page.waitForURL(/\/of\/saisie\//);
  await page.getByLabel('Intitulé de la formation').fill(titre);
  await saved(page);
  await page.goto('/of/');
  await page.getByRole('button', { name: `Abandonner : ${titre}` }).click();
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await expect(page.getByText('Brouillon abandonné.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: titre })).toHaveCount(0);
});
