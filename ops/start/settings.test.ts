import { describe, expect, it } from '@jest/globals';
import { StartFault } from '../services/faults.ts';
import { readStartSettings } from './settings.ts';

function faultOf(env: NodeJS.ProcessEnv): string {
  try {
    readStartSettings(env);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(StartFault);
    return String(error);
  }
}

describe('the settings of npm start', () => {
  it('need nothing: one machine, demo mode, port 3000, this machine only', () => {
    expect(readStartSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      demo: true,
      databaseUrl: undefined,
      temporalAddress: undefined,
    });
  });

  it('take real services in place of the embedded ones, and an empty variable for an absent one', () => {
    expect(
      readStartSettings({ DATABASE_URL: 'postgres://a@b/c', TEMPORAL_ADDRESS: 'temporal:7233', PORT: '' }),
    ).toMatchObject({
      port: 3000,
      databaseUrl: 'postgres://a@b/c',
      temporalAddress: 'temporal:7233',
    });
  });

  it('tell every fault at once, each once', () => {
    const said = faultOf({ PORT: '99999', DATABASE_URL: 'mysql://x', TEMPORAL_ADDRESS: 'nowhere', SOFI_DEMO: 'yes' });
    for (const name of ['PORT', 'DATABASE_URL', 'TEMPORAL_ADDRESS', 'SOFI_DEMO']) {
      expect(said.split('\n').filter((line) => line.startsWith(`  ${name}:`))).toHaveLength(1);
    }
  });

  it('refuse demo people in production, and a production without a login', () => {
    expect(faultOf({ NODE_ENV: 'production', SOFI_DEMO: '1' })).toContain('SOFI_DEMO');
    expect(faultOf({ NODE_ENV: 'production' })).toContain('OIDC_ISSUER');
  });
});
