import { describe, expect, it } from '@jest/globals';
import { readApiSettings } from './settings.ts';

const DEMO = { DATABASE_URL: 'postgresql://x@127.0.0.1/sofi', SOFI_DEMO: '1' };
const REAL = {
  DATABASE_URL: 'postgresql://x@127.0.0.1/sofi',
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://offre.example/',
  OIDC_ISSUER: 'https://id.example',
  OIDC_CLIENT_ID: 'sofi',
  OIDC_CLIENT_SECRET: 's',
  SOFI_SESSION_SECRET: 'x'.repeat(32),
  SOFI_LINK_SECRET: 'y'.repeat(32),
};

describe('the settings of the API', () => {
  it('need little in demo mode', () => {
    expect(readApiSettings(DEMO)).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', demo: true });
  });

  it('take a real provider and a secret outside it', () => {
    expect(readApiSettings(REAL)).toMatchObject({
      publicUrl: 'https://offre.example',
      demo: false,
      oidc: { clientId: 'sofi' },
    });
  });

  it('name every fault at once', () => {
    const read = () => readApiSettings({ PORT: 'x', DATABASE_URL: 'mysql://x', SOFI_DEMO: 'oui' });
    expect(read).toThrow(/PORT.*DATABASE_URL.*SOFI_DEMO/s);
  });

  it.each([
    ['demo mode in production', { ...REAL, SOFI_DEMO: '1' }, /SOFI_DEMO/],
    ['half a provider', { ...REAL, OIDC_CLIENT_SECRET: '' }, /OIDC_ISSUER: give/],
    [
      'nobody who could log in',
      { ...REAL, OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '' },
      /nobody can log in/,
    ],
    ['a secret that changes at each start', { ...REAL, SOFI_SESSION_SECRET: '' }, /SOFI_SESSION_SECRET/],
    ['links that no worker could sign', { ...REAL, SOFI_LINK_SECRET: '' }, /SOFI_LINK_SECRET/],
    ['a catcher of mail outside demo mode', { ...REAL, SOFI_MAIL_CATCHER: '1025' }, /SOFI_MAIL_CATCHER/],
    ['a short operator secret', { ...DEMO, SOFI_OPERATOR_SECRET: 'court' }, /SOFI_OPERATOR_SECRET/],
  ])('refuse %s', (_, env, words) => {
    expect(() => readApiSettings(env)).toThrow(words);
  });

  it('take an empty variable for an absent one', () => {
    expect(readApiSettings({ ...DEMO, TEMPORAL_UI_URL: '', PORT: '' })).toMatchObject({
      port: 3000,
      temporalUiUrl: undefined,
    });
  });
});
