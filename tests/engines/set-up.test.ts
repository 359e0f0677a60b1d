import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { regulars } from '../support/cli.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { type Browser, openBrowser } from './browser.ts';
import { flawsOf, toldErrors } from './told-errors.ts';

let folder: string;
let settings: ReturnType<typeof portalSettings>;
let portal: Portal;
let owner: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-set-up-'));
  settings = portalSettings(`file:${join(folder, 'regulars.db')}`, 'http://127.0.0.1:9');
  await regulars(settings, 'settings', 'set', 'staffFactor', 'optional');
  portal = await startServer(settings);
  owner = openBrowser(portal.origin);
  const link = /http:\S+\/sign-in\/owner\?token=\S+/.exec(portal.running.output())?.[0] ?? '';
  await owner.get(link);
  expect((await owner.post('/sign-in/owner', { email: 'me@x.example' })).location).toBe('/console');
});

afterAll(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('an owner sets a shop up by forms alone, and is told all that is wrong with each', async () => {
  expect((await owner.get('/console')).text).toContain('Set up your shop: 1 of 6 done');
  expect((await owner.get('/console/set-up/rule')).text).toContain('First choose currency and time zone');
  await refused('shop', { name: '', accent: 'red' }, ['name', 'accent']);
  const shown = await owner.post('/console/set-up/shop', { name: 'Tea', accent: '#ffee00', do: 'show' });
  expect([shown.status, shown.text.includes('too little for text')]).toEqual([200, true]);
  await passed(
    'shop',
    { own_name: 'Olena', name: 'Tea House', accent: '#7a3b00' },
    '/console/set-up/contact',
  );
  expect((await owner.get('/console')).text).toContain('Olena · owner');
  const contact = {
    own: 'en',
    language_uk: 'yes',
    contactEmail: 'hello@tea.example',
    contactPhone: '',
    contactAddress: '',
  };
  const hours = {
    hours_mon: 'open',
    from_mon: '10:00',
    to_mon: '13:00',
    from2_mon: '14:00',
    to2_mon: '19:00',
  };
  const site = { shopUrl: 'tea.example', ...hours, hours_sat: 'as_monday' };
  await refused('contact', { ...contact, ...site, contactEmail: 'no', to2_mon: '13:30', hours_tue: 'open' }, [
    'contactEmail',
    'hours_mon',
    'hours_tue',
  ]);
  await refused('contact', { ...contact, ...site, hours_mon: 'closed' }, ['businessHours']);
  await passed('contact', { ...contact, ...site }, '/console/set-up/money');
  await refused('money', { currency: 'XX', timeZone: 'Nowhere' }, ['currency', 'timeZone']);
  await passed('money', { currency: 'eur', timeZone: 'kyiv' }, '/console/set-up/rule');
  const rule = { template: 'every', do: 'publish' };
  await refused('rule', { ...rule, every_spend: 'much', every_back: '' }, ['every_spend', 'every_back']);
  const example = await owner.post('/console/set-up/rule', {
    template: 'every',
    do: 'show',
    every_spend: '50',
    every_back: '4',
  });
  expect(example.text).toContain('another €50.00, you get €4.00 back');
  expect(example.text).not.toContain('more than is spent');
  const generous = { template: 'every', do: 'show', every_spend: '50', every_back: '60' };
  expect((await owner.post('/console/set-up/rule', generous)).text).toContain('more than is spent');
  const wanted = { ...rule, every_spend: '50', every_back: '4' };
  await refused('rule', { ...wanted, every_first_day: '2999-01-01' }, ['every_first_day']);
  const early = { ...wanted, every_first_day: '2020-02-29' };
  await importOrder('order_number,placed_at,customer_email,currency,line_total,status,delivered_at');
  const asked = await owner.post('/console/set-up/rule', early);
  expect([asked.status, asked.text.includes('Publish this programme?')]).toEqual([200, true]);
  expect(/At once this credits [^<]*/.exec(asked.text)?.[0]).toBe(
    'At once this credits +€8.00 to customers. Accounts: 1',
  );
  expect((await owner.get('/console/set-up/rule')).text).not.toContain('Your programme is published');
  await passed('rule', { ...early, confirmed: 'yes' }, '/console/set-up/sender?rule=2020-02-29');
  const next = await owner.get('/console/set-up/sender?rule=2020-02-29');
  expect(next.text).toContain('It counts orders from 29 Feb 2020 on');
  expect((await owner.get('/console')).text).not.toContain('Set up your shop');
  const how = await (await fetch(new URL('/how-it-works', portal.origin))).text();
  expect(how).toContain('another €50.00, you get €4.00 back');
  expect(how).toContain('Tea House');
  expect(how).toContain('Mon 10:00–13:00 14:00–19:00, Sat 10:00–13:00 14:00–19:00');
  expect(how).not.toContain('This is a demo');
});

test('a test mail tells what the provider says, and that nobody could be asked', async () => {
  const { status, text } = await owner.post('/console/set-up/sender', {});
  expect([status, text.includes('has not gone out yet')]).toEqual([200, true]);
});

test('a rule is published once by these pages', async () => {
  const again = await owner.post('/console/set-up/rule', {
    template: 'every',
    do: 'publish',
    every_spend: '1',
    every_back: '1',
  });
  expect(again.location).toBe('/console/set-up/rule');
  expect((await owner.get('/console/set-up/rule')).text).toContain('Your programme is published');
});

test('a logo is taken, a script is not', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>';
  const wrong = await owner.post(
    '/console/set-up/shop',
    logoForm('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
  );
  expect([wrong.status, toldErrors(wrong.text)?.map(({ field }) => field), flawsOf(wrong.text)]).toEqual([
    422,
    ['logo'],
    [],
  ]);
  expect((await owner.post('/console/set-up/shop', logoForm(svg))).location).toBe('/console/set-up/shop');
  expect((await owner.get('/console/set-up/shop')).text).toMatch(/<img src="\/logo\//);
});

test('nobody else is let in', async () => {
  const stranger = openBrowser(portal.origin);
  for (const path of ['', '/shop', '/contact', '/money', '/rule', '/sender', '/orders']) {
    const { location } = await stranger.get(`/console/set-up${path}`);
    expect(location).toMatch(/^\/sign-in\/staff/);
  }
});

/** What was bought before there is a rule. */
async function importOrder(head: string): Promise<void> {
  const file = join(folder, 'orders.csv');
  const day = new Date(Date.now() - 60 * 86_400_000).toISOString();
  writeFileSync(file, `${head}\nA-1,${day},ann@x.example,EUR,100.00,delivered,${day}\n`);
  await regulars(settings, 'import', 'orders', file);
}

async function refused(step: string, fields: Record<string, string>, told: string[]): Promise<void> {
  const { status, text } = await owner.post(`/console/set-up/${step}`, fields);
  expect([status, toldErrors(text)?.map(({ field }) => field), flawsOf(text)]).toEqual([422, told, []]);
}

async function passed(step: string, fields: Record<string, string>, next: string): Promise<void> {
  const { status, location } = await owner.post(`/console/set-up/${step}`, fields);
  expect([status, location]).toEqual([303, next]);
}

function logoForm(svg: string): FormData {
  const form = new FormData();
  form.append('logo', new File([svg], 'logo.svg', { type: 'image/svg+xml' }));
  form.append('do', 'logo');
  return form;
}
