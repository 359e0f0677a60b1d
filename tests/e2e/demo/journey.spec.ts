import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test } from '@playwright/test';
import { regulars } from '../../support/cli.ts';
import { type Portal, portalSettings, startServer } from '../../support/server.ts';
import { type Business, linksIn, type Mail, openBusiness, shopOf } from '../journey/business.ts';
import type { Way } from '../journey/person.ts';
import { walkJourney } from '../journey.ts';

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
const ways: readonly Way[] = [
  { language: 'en', viewport: phone, javaScriptEnabled: false },
  { language: 'uk', viewport: desktop, javaScriptEnabled: true },
  { language: 'en', viewport: desktop, javaScriptEnabled: true },
  { language: 'uk', viewport: phone, javaScriptEnabled: false },
];

let folder = '';
let portal: Portal;
let shop: Omit<Business, 'mailsTo'>;

// Minutes each: the long run walks them, and CI walks the rooms one by one.
test.skip(process.env.SOAK !== '1', 'walked in the long run');

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-journey-'));
  const { RESEND_API_KEY, RESEND_BASE_URL, ...rest } = portalSettings(
    `file:${join(folder, 'regulars.db')}`,
    '',
  );
  await openBusiness(rest, folder);
  portal = await startServer(rest);
  const { origin } = portal;
  const settings = { ...rest, HOST: '127.0.0.1', PORT: new URL(origin).port, PUBLIC_URL: origin };
  shop = {
    origin,
    regulars: (...words) => regulars(settings, ...words),
    runJobs: async () => void (await regulars(settings, 'jobs', 'run')),
    tell: await shopOf(origin, settings),
  };
});

test.afterAll(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

for (const way of ways) {
  const { language, viewport, javaScriptEnabled } = way;
  const size = viewport === phone ? 'phone' : 'desktop';
  test(`from joining to the club: ${language}, ${size}, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    browser,
  }) => {
    test.setTimeout(600_000);
    await walkJourney({ browser, way, business: { ...shop, mailsTo: mailboxOf(browser) } });
  });
}

/** Reads the mailbox page. */
function mailboxOf(browser: Browser): Business['mailsTo'] {
  return async (email) => {
    const page = await browser.newPage();
    await page.goto(`${portal.origin}/mailbox`);
    const mails = await Promise.all(
      (await page.locator('.mails > li').filter({ hasText: email }).all()).map(
        async (mail): Promise<Mail> => {
          const text = (await mail.textContent()) ?? '';
          const links = await mail
            .getByRole('link')
            .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
          return {
            subject: (await mail.getByRole('heading').textContent()) ?? '',
            text,
            links: [...new Set([...links, ...linksIn(text)])],
          };
        },
      ),
    );
    await page.context().close();
    return mails;
  };
}
