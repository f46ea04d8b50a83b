import { describe, expect, it } from '@jest/globals';
import { readWorkerSettings } from './settings.ts';

describe('the settings of a worker', () => {
  it('need a database only, and take an empty variable for an absent one', () => {
    const settings = readWorkerSettings({ DATABASE_URL: 'postgresql://127.0.0.1/sofi', TEMPORAL_ADDRESS: '' });
    expect(settings).toMatchObject({ temporal: { address: '127.0.0.1:7233', namespace: 'default' }, demo: false });
  });

  it('name every fault at once', () => {
    const read = () => readWorkerSettings({ DATABASE_URL: 'mysql://x', SOFI_DEMO: 'yes' });
    expect(read).toThrow(/DATABASE_URL[\s\S]*SOFI_DEMO/);
  });

  it('need the address and the secret of links before they send mail to people', () => {
    const env = { DATABASE_URL: 'postgresql://127.0.0.1/sofi', SMTP_URL: 'smtp://mail:1025' };
    expect(() => readWorkerSettings(env)).toThrow(/PUBLIC_URL[\s\S]*SOFI_LINK_SECRET/);
    const whole = { ...env, PUBLIC_URL: 'https://offre.example/', SOFI_LINK_SECRET: 'y'.repeat(32) };
    expect(readWorkerSettings(whole).mail).toMatchObject({
      smtpUrl: 'smtp://mail:1025',
      publicUrl: 'https://offre.example',
    });
  });

  it('refuse demo mode in production', () => {
    const env = { DATABASE_URL: 'postgresql://127.0.0.1/sofi', SOFI_DEMO: '1', NODE_ENV: 'production' };
    expect(() => readWorkerSettings(env)).toThrow(/SOFI_DEMO/);
  });
});
