import type { Request } from 'express';
import type { LinkedMail } from '../../db/mail/links.ts';
import type { Lang } from '../../domain/model/words.ts';
import type { Answer } from '../answer.ts';
import type { ApiDeps } from '../deps.ts';

/** A link of a mail, opened: by whoever holds it, a mail scanner included. */
export interface LinkCall {
  readonly deps: ApiDeps;
  readonly req: Request;
  readonly langue: Lang;
  /** The signed token; the page's forms POST to `/m/{token}`. */
  readonly token: string;
  /** Its scope. */
  readonly mail: LinkedMail;
  /** Its life is over: the page may offer a new one. */
  readonly expired: boolean;
}

/** The fields of a posted form; a name given several times keeps all its values. */
export type FormFields = Readonly<Record<string, readonly string[]>>;

/** What one kind of link opens. `get` changes nothing: scanners follow links. */
export interface LinkPage {
  readonly get: (call: LinkCall) => Promise<Answer>;
  readonly post: (call: LinkCall, fields: FormFields) => Promise<Answer>;
}
