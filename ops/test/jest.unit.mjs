import { base } from './jest.base.mjs';

export default {
  ...base,
  testMatch: ['<rootDir>/**/*.test.ts', '<rootDir>/**/*.test.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '\\.(integration|workflow|e2e)\\.test\\.tsx?$'],
};
