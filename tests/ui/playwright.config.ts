// The extension in real Chromium. Each of two workers has a JupyterLab, which serves one test file after the other.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  timeout: 150_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 2,
  // The proofs allow no second try; npm test allows one, and tells which tests needed it.
  retries: 0,
  // tests/README.md says what runs in the proofs alone.
  ...(process.env['LAUNCHBOOK_PROOF'] === '1' ? {} : { grepInvert: /@proof/ }),
  outputDir: '../../test-results',
  use: {
    headless: true,
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: process.env['LAUNCHBOOK_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  }
});
