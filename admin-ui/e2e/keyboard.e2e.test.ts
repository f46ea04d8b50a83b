import { expect, test } from '@playwright/test';
import { enterFormation, saved } from './entry.ts';
import { logIn } from './login.ts';

const TITRE = `Menuiserie au clavier ${Date.now().toString(36)}`;

test.describe.configure({ mode: 'serial' });

test('the list of keys opens with ? and a letter typed in a field decides nothing', async ({ page }) => {
  await logIn(page, 'moderateur');
  await page
    .getByRole('link', { name: /^Relire / })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Valider' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Demander des corrections');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('r');
  const motif = page.getByLabel(/Motif/);
  await expect(motif).toBeFocused();
  await page.keyboard.type('nan pas cela');
  await page.keyboard.press('Escape');
  await expect(motif).toBeHidden();
  await page.keyboard.press('r');
  await expect(motif).toHaveValue('nan pas cela');
});

test('a moderator asks for a change with a suggestion, by the keyboard alone', async ({ page }) => {
  await logIn(page, 'of2');
  await enterFormation(page, TITRE);
  await page.context().clearCookies();
  await logIn(page, 'moderateur', `?q=${encodeURIComponent(TITRE)}`);
  await page.getByRole('link', { name: `Relire ${TITRE}` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: TITRE })).toBeVisible();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: /Demander une correction de Résultats attendus/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Commentaire').fill('Dites ce que la personne saura faire.');
  await page.getByLabel(/Valeur proposée/).fill('Fabriquer un meuble simple.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Corrections demandées.')).toBeVisible();
});

test('the OF takes the suggestion in one click and deposits again', async ({ page }) => {
  await logIn(page, 'of2');
  await page.getByRole('link', { name: new RegExp(`Répondre\\s: ${TITRE}`) }).click();
  await expect(page.getByText('Dites ce que la personne saura faire.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Accepter la proposition' }).click();
  await expect(page.getByLabel('Résultats attendus')).toHaveValue('Fabriquer un meuble simple.');
  await saved(page);
  await page.getByRole('button', { name: 'Déposer la correction' }).click();
  await page.waitForURL(/\/of\/soumissions\//);
  await expect(page.getByText('Nouvelle version déposée')).toBeVisible();
});

test('the moderator sees what the answer changed, approves with a, and undoes with u', async ({ page }) => {
  await logIn(page, 'moderateur', `?q=${encodeURIComponent(TITRE)}`);
  await page.getByRole('link', { name: `Relire ${TITRE}` }).click();
  const address = page.url();
  await expect(page.getByText('version 2').first()).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('Validée.')).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole('button', { name: 'Annuler la décision' })).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Décision annulée.')).toBeVisible();
});
