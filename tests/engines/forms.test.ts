import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '../../functions/people/sign-in/challenge.ts';
import { regulars } from '../support/cli.ts';
import { copyDemo } from '../support/demo.ts';
import { freePort } from '../support/process.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Form, findForms, guessForms, pageOf, pagesWithForms } from './site-forms.ts';
import { flawsOf, toldErrors } from './told-errors.ts';
import { expectAllTold, wrongFormsOfMembers, wrongFormsOfStaff } from './wrong-forms.ts';

/** Pages that no link leads to, or only one in a mail. */
const unlinked = {
  nobody: [
    '/sign-in/staff',
    '/sign-in/stop?token=none',
    '/sign-in/link?token=none',
    '/sign-in/owner?token=none',
    '/sign-in/code?id=none',
    '/sign-in/factor',
    '/join/invitation',
    '/join?code=K7QX-M2PD',
    '/mail/unsubscribe?token=none',
    '/mail/preferences?token=none',
    '/feedback/FK-1/none',
  ],
};

const LONG = 'x'.repeat(100_000);
/** As long as a form may be, so that the page reads it. */
const FITTING = 'x'.repeat(60_000);
const odd = ['', '\0', '\ud800', '__proto__', '-1', '1e308', '9'.repeat(30), '2026-02-30', '{"a":[', FITTING];

let folder: string;
let portal: Portal;
let settings: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-forms-'));
  const { RESEND_API_KEY, MAIL_FROM, ...rest } = portalSettings(`file:${join(folder, 'regulars.db')}`, '');
  const port = await freePort();
  settings = { ...rest, DEMO: 'on', PUBLIC_URL: `http://127.0.0.1:${port}` };
  await copyDemo(folder);
  portal = await startServer(settings, port);
}, 180_000);

afterAll(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('a form tells all that is wrong with it at once, and keeps what was typed', async () => {
  const [owner, anna] = await Promise.all([
    signedInStaff('iryna@fernandkettle.example'),
    signedIn('anna@post.example'),
  ]);
  for (const form of await wrongFormsOfStaff(owner)) await expectAllTold(owner, form);
  for (const form of await wrongFormsOfMembers(anna)) await expectAllTold(anna, form);
  const { location } = await owner.get('/console/exports/feedback?since=2026-02-30&until=never&format=xlsx');
  const { text } = await owner.get(location ?? '');
  expect(toldErrors(text)?.map(({ field }) => field)).toEqual(['since', 'until']);
  expect(flawsOf(text)).toEqual([]);
}, 60_000);

test('no form of any page fails on us, whatever it is sent', async () => {
  const [owner, anna, newcomer] = await Promise.all([
    signedInStaff('olena@fernandkettle.example'),
    signedIn('anna@post.example'),
    signedIn('newcomer@post.example'),
  ]);
  const nobody = openBrowser(portal.origin);
  const visitors: [Browser, Form[]][] = [
    [nobody, await findForms(nobody, ['/', ...unlinked.nobody])],
    [newcomer, await findForms(newcomer, ['/join/name', '/join'])],
    [anna, await findForms(anna, ['/account'])],
    [owner, await findForms(owner, ['/console', '/sign-in/factor/new'])],
  ];
  const reached = new Set(visitors.flatMap(([, forms]) => forms.map(({ action }) => pageOf(action))));
  const guessed = pagesWithForms.filter((page) => !reached.has(page)).flatMap(guessForms);
  const rooms: [Browser, RegExp][] = [
    [owner, /^\/console/],
    [anna, /^\/account/],
    [nobody, /^\/(?!console|account)/],
  ];
  for (const [browser, room] of rooms)
    visitors.push([browser, guessed.filter(({ action }) => room.test(action))]);
  const failures: string[] = [];
  /** Each with the first form it was found by. */
  const flaws = new Map<string, string>();
  let count = 0;
  const started = performance.now();
  for (const [browser, forms] of visitors)
    for (const form of forms.toSorted((a, b) => endOf(a) - endOf(b)))
      for (const [what, body] of mutations(form)) {
        if (count % 15 === 0) forgetTries();
        count += 1;
        const { status, text } = await browser
          .post(form.action, body)
          .catch((error: Error) => ({ status: 599, text: String(error.cause) }));
        if (status >= 500) failures.push(`${status} ${form.action} ${what}`);
        if (status === 422 && !isLastWord(form) && !text.includes(NOT_OURS))
          for (const flaw of flawsOf(text).map((found) => `${pageOf(form.action)}: ${found}`))
            flaws.set(flaw, flaws.get(flaw) ?? `${what} of ${form.fields.map(([name]) => name)}`);
      }
  process.stdout.write(
    `${count} forms sent in ${Math.round(performance.now() - started)} ms, ${failures.length} failed\n`,
  );
  expect(failures).toEqual([]);
  expect(Object.fromEntries(flaws)).toEqual({});
  expect(portal.running.output()).not.toMatch(/A page failed/);
}, 300_000);

/** What no form of ours sends, such as a hidden field of another length, is refused by a page of its own. */
const NOT_OURS = 'The form could not be sent';

/** Links of mails that are over: their pages say so, and have no form to mend. */
const isLastWord = ({ action }: Form) => /^\/sign-in\/(stop|keep|link|owner)\b/.test(action);

/** What ends a session, or takes whole rooms away, comes last. */
const endOf = ({ action }: Form) =>
  Number(/^\/(sign-out|account\/leave|account\/settings|console\/settings)/.test(action));

function* mutations({ fields }: Form): Generator<[string, URLSearchParams | FormData]> {
  yield ['nothing', new URLSearchParams()];
  yield ['files', filesFor(fields)];
  yield ['everything twice', new URLSearchParams([...fields, ...fields.map(([name]) => [name, 'another'])])];
  yield ['too much', new URLSearchParams(fields.map(([name]) => [name, LONG]))];
  for (const name of new Set(fields.map(([field]) => field))) {
    const others = fields.filter(([field]) => field !== name);
    fieldsTried += 1;
    if (isSoak || fieldsTried % 2 === 0) yield [`without ${name}`, new URLSearchParams(others)];
    if (!isSoak && fieldsTried % 2 === 0) continue;
    const value = turn();
    yield [`${name}=${JSON.stringify(value.slice(0, 40))}`, new URLSearchParams([...others, [name, value]])];
  }
}

/** In short a field is left out or filled oddly, in turns; in long both. */
const isSoak = process.env.SOAK === '1';
let fieldsTried = 0;

/** Each of them in its turn, so that every one meets many fields. */
let turns = 0;
function turn(): string {
  turns += 1;
  return odd[turns % odd.length] ?? '';
}

function filesFor(fields: Form['fields']): FormData {
  const form = new FormData();
  for (const [name] of fields) form.append(name, new File([name], `${name}.txt`));
  return form;
}

async function signedIn(email: string): Promise<Browser> {
  const browser = openBrowser(portal.origin);
  const { location } = await browser.post('/sign-in', { email });
  const id = new URL(location ?? '', portal.origin).searchParams.get('id') ?? '';
  const { status } = await browser.post(location ?? '', { code: codeOf(settings.SECRET ?? '', id) });
  expect([email, status]).toEqual([email, 303]);
  return browser;
}

async function signedInStaff(email: string): Promise<Browser> {
  const browser = openBrowser(portal.origin);
  const link = (await regulars(settings, 'staff', 'add', email, '--role', 'owner')).trim();
  await browser.get(link);
  expect((await browser.post('/sign-in/link', {})).location).toBe('/console');
  return browser;
}

/** All of the test is one client, and is to meet the pages behind the limits. */
function forgetTries(): void {
  const db = new Database(join(folder, 'regulars.db'), { timeout: 5000 });
  db.exec('DELETE FROM rate_limits');
  db.close();
}
