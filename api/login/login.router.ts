import { type Request, type RequestHandler, type Response, Router } from 'express';
import { SofiError } from '../../domain/model/errors.ts';
import type { Role } from '../../domain/model/vocabulary.ts';
import type { ApiDeps } from '../deps.ts';
import { htmlPage, pageLang } from '../page.ts';
import { csrfProtection, csrfTokenOf, LOGIN_COOKIE } from './cookie.ts';
import type { OidcClient } from './oidc.ts';
import { loginPage } from './pages.ts';
import { type Person, personBySubject } from './people.ts';

/** Where each role works. */
const HOME: Readonly<Record<Role, string>> = {
  of: '/of/',
  moderateur: '/console/',
  administrateur: '/console/',
  consommateur: '/api/docs',
};

/** An address of this site to go back to; anything else is dropped. */
function localPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(value) ? value : '';
}

const regenerate = (req: Request) =>
  new Promise<void>((done, fail) => req.session.regenerate((error) => (error ? fail(error) : done())));
const save = (req: Request) =>
  new Promise<void>((done, fail) => req.session.save((error) => (error ? fail(error) : done())));
const destroy = (req: Request) =>
  new Promise<void>((done, fail) => req.session.destroy((error) => (error ? fail(error) : done())));

/** Cookies belong to one host: a login begun under another name of this machine would never come back. */
function onPublicHost(publicUrl: string): RequestHandler {
  const { host } = new URL(publicUrl);
  return (req, res, next) => {
    if (req.method === 'GET' && req.get('Host') !== host) res.redirect(302, `${publicUrl}${req.originalUrl}`);
    else next();
  };
}

async function openLogin(req: Request, person: Person): Promise<void> {
  // A new id: one that was planted before the login must not become the login's.
  await regenerate(req);
  req.session.userId = person.userId;
  // Now, and not at the first `/me`: the answer's own save, which may come late, must not forget it.
  csrfTokenOf(req);
  await save(req);
}

/** `/login`, the round trip to the OpenID provider and back, `/logout`. */
export function loginRouter(deps: ApiDeps, oidc: OidcClient): Router {
  const { db, settings } = deps;
  const start = async (req: Request, res: Response) => {
    const hint = typeof req.query.person === 'string' ? req.query.person : undefined;
    const { url, trip } = await oidc.start(hint);
    req.session.oidc = { ...trip, returnTo: localPath(req.query.retour) };
    await save(req);
    res.redirect(302, url.href);
  };
  const comeBack = async (req: Request, res: Response) => {
    const trip = req.session.oidc;
    if (trip === undefined) return res.redirect(303, '/login');
    delete req.session.oidc;
    const search = req.originalUrl.slice(req.originalUrl.indexOf('?'));
    const identity = await oidc.finish(search, trip);
    const person = await db.asWorker((sql) => personBySubject(sql, identity));
    if (person === null) {
      await destroy(req);
      return res.redirect(303, '/login?inconnu=1');
    }
    await openLogin(req, person);
    return res.redirect(303, trip.returnTo === '' ? HOME[person.role] : trip.returnTo);
  };
  const leave = async (req: Request, res: Response) => {
    await destroy(req);
    res.clearCookie(LOGIN_COOKIE, { path: '/' });
    const location = (oidc.isSandbox ? undefined : await oidc.endUrl()) ?? '/login?parti=1';
    if (req.accepts(['html', 'json']) === 'json') res.json({ location });
    else res.redirect(303, location);
  };
  return Router()
    .use('/login', onPublicHost(settings.publicUrl))
    .get('/login', (req, res) => {
      const langue = pageLang(req);
      const returnTo = localPath(req.query.retour);
      const message = 'inconnu' in req.query ? 'stranger' : 'parti' in req.query ? 'left' : undefined;
      res.send(htmlPage(loginPage({ langue, returnTo, message, sandbox: oidc.isSandbox, person: req.person })));
    })
    .get('/login/depart', start)
    .get('/login/retour', comeBack)
    .post('/logout', csrfProtection, leave)
    .all('/logout', (_req, res) => {
      res.set('Allow', 'POST');
      throw new SofiError('methode');
    });
}
