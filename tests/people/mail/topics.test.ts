import { describe, expect, test } from 'vitest';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { getPreferences } from '../../../functions/people/mail/get-preferences.ts';
import { liftSuppressions } from '../../../functions/people/mail/lift-suppression.ts';
import { getMessage, listMessages } from '../../../functions/people/mail/list-messages.ts';
import { receiveEvent } from '../../../functions/people/mail/receive-event.ts';
import { setTopic, setTopicByToken } from '../../../functions/people/mail/set-topic.ts';
import { unsubscribeTokenOf } from '../../../functions/people/mail/unsubscribe-token.ts';
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
    const token = unsubscribeTokenOf(testSecret, { customerId, topic: 'rewards' });
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
    const token = unsubscribeTokenOf(testSecret, { customerId, topic: 'rewards' });
    const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } };
    await setTopicByToken(anonymous, { token, isOn: false, source: 'one_click' });
    await setTopicByToken(anonymous, { token, isOn: false, source: 'mail' });
    await send(reached);
    await send(voucher);
    expect(fake.accepted.map(({ body }) => body.subject)).toEqual([expect.stringContaining('voucher')]);
    const { items } = await listMessages(own, { page: 1 });
    expect(items.map(({ state, withheld }) => [state, withheld])).toContainEqual(['shown', 'topic_off']);
    expect(items.find(({ state }) => state === 'shown')?.letter.heading).toContain('€5.00');
    await setTopic(own, { customerId, topic: 'rewards', isOn: true, source: 'settings' });
    await send(reached);
    expect(fake.accepted).toHaveLength(2);
    const kinds = await ctx.db.read({
      sql: "SELECT kind, actor FROM history WHERE kind LIKE 'mail%'",
      args: [],
    });
    expect(kinds).toEqual([
      ['mail_topic_off', `customer:${customerId}`],
      ['mail_topic_on', `customer:${customerId}`],
    ]);
    expect(await ctx.db.read({ sql: 'SELECT topic, is_on, source FROM mail_preferences', args: [] })).toEqual(
      [
        ['rewards', 0n, 'one_click'],
        ['rewards', 1n, 'settings'],
      ],
    );
  });

  test('believes no token but its own, and nobody speaks for somebody else', async () => {
    const { ctx, customerId } = await setUp();
    const token = unsubscribeTokenOf('another-secret-that-is-32-characters', {
      customerId,
      topic: 'rewards',
    });
    for (const wrong of [token, `${customerId}.service.x`, '', 'x.y.z'])
      await expect(setTopicByToken(ctx, { token: wrong, isOn: false, source: 'mail' })).rejects.toMatchObject(
        {
          code: 'not_found',
        },
      );
    const stranger: Context = { ...ctx, actor: { kind: 'customer', id: 'stranger' } };
    await expect(
      setTopic(stranger, { customerId, topic: 'rewards', isOn: false, source: 'settings' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('sends news to who asked for it only', async () => {
    const { own, customerId } = await setUp();
    const isOn = async () =>
      (await getPreferences(own, { customerId })).topics.find(({ topic }) => topic === 'news')?.isOn;
    expect(await isOn()).toBe(false);
    await setTopic(own, { customerId, topic: 'news', isOn: true, source: 'settings' });
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

type Letter = typeof reached | typeof voucher;

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
