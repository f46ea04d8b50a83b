import { defineConfig } from '@playwright/test';
import { isRoot, root } from '../services/folders.ts';

/** The browser tests: one platform for the run, started by `browser-setup.ts`; its address is the base of `page.goto('/of/')`. */
export default defineConfig({
  testDir: root,
  testMatch: '**/*.e2e.test.ts',
  testIgnore: ['**/node_modules/**', '**/dist/**'],
  outputDir: `${root}/test-results`,
  globalSetup: `${root}/ops/test/browser-setup.ts`,
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    ...(process.env.SOFI_E2E_URL === undefined ? {} : { baseURL: process.env.SOFI_E2E_URL }),
    browserName: 'chromium',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // What is looked at must not be half way between two colours.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.SOFI_CHROMIUM ?? '/usr/bin/chromium',
      args: isRoot() ? ['--no-sandbox'] : [],
    },
  },
});
