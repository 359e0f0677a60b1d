import { existsSync } from 'node:fs';
import { test } from '@playwright/test';
import { openRemote } from '../../../db/remote.ts';
import { regulars } from '../../support/cli.ts';
import { type FakeResend, openFakeResend } from '../../support/fake-resend.ts';
import { repository } from '../../support/process.ts';
import { type Portal, portalSettings } from '../../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../../support/sqld.ts';
import { startWorker } from '../../support/workerd.ts';
import { walkCare } from '../care-journey.ts';
import { type Business, linksIn, openBusiness, shopOf } from '../journey/business.ts';
import { waysToWalk } from '../journey/ways.ts';
import { walkJourney } from '../journey.ts';

test.skip(noSqld !== null, noSqld ?? '');
test.skip(
  !existsSync(`${repository}dist/cloudflare/server/wrangler.json`),
  'skipped: the Worker is not built',
);

let sqld: Sqld;
let mail: { fake: FakeResend; close: () => void };
let portal: Portal;
let business: Business;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  [sqld, mail] = [await startSqld(), await openFakeResend()];
  const settings = portalSettings(sqld.url, mail.fake.baseUrl);
  await openBusiness(settings, test.info().outputPath());
  portal = await startWorker(settings);
  const { origin } = portal;
  const told = { ...settings, PUBLIC_URL: origin };
  business = {
    origin,
    regulars: (...words) => regulars(told, ...words),
    tell: await shopOf(origin, told),
    runJobs: () => runCron(origin),
    mailsTo: async (email) => mailsOf(mail.fake, email),
  };
});

test.afterAll(async () => {
  await portal?.running.end('SIGTERM');
  mail?.close();
  await sqld?.stop();
});

for (const { name, way, isSkipped } of waysToWalk(['uk, phone, with script'])) {
  test(`from joining to the club: ${name}`, async ({ browser }) => {
    test.skip(isSkipped, 'walked in the long run');
    test.setTimeout(600_000);
    await walkJourney({ browser, business, way });
  });

  test(`a message to many, and what it brought: ${name}`, async ({ browser }) => {
    test.skip(isSkipped, 'walked in the long run');
    test.setTimeout(600_000);
    await walkCare({ browser, business, way });
  });
}

/** The cron handler leaves out what ran within the minute; nobody waits for the next one here. */
async function runCron(origin: string): Promise<void> {
  const store = openRemote({ url: sqld.url });
  await store.write([{ sql: 'DELETE FROM job_runs', args: [] }]);
  store.close();
  const answer = await fetch(`${origin}/cdn-cgi/handler/scheduled`);
  if (!answer.ok) throw new Error(`the jobs of the minute ended with ${answer.status}`);
}

/** What the stand-in of Resend took for an address. */
function mailsOf({ accepted }: FakeResend, email: string) {
  return accepted
    .filter(({ body }) => [body.to].flat().includes(email))
    .map(({ body }) => {
      const [subject, text, html] = [body.subject, body.text, body.html].map(String);
      return {
        subject: subject ?? '',
        text: text ?? '',
        links: linksIn(`${text}\n${html}\n${JSON.stringify(body.headers)}`),
      };
    })
    .reverse();
}
