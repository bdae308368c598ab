// Jest runs the compiled tests of lib/tests as native ES modules; TypeScript 7 has compiled and checked them before.
export default {
  rootDir: 'lib/tests',
  testMatch: ['**/*.test.js'],
  testEnvironment: 'node',
  transform: {},
  testTimeout: 30_000,
  // Many tests wait for processes of their own, so every core may have one.
  maxWorkers: '100%',
  reporters: ['default']
};
