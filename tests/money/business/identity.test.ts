import { describe, expect, test } from 'vitest';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { getBusiness, lastIdentity } from '../../../functions/money/business/business.ts';
import { setPolicy, showPolicies } from '../../../functions/money/business/policies.ts';
import { setSetting } from '../../../functions/money/business/settings.ts';
import { consentText } from '../../../functions/people/joining/consent-texts.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { beginFactor } from '../../../functions/people/staff/factor/begin-factor.ts';
import { portal } from '../../../src/portal.config.ts';
import { ask } from '../../support/sign-in.ts';
import { createTestContext } from '../../support/test-context.ts';

const identityOf = async (ctx: Context) => (await getBusiness(ctx)).identity;

test.each<[string, string, string]>([
  ['name', 'Tea House', 'Tea House'],
  ['name', '  Чайна «Кущ»  ', 'Чайна «Кущ»'],
  ['name', 'x'.repeat(80), 'x'.repeat(80)],
  ['accent', '#7A3B00', '#7a3b00'],
  ['tagline.en', 'Leaves since 1999', 'Leaves since 1999'],
  ['tagline.uk', '', ''],
  ['languages', 'uk,en', 'uk,en'],
  ['contactEmail', 'Hello@Tea.Example', 'hello@tea.example'],
  ['contactPhone', '+380 (44) 123-45-67', '+380 (44) 123-45-67'],
  ['contactPhone', '', ''],
  ['contactAddress', '1 Quay, Lviv', '1 Quay, Lviv'],
  ['shopUrl', 'https://tea.example/', 'https://tea.example/'],
])('%s may be %j', async (key, value, kept) => {
  const ctx = await createTestContext();
  await setPolicy(ctx, key, value);
  expect(await showPolicies(ctx)).toContainEqual([key, kept]);
});

test.each<[string, string, string]>([
  ['name', '', '1 to 80 characters'],
  ['name', '   ', '1 to 80 characters'],
  ['name', 'x'.repeat(81), '1 to 80 characters'],
  ['name', 'Tea\nHouse', 'on one line'],
  ['accent', 'red', 'six hexadecimal digits'],
  ['accent', '#7a3b0', 'six hexadecimal digits'],
  ['accent', '#7a3b00;}', 'six hexadecimal digits'],
  ['tagline.en', 'x'.repeat(161), 'at most 160 characters'],
  ['languages', 'en,fr', 'one or more of en, uk'],
  ['contactEmail', 'hello', 'an email address'],
  ['contactPhone', 'javascript:1', 'a phone number'],
  ['contactAddress', 'x'.repeat(201), 'at most 200 characters'],
  ['shopUrl', 'javascript:alert(1)', 'https://'],
])('%s may not be %j', async (key, value, rule) => {
  const ctx = await createTestContext();
  await expect(setPolicy(ctx, key, value)).rejects.toMatchObject({
    code: 'validation_failed',
    message: expect.stringContaining(key),
    errors: [{ path: key, message: expect.stringContaining(rule) }],
  });
  expect(await identityOf(ctx)).toEqual(ctx.defaults);
});

test('what is set is in force at once, over what the deployment starts with', async () => {
  const ofDeployment = { ...portal.contact, phone: '+44 20 7946 0117' };
  const ctx = await createTestContext({
    defaults: { ...portal, name: 'Fern & Kettle', tagline: { en: 'Coffee' }, contact: ofDeployment },
  });
  expect(await identityOf(ctx)).toEqual(ctx.defaults);
  await setPolicy(ctx, 'name', 'Tea House');
  await setPolicy(ctx, 'tagline.uk', 'Листя');
  await setPolicy(ctx, 'contactPhone', '');
  const { tagline, contact } = ctx.defaults;
  expect(await identityOf(ctx)).toEqual({
    ...ctx.defaults,
    name: 'Tea House',
    tagline: { ...tagline, uk: 'Листя' },
    contact: { ...contact, phone: '' },
  });
  expect(consentText(await identityOf(ctx), { kind: 'terms', language: 'uk' }).text).toContain('Tea House');
  await ask(ctx, 'ann@x.example');
  const [mail] = await listMailbox(ctx);
  expect(mail?.html).toContain('Tea House');
  expect(mail?.text).not.toContain(ctx.defaults.name);
  expect(mail?.text).not.toContain(ctx.defaults.contact.phone);
});

test('a value that looks like another setting is read anew when it becomes one', async () => {
  const ctx = await createTestContext();
  await setPolicy(ctx, 'contactAddress', '1 Quay name=Tea');
  expect((await identityOf(ctx)).name).toBe(ctx.defaults.name);
  await setPolicy(ctx, 'contactAddress', '1 Quay');
  await setPolicy(ctx, 'name', 'Tea');
  expect(await identityOf(ctx)).toMatchObject({ name: 'Tea', contact: { address: '1 Quay' } });
});

test('a language that is no longer built in is offered no longer', async () => {
  const ctx = await createTestContext();
  await ctx.db.write([{ sql: "INSERT INTO settings VALUES ('languages', 'xx,uk,en', 0, 'test')", args: [] }]);
  expect((await identityOf(ctx)).languages).toEqual(['uk', 'en']);
});

test('the log tells who changed what, when, from what to what', async () => {
  const ctx = await createTestContext();
  await setSetting(ctx, 'timeZone', 'Europe/Kyiv');
  await setPolicy(ctx, 'name', 'Tea House');
  await setPolicy(ctx, 'name', 'Tea');
  await setPolicy(ctx, 'club', 'on');
  const { items } = await listActs(ctx, { actor: null, subject: 'setting', day: null, after: null });
  const by = { kind: 'system', name: 'test' };
  const told = items.map(({ at, actor, subjectId, detail }) => ({
    at,
    actor,
    subjectId,
    ...Object.fromEntries(detail),
  }));
  expect(told).toEqual([
    { at: ctx.now(), actor: by, subjectId: 'club', value: 'on', before: 'off' },
    { at: ctx.now(), actor: by, subjectId: 'name', value: 'Tea', before: 'Tea House' },
    { at: ctx.now(), actor: by, subjectId: 'name', value: 'Tea House', before: ctx.defaults.name },
    { at: ctx.now(), actor: by, subjectId: 'timeZone', value: 'Europe/Kyiv' },
  ]);
});

test('an agent changes nothing', async () => {
  const ctx = await createTestContext({ actor: { kind: 'staff', id: 'a', role: 'agent' } });
  await expect(setPolicy(ctx, 'name', 'Tea')).rejects.toMatchObject({ code: 'forbidden' });
});

describe('two businesses in one process', () => {
  test('each has its own name, accent and languages, in mail and wherever they are told', async () => {
    const [tea, wine] = await Promise.all([createTestContext(), createTestContext()]);
    await setPolicy(tea, 'name', 'Tea House');
    await setPolicy(tea, 'accent', '#7a3b00');
    await setPolicy(wine, 'name', 'Wine Cellar');
    await setPolicy(wine, 'languages', 'uk');
    for (const ctx of [tea, wine, tea, wine]) await ask(ctx, 'ann@x.example');
    const [[fromTea], [fromWine]] = await Promise.all([listMailbox(tea), listMailbox(wine)]);
    expect(fromTea?.html).toContain('<html lang="en">');
    expect(fromTea?.html).toContain('Tea House');
    expect(fromTea?.html).not.toContain('Wine Cellar');
    expect(fromWine?.html).toContain('<html lang="uk">');
    expect(fromWine?.html).toContain('Wine Cellar');
    expect(fromTea?.html.match(/border-top:4px solid (#\w+)/)?.[1]).not.toBe(
      fromWine?.html.match(/border-top:4px solid (#\w+)/)?.[1],
    );
    expect([lastIdentity(tea).name, lastIdentity(wine).name]).toEqual(['Tea House', 'Wine Cellar']);
    const offers = await Promise.all(
      [tea, wine].map((ctx) => beginFactor(ctx, { id: 'a', email: 'o@x.example' })),
    );
    expect(offers[0]?.squares).not.toEqual(offers[1]?.squares);
  });
});
