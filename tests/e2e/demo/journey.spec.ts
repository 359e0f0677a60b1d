import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test } from '@playwright/test';
import { regulars } from '../../support/cli.ts';
import { type Portal, portalSettings, startServer } from '../../support/server.ts';
import { walkCare } from '../care-journey.ts';
import { type Business, linksIn, type Mail, openBusiness, shopOf } from '../journey/business.ts';
import { waysToWalk } from '../journey/ways.ts';
import { walkJourney } from '../journey.ts';

let folder = '';
let portal: Portal;
let shop: Omit<Business, 'mailsTo'>;

test.beforeAll(async () => {
  test.setTimeout(120_000);
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

for (const { name, way, isSkipped } of waysToWalk([
  'en, phone, without script',
  'uk, desktop, with script',
])) {
  test(`from joining to the club: ${name}`, async ({ browser }) => {
    test.skip(isSkipped, 'walked in the long run');
    test.setTimeout(600_000);
    await walkJourney({ browser, way, business: { ...shop, mailsTo: mailboxOf(browser) } });
  });

  test(`a message to many, and what it brought: ${name}`, async ({ browser }) => {
    test.skip(isSkipped, 'walked in the long run');
    test.setTimeout(600_000);
    await walkCare({ browser, way, business: { ...shop, mailsTo: mailboxOf(browser) } });
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
