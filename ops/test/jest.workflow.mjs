import integration from './jest.integration.mjs';

export default { ...integration, testMatch: ['<rootDir>/**/*.workflow.test.ts'] };
