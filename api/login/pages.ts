import type { Role } from '../../domain/model/vocabulary.ts';
import type { Bilingual, Lang } from '../../domain/model/words.ts';
import { escapeHtml } from '../page.ts';
import { DEMO_PEOPLE, type DemoPerson } from './demo-people.ts';
import type { Person } from './people.ts';

const ROLE_WORDS: Readonly<Record<Role, Bilingual>> = {
  of: { fr: 'Organisme de formation', en: 'Training organisation' },
  moderateur: { fr: 'Modération (Cariforef)', en: 'Moderation (Cariforef)' },
  administrateur: { fr: 'Administration (Cariforef)', en: 'Administration (Cariforef)' },
  consommateur: { fr: 'Consommateur des flux', en: 'Consumer of the feeds' },
};

const WORDS = {
  title: { fr: 'Connexion', en: 'Log in' },
  demo: {
    fr: 'Cette plateforme est en démonstration : choisissez une personne, aucun mot de passe n’est demandé.',
    en: 'This platform is in demo mode: pick a person, no password is asked.',
  },
  people: { fr: 'Se connecter comme', en: 'Log in as' },
  go: { fr: 'Continuer avec votre compte', en: 'Continue with your account' },
  stranger: {
    fr: 'Votre identité est reconnue, mais aucun compte ne lui correspond ici. Demandez-en un au Cariforef.',
    en: 'Your identity is known, but no account here goes with it. Ask the Cariforef for one.',
  },
  left: { fr: 'Vous êtes déconnecté.', en: 'You are logged out.' },
  here: { fr: 'Vous êtes connecté comme', en: 'You are logged in as' },
} as const satisfies Readonly<Record<string, Bilingual>>;

interface LoginPage {
  readonly langue: Lang;
  readonly returnTo: string;
  readonly message: 'stranger' | 'left' | undefined;
  readonly sandbox: boolean;
  readonly person: Person | null;
}

function personButton({ langue, returnTo }: LoginPage, person: DemoPerson): string {
  return `<li><form method="get" action="/login/depart">
<input type="hidden" name="person" value="${escapeHtml(person.email)}">
<input type="hidden" name="retour" value="${escapeHtml(returnTo)}">
<button type="submit" data-person="${escapeHtml(person.email)}">${escapeHtml(person.nom)}
<small>${escapeHtml(person.email)} · ${escapeHtml(ROLE_WORDS[person.role][langue])}</small></button>
</form></li>`;
}

function choices(page: LoginPage): string {
  const { langue, returnTo } = page;
  if (page.sandbox) {
    const buttons = DEMO_PEOPLE.map((person) => personButton(page, person)).join('\n');
    return `<p>${WORDS.demo[langue]}</p>
<h2>${WORDS.people[langue]}</h2>
<ul class="choices">${buttons}</ul>`;
  }
  const query = new URLSearchParams({ retour: returnTo }).toString();
  return `<ul class="choices"><li><a href="/login/depart?${escapeHtml(query)}">${WORDS.go[langue]}</a></li></ul>`;
}

/** The login page: one button per demo person, or one link to the OpenID provider. */
export function loginPage(page: LoginPage) {
  const { langue, message, person } = page;
  const note = message === undefined ? '' : `<p class="note" role="status">${WORDS[message][langue]}</p>`;
  const here = person === null ? '' : `<p>${WORDS.here[langue]} ${escapeHtml(person.nom)}.</p>`;
  return {
    langue,
    title: WORDS.title[langue],
    main: `<h1>${WORDS.title[langue]}</h1>\n${note}\n${here}\n${choices(page)}`,
  };
}
