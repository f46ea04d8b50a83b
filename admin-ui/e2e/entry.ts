import { expect, type Page } from '@playwright/test';

/** A day of the form `AAAA-MM-JJ`, some days from now. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Chooses in a list of the entry. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Searches while typing, then takes the first answer with the keyboard. */
export async function search(page: Page, label: string, typed: string, answer: RegExp): Promise<void> {
  const box = page.getByRole('combobox', { name: label });
  await box.fill(typed);
  await expect(page.getByRole('option', { name: answer }).first()).toBeVisible();
  await box.press('Enter');
}

/** Waits until the server holds the last keystroke. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-phase', 'saved', { timeout: 15_000 });
}

/** Fills F: what is learnt. */
export async function fillFormation(page: Page, titre: string): Promise<void> {
  await page.getByLabel('Intitulé de la formation').fill(titre);
  await page.getByLabel('Objectif de formation').fill('Fabriquer et restaurer des meubles en bois massif.');
  await page.getByLabel('Contenu de la formation').fill('Dessin technique, assemblages, placage et finitions.');
  await page.getByLabel('Résultats attendus').fill('Savoir fabriquer un meuble simple en autonomie.');
  await choose(page, 'Formation certifiante', /^non$/);
  await search(page, 'Domaines (Formacode)', 'ebenisterie', /45582/);
  await choose(page, 'Parcours de formation', /en groupe/);
  await choose(page, "Niveau d'entrée", /sans niveau/);
  await page.getByLabel('Nom du contact').fill('Accueil');
  await page.getByLabel('Courriel').fill('accueil@organisme.example');
}

/** Fills A: for whom, how, where. */
export async function fillAction(page: Page): Promise<void> {
  await choose(page, "Mode d'enseignement", /présentielle/);
  await search(page, 'Publics visés', 'salarié', /salarié/i);
  await page.getByLabel('Rythme de la formation').fill('Temps plein, du lundi au vendredi');
  await page.getByLabel('Conditions spécifiques et prérequis').fill('Aucun prérequis');
  await choose(page, "Niveau d'entrée obligatoire", /^non$/);
  await page.getByLabel("Modalités de l'alternance").fill('Formation sans alternance');
  await choose(page, 'Prise en charge des frais possible', /^oui$/);
  await choose(page, "Modalités d'entrées et de sorties", /dates fixes/);
  await page.getByLabel('Numéro et rue').fill('12 rue des Ateliers');
  await search(page, 'Commune', 'Mayenne', /^Mayenne/);
}

/** Fills S and D: when, and who pays. */
export async function fillSession(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Début' }).fill(dayFromNow(60));
  await page.getByRole('textbox', { name: 'Fin' }).fill(dayFromNow(120));
  await page.getByRole('button', { name: 'Inscription au lieu de la formation' }).click();
}

export async function fillDispositif(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Ajouter un financement/ }).click();
  await search(page, 'Financeur', 'OPCO', /OPCO/);
  await page.getByLabel('Places financées').fill('12');
}

export async function goToStep(page: Page, step: 'Formation' | 'Actions' | 'Sessions' | 'Financements'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Étapes' })
    .getByRole('button', { name: new RegExp(`^${step}`) })
    .click();
}

/** Enters a whole formation by hand and deposits it; ends on its follow-up page. */
export async function enterFormation(page: Page, titre: string): Promise<void> {
  await page.getByRole('button', { name: 'Nouvelle formation' }).click();
  await page.waitForURL(/\/of\/saisie\//);
  await fillFormation(page, titre);
  await goToStep(page, 'Actions');
  await fillAction(page);
  await goToStep(page, 'Sessions');
  await fillSession(page);
  await goToStep(page, 'Financements');
  await fillDispositif(page);
  await saved(page);
  await page.getByRole('button', { name: 'Déposer' }).click();
  await page.waitForURL(/\/of\/soumissions\//);
}
