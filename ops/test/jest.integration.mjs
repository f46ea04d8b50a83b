import { base } from './jest.base.mjs';

export default {
  ...base,
  testMatch: ['<rootDir>/**/*.integration.test.ts'],
  testSequencer: '<rootDir>/ops/test/long-first.mjs',
  globalSetup: '<rootDir>/ops/test/global-setup.mjs',
  globalTeardown: '<rootDir>/ops/test/global-teardown.mjs',
};
