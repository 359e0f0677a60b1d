import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { openTrackedOrder } from '../../../functions/desk/tracking/open-order.ts';
import { proveOrderCode } from '../../../functions/desk/tracking/prove-code.ts';
import { requestOrderCode } from '../../../functions/desk/tracking/request-code.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { ask, dumpOf, wrongCodeFor } from '../../support/sign-in.ts';
import { testSecret } from '../../support/test-context.ts';

const minute = 60_000;

async function openGuest() {
  const shop = await openShop(moneyBack);
  const order = await shop.order({ number: '#1001', email: 'guest@example.com', totals: [4200] });
  const ctx: Context = { ...shop.ctx, actor: { kind: 'anonymous' } };
  return { shop, order, ctx };
}

async function askFor(ctx: Context, typed: { number?: string; email?: string; clientAddress?: string } = {}) {
  const { number = '1001', email = 'guest@example.com', clientAddress = '192.0.2.1' } = typed;
  const browserToken = newToken();
  const asking = { number, email, language: 'en', browserToken, clientAddress };
  const { challengeId } = await requestOrderCode(ctx, asking);
  return { challengeId, browserToken, clientAddress, code: codeOf(testSecret, challengeId) };
}

const mailsTo = async (ctx: Context, email: string) =>
  (await listMailbox(ctx)).filter(({ to, template }) => to === email && template === 'order_code').length;

test('who has not joined sees their order by its number and the code in their mail, once', async () => {
  const { shop, ctx } = await openGuest();
  const asked = await askFor(ctx);
  const [mail] = await listMailbox(ctx);
  expect(mail).toMatchObject({ to: 'guest@example.com', code: asked.code });
  expect(mail?.text).not.toContain('1001');
  const { tokens } = await proveOrderCode(ctx, asked);
  expect(tokens).toHaveLength(1);
  const seen = await openTrackedOrder(ctx, tokens[0] ?? '');
  expect(seen?.whole?.summary.total).toEqual({ minor: 4200n, currency: 'EUR' });
  expect(seen?.whole?.rewards).toEqual([]);
  const dump = await dumpOf(ctx);
  for (const secret of [asked.browserToken, tokens[0] ?? '']) expect(dump).not.toContain(secret);
  await expect(proveOrderCode(ctx, asked)).rejects.toMatchObject({ code: 'challenge_expired' });
  shop.clock.advance(60 * minute);
  expect(await openTrackedOrder(ctx, tokens[0] ?? '')).toBe(null);
});

test('two who type the right code at once are let in once', async () => {
  const { ctx } = await openGuest();
  const asked = await askFor(ctx);
  const both = await Promise.allSettled([proveOrderCode(ctx, asked), proveOrderCode(ctx, asked)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each([
  ['there is no such order', { number: '9999' }, 'guest@example.com'],
  ['the order is of another address', { email: 'other@example.com' }, 'other@example.com'],
])('where %s, asking does the same to the letter, and the code opens nothing', async (_name, typed, to) => {
  const { ctx } = await openGuest();
  const spoken = async (asking: Parameters<typeof askFor>[1]) => {
    const said: string[] = [];
    const asked = await askFor({ ...ctx, db: listening(ctx.db, said) }, asking);
    return { asked, said };
  };
  const right = await spoken({});
  const wrong = await spoken(typed);
  expect(wrong.said).toEqual(right.said);
  expect(wrong.said.join()).not.toMatch(/\borders\b|\bcustomers\b/);
  expect(await mailsTo(ctx, to)).toBeGreaterThan(0);
  expect(await proveOrderCode(ctx, wrong.asked)).toEqual({ tokens: [] });
});

/** What the database is told, without what is bound to it. */
function listening(db: Store, said: string[]): Store {
  const told: Store = {
    ...db,
    engine: db.engine,
    get fresh() {
      return told;
    },
    read: (statement) => {
      said.push(statement.sql);
      return db.read(statement);
    },
    write: (statements) => {
      said.push(...statements.map(({ sql }) => sql));
      return db.write(statements);
    },
  };
  return told;
}

test('a code is for the browser that asked, for ten minutes, and for five looks', async () => {
  const { shop, ctx } = await openGuest();
  const asked = await askFor(ctx);
  const over = { code: 'challenge_expired' };
  for (const browserToken of [null, newToken()])
    await expect(proveOrderCode(ctx, { ...asked, browserToken })).rejects.toMatchObject(over);
  const { token: _link, ...signing } = await ask(ctx, 'guest@example.com');
  await expect(proveOrderCode(ctx, signing)).rejects.toMatchObject(over);
  await expect(verifyCode(ctx, { ...asked, knownToken: null })).rejects.toMatchObject(over);
  const wrong = { ...asked, code: wrongCodeFor(asked.code) };
  for (let look = 0; look < 5; look += 1)
    await expect(proveOrderCode(ctx, wrong)).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(proveOrderCode(ctx, asked)).rejects.toMatchObject(over);
  const late = await askFor(ctx);
  shop.clock.advance(10 * minute);
  await expect(proveOrderCode(ctx, late)).rejects.toMatchObject(over);
});

test('whoever guesses gets twenty looks a day at an address and some from each network, and keeps nobody from signing in', async () => {
  const { shop, ctx } = await openGuest();
  let looks = 0;
  let refused = 0;
  for (let round = 0; round < 60; round += 1) {
    const clientAddress = `198.${round % 4}.${round}.7`;
    const asked = await askFor(ctx, { clientAddress });
    for (let look = 0; look < 3; look += 1) {
      const guess = { ...asked, code: wrongCodeFor(asked.code) };
      const [outcome] = await Promise.allSettled([proveOrderCode(ctx, guess)]);
      if (outcome?.status !== 'rejected') continue;
      if (outcome.reason.code === 'validation_failed') looks += 1;
      else refused += 1;
    }
    shop.clock.advance(15 * minute);
  }
  expect(looks).toBeLessThanOrEqual(20 + 4 * 3);
  expect(refused).toBeGreaterThan(60);
  expect(await mailsTo(ctx, 'guest@example.com')).toBeLessThanOrEqual(60);
  const signing = await ask(shop.ctx, 'guest@example.com', '203.0.113.9');
  expect((await listMailbox(ctx))[0]).toMatchObject({ template: 'sign_in', code: signing.code });
});

test('one client asks ten times in a quarter of an hour', async () => {
  const { ctx } = await openGuest();
  for (let time = 0; time < 10; time += 1) await askFor(ctx, { email: `a${time}@example.com` });
  await expect(askFor(ctx)).rejects.toMatchObject({ code: 'too_many_requests' });
  await askFor(ctx, { clientAddress: '203.0.113.9' });
});
