import { base } from './jest.base.mjs';

export default {
  ...base,
  testMatch: ['<rootDir>/**/*.integration.test.ts'],
  testTimeout: 30_000,
};
