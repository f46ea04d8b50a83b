import { base } from './jest.base.mjs';

export default {
  ...base,
  testMatch: ['<rootDir>/**/*.integration.test.ts'],
  testTimeout: 30_000,
  globalSetup: '<rootDir>/ops/test/global-setup.mjs',
  globalTeardown: '<rootDir>/ops/test/global-teardown.mjs',
};
