import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import {
  cancelErasure,
  getErasure,
  requestErasure,
  sendErasureCode,
  stopErasure,
} from '../../../functions/desk/erasure/request-erasure.ts';
import { codeOf, linkTokenOf } from '../../../functions/people/sign-in/challenge.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { testSecret } from '../../support/test-context.ts';

const HOUR_MS = 3_600_000;

async function open() {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ email: 'ann@example.com', totals: [20_000] });
  await shop.ctx.db.write([statement('UPDATE customers SET claimed_at = 1 WHERE id = ?', customerId)]);
  const ann = shop.as(customerId);
  const ask = async () => {
    const { challengeId } = await sendErasureCode(ann);
    return requestErasure(ann, { challengeId, code: codeOf(testSecret, challengeId), words: 'gone' });
  };
  const email = async () =>
    (await shop.ctx.db.read(statement('SELECT email FROM customers WHERE id = ?', customerId)))[0]?.[0];
  const mails = async () =>
    (
      await shop.ctx.db.read(statement("SELECT template FROM outbox WHERE template LIKE 'eras%' ORDER BY id"))
    ).flat();
  return { ...shop, customerId, ann, ask, email, mails };
}

test('is carried out a day after the code was given, and told by a last mail', async () => {
  const { ctx, clock, ann, ask, email, mails } = await open();
  const { dueAt } = await ask();
  expect(dueAt).toBe(clock.now() + 24 * HOUR_MS);
  expect((await getErasure(ann)).wish).toMatchObject({ dueAt, words: 'gone' });
  clock.advance(24 * HOUR_MS - 1);
  await carryOutErasures(ctx);
  expect(await email()).toBe('ann@example.com');
  clock.advance(1);
  await carryOutErasures(ctx);
  expect(await email()).toBeNull();
  expect(await mails()).toContain('erased');
  const rows = await ctx.db.read(
    statement("SELECT address FROM outbox WHERE template <> 'erased' AND address IS NOT NULL"),
  );
  expect(rows).toEqual([]);
});

test('is taken back on the page, or by the link of the mail', async () => {
  const { ctx, clock, ann, ask, email } = await open();
  await ask();
  await cancelErasure(ann);
  expect((await getErasure(ann)).wish).toBeNull();
  await ask();
  const wish = (await getErasure(ann)).wish;
  const token = linkTokenOf(testSecret, wish?.id ?? '');
  const nobody = { ...ctx, actor: { kind: 'anonymous' } as const };
  await expect(stopErasure(nobody, { token: `${token}x` })).rejects.toMatchObject({
    code: 'challenge_expired',
  });
  await stopErasure(nobody, { token });
  await expect(stopErasure(nobody, { token })).rejects.toMatchObject({ code: 'challenge_expired' });
  clock.advance(48 * HOUR_MS);
  await carryOutErasures(ctx);
  expect(await email()).toBe('ann@example.com');
});

test('needs the code, of this wish and this customer', async () => {
  const { ctx, order, as, ann, ask } = await open();
  const { challengeId } = await sendErasureCode(ann);
  const wrong = codeOf(testSecret, challengeId) === '000000' ? '000001' : '000000';
  const input = { challengeId, code: wrong, words: 'gone' } as const;
  await expect(requestErasure(ann, input)).rejects.toMatchObject({ code: 'validation_failed' });
  const bob = as((await order({ email: 'bob@example.com' })).customerId);
  const right = { ...input, code: codeOf(testSecret, challengeId) };
  await expect(requestErasure(bob, right)).rejects.toMatchObject({ code: 'challenge_expired' });
  const first = await requestErasure(ann, right);
  await expect(requestErasure(ann, right)).rejects.toMatchObject({ code: 'challenge_expired' });
  expect(await ask()).toEqual(first);
  const nobody = { ...ctx, actor: { kind: 'anonymous' } as const };
  await expect(sendErasureCode(nobody)).rejects.toMatchObject({ code: 'unauthenticated' });
});
