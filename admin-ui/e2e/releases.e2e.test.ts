import { expect, test } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { logIn } from './login.ts';

test('an administrator follows a release, sees what proves its files, pins a formation and frees it', async ({
  page,
}) => {
  await logIn(page, 'admin', 'releases');
  const newest = page.getByRole('link', { name: /^\d+$/ }).first();
  const number = (await newest.textContent()) ?? '';
  await newest.click();
  await expect(page.getByRole('heading', { level: 1, name: /^Publication \d+$/ })).toBeVisible();
  const files = page.getByRole('region', { name: 'Liste des fichiers' });
  await expect(files.getByRole('link', { name: 'lheo-2.3.xml' })).toBeVisible();
  await expect(files.getByText(/^[0-9a-f]{64}$/).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Revenir à cette publication' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/La publication sera ensuite retenue/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Confirmer' })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Annuler' }).click();

  await page.goto('/console/horaires');
  const daily = page.getByRole('region', { name: 'Publication quotidienne' });
  await expect(daily).toBeVisible();
  await expectAccessible(page);
  await daily.getByRole('button', { name: 'Lancer maintenant' }).click();
  // The scheduled release of the day stays the Schedule's own: this one stands beside it.
  await expect
    .poll(
      async () => {
        const [release] = await (await page.request.get('/api/v1/releases?sort=["n","DESC"]&range=[0,0]')).json();
        return [release.n > Number(number), release.scheduled, release.state];
      },
      { timeout: 60_000 },
    )
    .toEqual([true, false, 'published']);

  await page.goto('/console/formations');
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Épingler la version en ligne' }).click();
  await expect(page.getByText(/^Épinglée\s: la version de la publication \d+ reste en ligne\.$/)).toBeVisible();
  await page.getByLabel('Publier à partir du').fill('2099-01-01');
  await page.getByRole('button', { name: 'Fixer la date' }).click();
  await expect(page.getByText('La version validée attend le 2099-01-01.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Retirer la date' }).click();
  await page.getByRole('button', { name: 'Désépingler' }).click();
  await expect(page.getByRole('button', { name: 'Épingler la version en ligne' })).toBeVisible();
  await page.getByLabel('Publication à garder').fill(number);
  await page.getByRole('button', { name: 'Épingler sa version' }).click();
  await expect(page.getByText(`Épinglée : la version de la publication ${number} reste en ligne.`)).toBeVisible();
  await page.getByRole('button', { name: 'Désépingler' }).click();

  await page.goto('/console/?view=keptOut');
  await expect(page.getByRole('tab', { name: 'Hors publication', selected: true })).toBeVisible();
  await expectAccessible(page);
});

test('an administrator rolls back, and sees what would change before publication goes on', async ({ page }) => {
  await logIn(page, 'admin', 'releases');
  await page.getByRole('link', { name: /^\d+$/ }).first().click();
  await page.getByRole('button', { name: 'Revenir à cette publication' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motif').fill('Essai du retour arrière');
  await dialog.getByRole('button', { name: 'Confirmer' }).click();

  await page.goto('/console/releases');
  await expect(page.getByText(/^Publication retenue depuis le retour arrière \d+/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Publier maintenant' }).click();
  await expect(page.getByRole('cell', { name: 'Retenue' }).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Reprendre la publication' }).click();
  await expect(dialog.getByText(/^La publication \d+, préparée depuis/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Confirmer' }).click();
  await expect(page.getByText(/^Publication retenue depuis/)).toHaveCount(0);
});
