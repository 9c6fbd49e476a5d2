// force timezone to UTC to allow tests to work regardless of local timezone
// generally used by snapshots, but can affect specific tests
process.env.TZ = 'UTC';

const scaffold = require('./.config/jest.config');

module.exports = {
  // Jest configuration provided by Grafana scaffolding
  ...scaffold,
  testMatch: [...scaffold.testMatch, '<rootDir>/scripts/*.test.ts'],
  // d3 packages offer CommonJS under this condition only
  testEnvironmentOptions: { customExportConditions: ['umd', 'browser'] },
};
