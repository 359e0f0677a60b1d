import { describe, expect, test } from 'vitest';
import type { LetterParams, Template } from '../../../functions/ground/outbox/letter-kind.ts';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { liftSuppressions } from '../../../functions/people/mail/lift-suppression.ts';
import { getMessage, listMessages } from '../../../functions/people/mail/list-messages.ts';
import { receiveEvent } from '../../../functions/people/mail/receive-event.ts';
import { getPreferences } from '../../../functions/people/preferences/get-preferences.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { unsubscribeTokenOf } from '../../../functions/people/preferences/tokens.ts';
import { unsubscribe } from '../../../functions/people/preferences/unsubscribe.ts';
import { startFakeResend } from '../../support/fake-resend.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { ask, signIn } from '../../support/sign-in.ts';
import { testSecret } from '../../support/test-context.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const reached = {
  template: 'target_reached',
  params: {
    ruleName: 'Back',
    spend: eur(10000n),
    pays: eur(500n),
    by: 'target',
    number: null,
    balance: null,
    expiresAt: null,
  },
} as const;
const voucher = {
  template: 'voucher_issued',
  params: {
    code: 'K7QX-M2PD',
    rootId: '',
    ruleName: null,
    amount: eur(500n),
    minimum: null,
    expiresAt: null,
  },
} as const;

describe('mail by topic', () => {
  test('carries what ends its topic in one click, and its foot leads to the page', async () => {
    const { fake, send, customerId } = await setUp();
    await send(reached);
    const token = unsubscribeTokenOf(testSecret, { customerId, email: 'ann@example.com', topic: 'rewards' });
    expect(fake.accepted[0]?.body).toMatchObject({
      headers: {
        'List-Unsubscribe': `<http://localhost:4321/mail/unsubscribe?token=${token}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      html: expect.stringContaining(token),
      text: expect.stringContaining(token),
    });
  });

  test('offers no way to end what is owed', async () => {
    const { fake, send } = await setUp();
    await send(voucher);
    expect(fake.accepted[0]?.body).not.toHaveProperty('headers');
    expect(fake.accepted[0]?.body.text).not.toContain('unsubscribe');
  });

  test('is not sent once the topic is switched off, can be read all the same, and comes back', async () => {
    const { ctx, fake, send, customerId, own } = await setUp();
    const token = unsubscribeTokenOf(testSecret, { customerId, email: 'ann@example.com', topic: 'rewards' });
    const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } };
    await unsubscribe(anonymous, { token, isOn: false, source: 'one_click' });
    await unsubscribe(anonymous, { token, isOn: false, source: 'mail' });
    await send(reached);
    await send(voucher);
    expect(fake.accepted.map(({ body }) => body.subject)).toEqual([expect.stringContaining('voucher')]);
    const { items } = await listMessages(own, { page: 1 });
    expect(items.map(({ state, withheld }) => [state, withheld])).toContainEqual(['shown', 'topic_off']);
    expect(items.find(({ state }) => state === 'shown')?.letter.heading).toContain('€5.00');
    await choose(own, customerId, 'rewards', true);
    await send(reached);
    expect(fake.accepted).toHaveLength(2);
    const kinds = await ctx.db.read({
      sql: "SELECT kind, actor FROM history WHERE kind LIKE 'topic%'",
      args: [],
    });
    expect(kinds).toEqual([
      ['topic_unwanted', `customer:${customerId}`],
      ['topic_wanted', `customer:${customerId}`],
    ]);
    expect(await ctx.db.read({ sql: 'SELECT topic, is_on, source FROM preferences', args: [] })).toEqual([
      ['rewards', 0n, 'one_click'],
      ['rewards', 1n, 'settings'],
    ]);
  });

  test('believes no token but its own, and nobody speaks for somebody else', async () => {
    const { ctx, customerId } = await setUp();
    const token = unsubscribeTokenOf('another-secret-that-is-32-characters', {
      ...{ customerId, email: 'ann@example.com' },
      topic: 'rewards',
    });
    for (const wrong of [token, `${customerId}.service.x`, '', 'x.y.z'])
      await expect(unsubscribe(ctx, { token: wrong, isOn: false, source: 'mail' })).rejects.toMatchObject({
        code: 'not_found',
      });
    const stranger: Context = { ...ctx, actor: { kind: 'customer', id: 'stranger' } };
    await expect(choose(stranger, customerId, 'rewards', false)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('sends news to who asked for it only', async () => {
    const { own, customerId } = await setUp();
    const isOn = async () =>
      (await getPreferences(own, { customerId })).wishes.find(({ topic }) => topic === 'news')?.isOn;
    expect(await isOn()).toBe(false);
    await choose(own, customerId, 'news', true);
    expect(await isOn()).toBe(true);
  });

  test('keeps what was sent as it was sent, and no code', async () => {
    const { ctx, own, send, customerId } = await setUp();
    await send(voucher);
    await ctx.db.write([{ sql: "UPDATE customers SET name = 'Zoe', language = 'uk'", args: [] }]);
    const { items } = await listMessages(own, { page: 1 });
    const sent = items.find(({ letter }) => letter.code === 'K7QX-M2PD');
    expect(sent).toMatchObject({ state: 'sent', letter: { greeting: 'Hello Ann,' } });
    expect(await getMessage(own, { id: sent?.id ?? '' })).toEqual(sent);
    const subjects = items.map(({ letter }) => letter.subject).join();
    expect(subjects).not.toMatch(/\d{6}/);
    const stranger: Context = { ...ctx, actor: { kind: 'customer', id: 'stranger' } };
    await expect(getMessage(stranger, { id: sent?.id ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    expect(customerId).not.toBe('');
  });
});

test('limits hold back what nobody asked for, and never what answers or is owed', async () => {
  const { fake, send, own, customerId } = await setUp();
  await setPreferences(own, { customerId, weekMax: 0 });
  const text = { en: 'Parcels leave sooner.' };
  const expiresAt = Date.UTC(2036, 0, 1);
  const code = { code: 'K7QX-M2PD', rootId: '', amount: eur(500n), minimum: null };
  const spend = { ruleName: 'Back', missing: eur(450n), pays: eur(500n) };
  await send({ template: 'nearly_there', params: { ...spend, until: null } });
  await send({ template: 'club_invitation', params: { isBySpend: false } });
  expect(fake.accepted).toEqual([]);
  await send({ template: 'you_said_we_did', params: { text } });
  await send({ template: 'you_said_we_decided', params: { reference: 'K7QX-M2PD', text } });
  await send({ template: 'credit_expiring', params: { amount: eur(625n), expiresAt, days: 7 } });
  await send({ template: 'voucher_expiring', params: { ...code, expiresAt, days: 7 } });
  expect(fake.accepted).toHaveLength(4);
});

describe('what the provider tells', () => {
  const bounced = { type: 'email.bounced', data: { to: ['ann@example.com'], bounce: { type: 'Permanent' } } };
  const complained = { type: 'email.complained', data: { to: ['Ann@example.com'] } };

  test('stops all mail to an address that does not exist, until its owner proves it by a code', async () => {
    const { ctx, fake, send, deliver, shop } = await setUp();
    await receiveEvent(ctx, { deliveryId: 'd1', body: bounced });
    await send(voucher);
    expect(fake.accepted).toEqual([]);
    await ask(ctx, 'ann@example.com');
    await deliver();
    expect(fake.accepted).toHaveLength(1);
    await signIn(ctx, 'ann@example.com');
    shop.clock.advance(1000);
    await send(voucher);
    expect(fake.accepted.map(({ body }) => body.subject)).toContainEqual(expect.stringContaining('voucher'));
  });

  test('leaves who complained with what is owed to them', async () => {
    const { ctx, fake, send, own, customerId } = await setUp();
    await receiveEvent(ctx, { deliveryId: 'd1', body: complained });
    await send(reached);
    await send(voucher);
    expect(fake.accepted).toHaveLength(1);
    expect(await getPreferences(own, { customerId })).toMatchObject({ suppressed: ['complained'] });
    await liftSuppressions(own, { customerId });
    await send(reached);
    expect(fake.accepted).toHaveLength(2);
  });

  test('counts a delivery that comes twice once, and late news of the past not at all', async () => {
    const { ctx, shop, own, customerId } = await setUp();
    const past = new Date(ctx.now()).toISOString();
    await receiveEvent(ctx, { deliveryId: 'd1', body: bounced });
    await receiveEvent(ctx, { deliveryId: 'd1', body: complained });
    shop.clock.advance(60_000);
    await liftSuppressions(own, { customerId });
    await receiveEvent(ctx, { deliveryId: 'd2', body: { ...bounced, created_at: past } });
    expect(await getPreferences(own, { customerId })).toMatchObject({ suppressed: [] });
    const events = await ctx.db.read({ sql: 'SELECT id, kind FROM mail_events ORDER BY id', args: [] });
    expect(events).toEqual([
      ['d1', 'bounced'],
      ['d2', 'bounced'],
    ]);
  });

  test.each([
    [{ type: 'email.bounced', data: { to: ['ann@example.com'], bounce: { type: 'Transient' } } }],
    [{ type: 'email.delivered', data: { to: 'ann@example.com', tags: { mail: 'm1' } } }],
    [{ type: 'email.opened', data: {} }],
    [{ type: 'contact.created' }],
    [null],
    ['nonsense'],
  ])('stops nothing for %j', async (body) => {
    const { ctx, own, customerId } = await setUp();
    await receiveEvent(ctx, { deliveryId: 'd1', body });
    expect(await getPreferences(own, { customerId })).toMatchObject({ suppressed: [] });
  });
});

const choose = (ctx: Context, customerId: string, topic: 'rewards' | 'news', isOn: boolean) =>
  setPreferences(ctx, { customerId, wishes: [{ topic, channel: 'mail', isOn }] });

type Letter = { [T in Template]: { template: T; params: LetterParams[T] } }[Template];

/** A shop whose ann@example.com has signed in, and a provider. */
async function setUp() {
  const shop: Shop = await openShop();
  const fake = await startFakeResend(shop.clock.now);
  await shop.order({ totals: [4200] });
  const { subjectId: customerId } = await signIn(shop.ctx, 'ann@example.com');
  await shop.ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx: Context = { ...shop.ctx, config: { ...shop.ctx.config, mail } };
  const sleep = async (ms: number) => shop.clock.advance(ms);
  const deliver = () => deliverMail(ctx, { sleep });
  const send = async (letter: Letter) => {
    await ctx.db.write([queueMail(ctx, { ...letter, customerId, language: null, at: ctx.now() })]);
    await deliver();
  };
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  return { ctx, shop, fake, send, deliver, customerId, own };
}
