import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { goToStep, search } from './entry.ts';
import { logIn } from './login.ts';

const fitsWidth = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

/** Two formations side by side: the first of the queue that looks like another. */
async function lookAtLookAlikes(page: Page): Promise<void> {
  const compare = page.getByRole('button', { name: /^Comparer avec/ });
  const rows = page.getByRole('link', { name: /^Relire / });
  await page.goto('/console/');
  await rows.first().waitFor();
  const addresses = await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  for (const address of addresses) {
    await page.goto(address);
    await page
      .getByText(/de ressemblance|ne ressemble à celle-ci/)
      .first()
      .waitFor();
    if ((await compare.count()) === 0) continue;
    await compare.first().click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    return;
  }
  throw new Error('no soumission of the demo looks like another');
}

/** One item of the queue is asked for changes as a lot: the dialog, then the page of the results. */
async function askALot(page: Page): Promise<void> {
  await page.goto('/console/');
  await page
    .getByRole('checkbox', { name: /^Choisir (?!toute)/ })
    .last()
    .check();
  await page.getByRole('button', { name: 'Demander des corrections au lot' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().click();
  await page.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Ce qui serait fait' }).click();
  await dialog.getByRole('alert').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Décider' }).click();
  await page.getByText(/^terminé/).waitFor();
  await expectAccessible(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('each place of the console is free of axe findings', async ({ page }) => {
      test.setTimeout(240_000);
      await page.setViewportSize({ width: 1280, height: 900 });
      await logIn(page, 'admin');
      await page
        .getByRole('link', { name: /^Relire / })
        .first()
        .waitFor();
      await expectAccessible(page);
      await page.keyboard.press('/');
      await page.keyboard.type('menuisier');
      await page.getByRole('option').first().waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page
        .getByRole('link', { name: /^Relire / })
        .first()
        .click();
      await page.getByRole('button', { name: 'Valider' }).waitFor();
      await expectAccessible(page);
      await page.keyboard.press('c');
      await page
        .getByRole('button', { name: /^Demander une correction de/ })
        .first()
        .click();
      await expectAccessible(page);
      for (const place of [
        'formations',
        'organismes',
        'imports',
        'releases',
        'regles',
        'people',
        'referentiels',
        'promesse',
        'voies',
        'journal',
        'avis',
      ]) {
        await page.goto(`/console/${place}`);
        await page.getByRole('table').waitFor();
        await expectAccessible(page);
      }
      const dialog = page.getByRole('dialog');
      await page.goto('/console/voies');
      await page
        .getByRole('button', { name: /^Régler/ })
        .first()
        .click();
      await dialog.waitFor();
      await expectAccessible(page);
      await page.goto('/console/regles?q=capitales');
      await page
        .getByRole('table')
        .getByRole('button', { name: /Régler/ })
        .first()
        .click();
      await dialog.getByRole('button', { name: /Essayer/ }).click();
      await dialog.getByText(/^Aurait renvoyé/).waitFor();
      await expectAccessible(page);
      await lookAtLookAlikes(page);
      await askALot(page);
    });

    test('the OF’s space is free of axe findings and fits 320 px', async ({ page }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width: 320, height: 800 });
      await logIn(page, 'of1');
      await page.getByRole('button', { name: 'Nouvelle formation' }).waitFor();
      await expectAccessible(page);
      expect(await fitsWidth(page)).toBe(true);
      await page.getByRole('button', { name: 'Nouvelle formation' }).click();
      await page.waitForURL(/\/of\/saisie\//);
      await page
        .getByLabel('Intitulé de la formation')
        .fill('Conception et réalisation de meubles contemporains en bois massif');
      await search(page, 'Domaines (Formacode)', 'installation', /./);
      await page.getByRole('button', { name: 'Déposer' }).click();
      for (const step of ['Formation', 'Actions', 'Sessions', 'Financements'] as const) {
        await goToStep(page, step);
        await expectAccessible(page);
        expect(await fitsWidth(page)).toBe(true);
      }
      for (const place of ['imports', 'jetons']) {
        await page.goto(`/of/${place}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expectAccessible(page);
        expect(await fitsWidth(page)).toBe(true);
      }
      await page.goto('/of/');
      await page
        .getByRole('link', { name: /./ })
        .filter({ hasText: /boulanger|Technicien|Plomberie/ })
        .first()
        .click();
      await page.waitForURL(/\/of\/soumissions\//);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
      expect(await fitsWidth(page)).toBe(true);
    });
  });
}
