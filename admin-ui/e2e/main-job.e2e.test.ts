import { expect, test } from '@playwright/test';
import { enterFormation } from './entry.ts';
import { logIn } from './login.ts';

const TITRE = `Initiation à l’ébénisterie ${Date.now().toString(36)}`;

test.describe.configure({ mode: 'serial' });

test('an OF enters a formation by hand, deposits it and sees when it will be published', async ({ page }) => {
  await logIn(page, 'of1');
  await enterFormation(page, TITRE);
  await expect(page.getByRole('heading', { level: 1, name: TITRE })).toBeVisible();
  await expect(page.getByText('à relire')).toBeVisible();
  await expect(page.getByText('Déposée', { exact: true })).toBeVisible();
  await page.goto('/of/');
  const line = page.getByRole('listitem').filter({ hasText: TITRE }).first();
  await expect(line).toContainText(/publiée avant .* 18:00/);
});

test('a moderator finds it, takes it and approves it', async ({ page }) => {
  await logIn(page, 'moderatrice', `?q=${encodeURIComponent(TITRE)}`);
  await expect(page.getByTestId('queue-total')).toContainText('1 soumission');
  await page.getByRole('link', { name: `Relire ${TITRE}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITRE })).toBeVisible();
  await page.getByRole('button', { name: 'Prendre' }).click();
  await expect(page.getByText(/Vous la tenez jusqu’à/)).toBeVisible();
  await page.getByRole('button', { name: 'Valider' }).click();
  await expect(page.getByText('Validée.')).toBeVisible();
  await page.goto(`/console/?view=decided&q=${encodeURIComponent(TITRE)}`);
  await expect(page.getByRole('row').filter({ hasText: TITRE })).toContainText('validée');
});

test('an administrator publishes, and the feed holds the formation', async ({ page, request }) => {
  test.setTimeout(120_000);
  await logIn(page, 'admin', 'releases');
  await page.getByRole('table').waitFor();
  const before = await page.getByRole('row').count();
  await page.getByRole('button', { name: 'Publier maintenant' }).click();
  await expect(page.getByText('Publication demandée.')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(before + 1, { timeout: 30_000 });
  await expect(page.getByRole('row').nth(1)).toContainText('en ligne', { timeout: 60_000 });
  await expect
    .poll(async () => (await (await request.get('/flux/lheo-2.3.xml')).text()).includes(TITRE), { timeout: 30_000 })
    .toBe(true);
  await logIn(page, 'of1');
  await expect(page.getByRole('listitem').filter({ hasText: TITRE }).first()).toContainText('publiée le');
});

test('the OF takes it out of the offer, which a moderator approves as a withdrawal', async ({ page }) => {
  await logIn(page, 'of1');
  await page.getByRole('button', { name: `Retirer de l’offre : ${TITRE}` }).click();
  await page.getByLabel(/Pourquoi/).fill('Le plateau technique ferme');
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer de l’offre' }).click();
  await page.waitForURL(/\/of\/soumissions\//);
  await expect(page.getByRole('heading', { level: 1, name: TITRE })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Écrire une nouvelle version' })).toHaveCount(0);
  await logIn(page, 'moderateur', `?q=${encodeURIComponent(TITRE)}`);
  await expect(page.getByRole('row').filter({ hasText: TITRE })).toContainText('retrait');
  await page.getByRole('link', { name: `Relire ${TITRE}` }).click();
  await page.getByRole('button', { name: 'Valider' }).click();
  await expect(page.getByText('Validée.')).toBeVisible();
});
