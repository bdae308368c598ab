const IS_PROOF = process.env['LAUNCHBOOK_PROOF'] === '1';

// Jest runs the compiled tests of lib/tests as native ES modules; TypeScript 7 has compiled and checked them before.
export default {
  rootDir: 'lib/tests',
  testMatch: ['**/*.test.js'],
  testPathIgnorePatterns: IS_PROOF ? [] : ['\\.proof\\.test\\.js$'],
  testEnvironment: 'node',
  transform: {},
  // A proof asks the same of many more rounds.
  testTimeout: IS_PROOF ? 900_000 : 60_000,
  // Many tests wait for processes and clocks, so there is one more at a time than cores. Jest takes a share over 100 % for a number.
  maxWorkers: 3,
  reporters: ['default']
};
