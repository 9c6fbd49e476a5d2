/** Unit tests lie beside their sources; tests that cross packages run from tests/. */
export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/database',
    '<rootDir>/cube',
    '<rootDir>/stack',
    '<rootDir>/http-service',
    '<rootDir>/alert-service',
    '<rootDir>/ml-service',
    '<rootDir>/tests',
  ],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
