import { expect, test } from '@playwright/test';
import { logIn } from './login.ts';

test('the console speaks French first, English when asked, and remembers', async ({ page }) => {
  await logIn(page, 'moderatrice');
  await expect(page.getByRole('heading', { level: 1, name: 'File de modération' })).toBeVisible();
  await page.getByRole('button', { name: /Français/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Moderation queue' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Moderation queue' })).toBeVisible();
});

test('the rules of the entry speak the language of the screen', async ({ page }) => {
  await logIn(page, 'of2');
  await page.getByRole('button', { name: /Français/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByRole('button', { name: 'New formation' }).click();
  await page.waitForURL(/\/of\/saisie\//);
  await page.getByLabel('Title of the formation').focus();
  await page.getByLabel('Title of the formation').blur();
  await expect(page.getByText(/The title is missing/)).toBeVisible();
});
