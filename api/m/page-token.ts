import { createHmac, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 24 * 3_600_000;

const mark = (secret: string, token: string, at: string) =>
  createHmac('sha256', secret).update(`page:${token}:${at}`).digest('base64url').slice(0, 22);

/** Goes into the page's form as a hidden field: a POST that carries it comes from somebody who saw the page. */
export function pageToken(secret: string, token: string, at: number): string {
  const time = at.toString(36);
  return `${time}.${mark(secret, token, time)}`;
}

/** Whether a page of this link was given out with this field within the last day. */
export function isOfPage(secret: string, token: string, field: string | undefined, now: number): boolean {
  const [time = '', given = ''] = (field ?? '').split('.');
  const expected = mark(secret, token, time);
  const at = Number.parseInt(time, 36);
  const isOwn = given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  return isOwn && at <= now && now - at < LIFE_MS;
}
