import { expect, test } from '@playwright/test';
import { logIn } from './login.ts';

test('a file that is not XML is refused with its reason, and nothing is created', async ({ page }) => {
  await logIn(page, 'moderatrice', 'imports');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'notes.xml',
    mimeType: 'application/xml',
    buffer: Buffer.from('<lheo xmlns="http://lheo.gouv.fr/2.3"><offres><formation></offres></lheo>'),
  });
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(/mal formé/);
});

test('the published feed, sent back as a dry run, is read whole and reported', async ({ page, request }) => {
  test.setTimeout(120_000);
  const feed = await (await request.get('/flux/lheo-2.3.xml')).body();
  await logIn(page, 'moderatrice', 'imports');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'retour.xml', mimeType: 'application/xml', buffer: feed });
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.waitForURL(/\/console\/imports\/[0-9a-f-]+/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('terminé', { timeout: 60_000 });
  const read = Number(await page.getByTestId('import-read').textContent());
  const numbers = await Promise.all(
    ['created', 'changed', 'unchanged', 'refused'].map(async (name) =>
      Number(await page.getByTestId(`import-${name}`).textContent()),
    ),
  );
  expect(read).toBeGreaterThan(100);
  expect(numbers.reduce((sum, n) => sum + n, 0)).toBe(read);
});
