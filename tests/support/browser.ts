import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const installed = [
  // Chromium without its windows, which take as much time as the pages.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The browser to test with: one that is installed, else Playwright's own, which is null.
 * @throws {Error} saying how to get one when there is neither
 */
export function browserPath(): string | null {
  const found = [process.env.CHROMIUM, ...installed].find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  if (existsSync(chromium.executablePath())) return null;
  throw new Error(
    'There is no browser to test with. Install one: npx playwright install chromium, or on Debian as root: ' +
      'apt-get install -y chromium. One that is elsewhere is named by CHROMIUM.',
  );
}
