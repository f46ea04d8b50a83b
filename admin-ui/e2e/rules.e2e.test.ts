import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { enterFormation } from './entry.ts';
import { logIn } from './login.ts';

const TITRE = `Restauration de sièges anciens ${Date.now().toString(36)}`;

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}

async function openReview(page: Page): Promise<void> {
  await logIn(page, 'moderatrice', `?q=${encodeURIComponent(TITRE)}`);
  await page.getByRole('link', { name: `Relire ${TITRE}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITRE })).toBeVisible();
}

test.describe.configure({ mode: 'serial' });

test('an administrator tries a rule on past soumissions, then sets it for a day to come', async ({ page }) => {
  await logIn(page, 'admin', 'regles');
  await page.getByLabel('Chercher une règle').fill('sans-majuscules');
  await page.getByRole('button', { name: 'Régler « sans-majuscules »' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('saisie', { exact: true }).click();
  await page.getByRole('option', { name: 'bloque' }).click();
  await expect(dialog.getByRole('button', { name: 'Enregistrer le réglage' })).toBeDisabled();
  await dialog.getByRole('button', { name: /^Essayer/ }).click();
  await expect(dialog.getByText(/^Aurait renvoyé \d+ soumissions? de plus sur \d+/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('En vigueur à partir du').fill('2099-01-01');
  await dialog.getByLabel('Pourquoi (gardé avec le réglage)').fill('Titres illisibles');
  await dialog.getByRole('button', { name: 'Enregistrer le réglage' }).click();
  await expect(page.getByText('Réglage enregistré.')).toBeVisible();
  await page.getByRole('button', { name: 'Régler « sans-majuscules »' }).click();
  await expect(page.getByRole('dialog').getByText('Titres illisibles')).toBeVisible();
});

test('the queue shows a deposit by itself, live', async ({ page, browser }) => {
  await logIn(page, 'moderatrice', `?q=${encodeURIComponent(TITRE)}`);
  await expect(page.getByTestId('queue-total')).toContainText('En direct');
  const other = await browser.newContext();
  const of = await other.newPage();
  await logIn(of, 'of1');
  await enterFormation(of, TITRE);
  await other.close();
  await expect(page.getByTestId('queue-total')).toContainText('1 soumission', { timeout: 5_000 });
});

test('a moderator sees the same formation twice, side by side, and makes them one', async ({ page }) => {
  test.setTimeout(120_000);
  await openReview(page);
  await page.getByRole('button', { name: 'Prendre' }).click();
  await page.getByRole('button', { name: 'Valider' }).click();
  await expect(page.getByText('Validée.')).toBeVisible();
  await logIn(page, 'of1');
  await enterFormation(page, TITRE);
  await openReview(page);
  const panel = page.getByRole('region', { name: 'Fiches ressemblantes' });
  await expect(panel.getByText('même organisme')).toBeVisible();
  await panel.getByRole('button', { name: /^Comparer avec/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Proposée ici' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Réunir' }).click();
  await expect(dialog.getByRole('radio', { name: 'celle-ci' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Réunir maintenant' }).click();
  await expect(page.getByText('Fiches réunies.')).toBeVisible();
  await expect(page.getByText('refusée').first()).toBeVisible();
});

test('the journal is searched by act', async ({ page }) => {
  await logIn(page, 'moderatrice', 'journal');
  await page.getByRole('table').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Acte').click();
  await page.getByRole('option', { name: 'Jugement sur une fiche ressemblante' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'merge' }).first()).toBeVisible();
  const href = await page.getByRole('link', { name: 'Télécharger en .csv' }).getAttribute('href');
  const csv = await page.request.get(href ?? '');
  expect(csv.headers()['content-type']).toContain('text/csv');
});
