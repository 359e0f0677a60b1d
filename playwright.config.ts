import { defineConfig } from '@playwright/test';
import { browserPath } from './tests/support/browser.ts';
import { demoOrigin, demoSettings } from './tests/support/demo-settings.ts';

const executablePath = browserPath();

const overDemo = { use: { baseURL: demoOrigin } };

export default defineConfig({
  testDir: '.',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  outputDir: 'test-results',
  globalSetup: './tests/support/command-line.ts',
  globalTeardown: './tests/support/remove-demo.ts',
  projects: [
    { ...overDemo, name: 'sign-in', testMatch: 'tests/e2e/demo/*.setup.ts' },
    { ...overDemo, name: 'demo', testMatch: 'tests/e2e/demo/*.spec.ts', dependencies: ['sign-in'] },
    { name: 'worker', testMatch: 'tests/e2e/worker/*.spec.ts' },
  ],
  use: {
    // What a device keeps is `offline.spec.ts`'s; the others meet each page as the server has it.
    serviceWorkers: 'block',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: [
    {
      command: 'node_modules/.bin/node functions/cli.ts serve',
      env: demoSettings,
      url: `${demoOrigin}/readyz`,
      reuseExistingServer: false,
    },
  ],
});
