import { describe, expect, test } from 'vitest';
import { downloadPayouts } from '../../../functions/desk/console/payouts/download-payouts.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { moveDoubts } from '../../../functions/money/ledger/doubts.ts';
import {
  listDonationCauses,
  listPayouts,
  sumPayoutsToPay,
} from '../../../functions/money/redemptions/payouts/list-payouts.ts';
import {
  markCausePaid,
  markPaid,
  recordPayment,
} from '../../../functions/money/redemptions/payouts/mark-paid.ts';
import { getPayout } from '../../../functions/money/redemptions/payouts/payout.ts';
import { returnPayout } from '../../../functions/money/redemptions/payouts/return-payout.ts';
import { undoPayment } from '../../../functions/money/redemptions/payouts/undo-payment.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../../functions/money/redemptions/reverse-redemption.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const HOUR_MS = 3_600_000;

describe('what is to pay', () => {
  test('is what was neither paid nor returned, from the oldest on, and no till', async () => {
    const { shop, agent, spend } = await office();
    await spend('till');
    const payout = await spend('payout', 500n, 'IBAN');
    shop.clock.advance(1);
    const donation = await spend('donation', 300n, 'Shelter');
    const reversed = await spend('payout');
    await reverseRedemption(shop.ctx, { id: reversed, reason: 'Mistake' });
    const { items } = await listPayouts(agent, { state: 'to_pay' });
    expect(items).toMatchObject([
      { id: payout, kind: 'payout', amount: { minor: 500n }, reference: 'IBAN', state: 'to_pay' },
      { id: donation, kind: 'donation', reference: 'Shelter' },
    ]);
    expect(items[0]?.person).toMatchObject({ email: 'ann@x.example' });
    expect(await sumPayoutsToPay(agent)).toEqual([
      { kind: 'payout', currency: 'EUR', count: 1, minor: 500n },
      { kind: 'donation', currency: 'EUR', count: 1, minor: 300n },
    ]);
    const sql =
      "INSERT INTO payout_steps (redemption_id, seq, kind, at, actor) VALUES (?, 3, 'paid', 1, 'x')";
    await expect(shop.ctx.db.write([{ sql, args: [reversed] }])).rejects.toThrow('redemption_reversed');
  });

  test('is listed page by page, each once', async () => {
    const { shop, agent, spend } = await office();
    const ids: string[] = [];
    for (let made = 0; made < 5; made += 1) {
      ids.push(await spend('payout', 100n));
      shop.clock.advance(made % 2);
    }
    for (const state of ['to_pay', 'paid'] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listPayouts>> = await listPayouts(agent, {
          state,
          cursor,
          limit: 2,
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen.toSorted()).toEqual(ids.toSorted());
      if (state === 'to_pay') await markPaid(shop.ctx, { ids, reference: null });
    }
  });

  test('names people to analysts on pages alone, and is paid by owners and managers alone', async () => {
    const { agent, analyst, owner, spend } = await office();
    const id = await spend('payout', 500n, 'IBAN of Ann');
    const { items } = await listPayouts(analyst, { state: 'to_pay' });
    expect(items).toMatchObject([{ id, person: { email: 'ann@x.example' }, reference: null }]);
    const file = await new Response(await downloadPayouts(analyst, 'to_pay')).text();
    expect(file).toContain(id);
    expect(file).not.toMatch(/ann@|IBAN/);
    expect(await new Response(await downloadPayouts(owner, 'to_pay')).text()).toMatch(
      /ann@x\.example,.*,EUR,5\.00,IBAN of Ann,to_pay/,
    );
    for (const who of [agent, analyst]) {
      await expect(markPaid(who, { ids: [id], reference: null })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(undoPayment(who, { id, steps: 0 })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(returnPayout(who, { id, steps: 0, reason: 'No' })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });
});

describe('a payment', () => {
  test('is told once, with its reference, however many tell it at once', async () => {
    const { shop, owner, manager, spend } = await office();
    const id = await spend('payout');
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        markPaid(at % 2 ? owner : manager, { ids: [id], reference: 'B 1' }),
      ),
    );
    expect(told.filter(({ paid }) => paid === 1)).toHaveLength(1);
    expect(told.filter(({ moved }) => moved === 1)).toHaveLength(19);
    const payout = await getPayout(owner, { id });
    expect(payout).toMatchObject({ state: 'paid', paid: { at: shop.clock.now(), reference: 'B 1' } });
    expect(payout.paid?.by).toMatch(/(owner|manager)@shop\.example/);
    expect(payout.history).toHaveLength(1);
    expect(await mailsOf(shop.ctx)).toMatchObject([
      { template: 'payout_paid', params: { kind: 'payout', reference: 'B 1' } },
    ]);
    expect((await verify(shop.ctx)).differences).toBe(0);
  });

  test('of several at once is one reference, and leaves out what is no longer to pay', async () => {
    const { shop, owner, spend } = await office();
    const ids = [await spend('payout'), await spend('donation'), await spend('payout'), 'nothing'];
    await returnPayout(owner, { id: ids[2] ?? '', steps: 0, reason: 'No such account' });
    expect(await markPaid(owner, { ids, reference: 'Run 7' })).toEqual({ paid: 2, moved: 2, held: 0 });
    expect((await listPayouts(owner, { state: 'paid' })).items.map(({ paid }) => paid?.reference)).toEqual([
      'Run 7',
      'Run 7',
    ]);
    expect((await listPayouts(owner, { state: 'to_pay' })).items).toEqual([]);
    expect((await verify(shop.ctx)).differences).toBe(0);
  });

  test('by a program is refused a second time', async () => {
    const { shop, spend } = await office();
    const id = await spend('payout');
    expect(await recordPayment(shop.ctx, { id, reference: 'A' })).toMatchObject({
      id,
      state: 'paid',
      paid: { reference: 'A' },
    });
    await expect(recordPayment(shop.ctx, { id, reference: 'B' })).rejects.toMatchObject({
      code: 'payout_moved',
    });
    await expect(recordPayment(shop.ctx, { id: 'none', reference: null })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is held while the books of the account are in doubt, a donation is not', async () => {
    const { shop, owner, accountId, spend } = await office();
    const ids = [await spend('payout'), await spend('donation')];
    await shop.ctx.db.write(moveDoubts([accountId], [accountId], 1));
    expect(await markPaid(owner, { ids, reference: null })).toEqual({ paid: 1, moved: 0, held: 1 });
    await expect(recordPayment(shop.ctx, { id: ids[0] ?? '', reference: null })).rejects.toMatchObject({
      code: 'account_in_doubt',
    });
    await shop.ctx.db.write(moveDoubts([accountId], [], 2));
    expect(await markPaid(owner, { ids, reference: null })).toEqual({ paid: 1, moved: 1, held: 0 });
  });

  test('is undone on its business day, told to the customer, and made again', async () => {
    const { shop, owner, spend } = await office();
    const id = await spend('payout');
    await markPaid(owner, { ids: [id], reference: 'A' });
    await undoPayment(owner, { id, steps: 1 });
    await expect(undoPayment(owner, { id, steps: 1 })).rejects.toMatchObject({ code: 'payout_moved' });
    expect(await getPayout(owner, { id })).toMatchObject({ state: 'to_pay', paid: null, steps: 2 });
    await markPaid(owner, { ids: [id], reference: 'B' });
    expect((await getPayout(owner, { id })).history.map(({ kind }) => kind)).toEqual([
      'paid',
      'unpaid',
      'paid',
    ]);
    expect((await mailsOf(shop.ctx)).map(({ template }) => template)).toEqual([
      'payout_paid',
      'payout_unpaid',
      'payout_paid',
    ]);
  });

  test('stays once its business day is over, which ends at midnight of the business', async () => {
    const { shop, owner, spend } = await office();
    // Noon in London, in winter: twelve hours are left.
    const [first, second] = [await spend('payout'), await spend('payout')];
    await markPaid(owner, { ids: [first, second], reference: 'A' });
    shop.clock.advance(12 * HOUR_MS - 1);
    await undoPayment(owner, { id: first, steps: 1 });
    shop.clock.advance(1);
    await expect(undoPayment(owner, { id: second, steps: 1 })).rejects.toMatchObject({
      code: 'payout_moved',
    });
    expect(await getPayout(owner, { id: second })).toMatchObject({ state: 'paid' });
  });
});

describe('a return to the balance', () => {
  test('gives back what was refused or sent back, once, with its reason to the customer', async () => {
    const { shop, owner, accountId, spend } = await office();
    const [refused, sentBack] = [await spend('payout', 500n), await spend('payout', 700n)];
    await markPaid(owner, { ids: [sentBack], reference: 'A' });
    await returnPayout(owner, { id: refused, steps: 0, reason: ' No such account ' });
    await returnPayout(owner, { id: sentBack, steps: 1, reason: 'Came back' });
    expect(await balanceOf(shop.ctx, accountId)).toBe(10_000n);
    const { items } = await listPayouts(owner, { state: 'returned' });
    expect(items.map(({ returned }) => returned?.reason).toSorted()).toEqual([
      'Came back',
      'No such account',
    ]);
    expect((await mailsOf(shop.ctx)).map(({ template }) => template)).toEqual([
      'payout_paid',
      'payout_returned',
      'payout_returned',
    ]);
    await expect(returnPayout(owner, { id: refused, steps: 1, reason: 'x' })).rejects.toMatchObject({
      code: 'already_reversed',
    });
    expect((await verify(shop.ctx)).differences).toBe(0);
  });

  test('is refused where somebody has paid it since, and without a reason', async () => {
    const { shop, owner, manager, accountId, spend } = await office();
    const id = await spend('payout', 500n);
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 10 }, () => returnPayout(owner, { id, steps: 0, reason: 'No' })),
      ...Array.from({ length: 10 }, () => markPaid(manager, { ids: [id], reference: null })),
    ]);
    const returned = outcomes.slice(0, 10).filter(({ status }) => status === 'fulfilled').length;
    const paid = outcomes.slice(10).filter((one) => one.status === 'fulfilled' && isPaid(one.value)).length;
    expect(returned + paid).toBe(1);
    for (const one of outcomes.slice(0, 10))
      if (one.status === 'rejected') expect(codeOf(one.reason)).toMatch(/payout_moved|already_reversed/);
    expect(await balanceOf(shop.ctx, accountId)).toBe(returned === 1 ? 10_000n : 9500n);
    await expect(returnPayout(owner, { id, steps: 1, reason: ' ' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });
});

test('donations are told by their cause, and passed on together', async () => {
  const { owner, spend } = await office();
  await spend('donation', 300n, 'Shelter');
  await spend('donation', 200n, 'Shelter');
  await spend('donation', 100n, null);
  await returnPayout(owner, { id: await spend('donation', 50n, 'School'), steps: 0, reason: 'Closed' });
  const shelter = { cause: 'Shelter', currency: 'EUR', reference: null };
  const late = await spend('donation', 70n, 'Shelter');
  await expect(markCausePaid(owner, { ...shelter, owedMinor: 500n })).rejects.toMatchObject({
    code: 'payout_moved',
  });
  await returnPayout(owner, { id: late, steps: 0, reason: 'Asked by mistake' });
  expect(await markCausePaid(owner, { ...shelter, owedMinor: 500n })).toEqual({
    paid: 2,
    moved: 0,
    held: 0,
  });
  await spend('donation', 70n, 'Shelter');
  const none = { cause: null, currency: 'EUR', owed: 1, owedMinor: 100n, passedMinor: 0n };
  const some = { cause: 'Shelter', currency: 'EUR', owed: 1, owedMinor: 70n, passedMinor: 500n };
  expect(await listDonationCauses(owner)).toEqual({ items: [none, some], nextCursor: null });
  const { items, nextCursor } = await listDonationCauses(owner, { limit: 1 });
  expect(items).toEqual([none]);
  expect((await listDonationCauses(owner, { cursor: nextCursor, limit: 1 })).items).toEqual([some]);
});

test('the statement says what became of a payout', async () => {
  const { shop, owner, customerId, spend } = await office();
  const [paid] = [await spend('payout', 500n), await spend('donation', 300n)];
  await markPaid(owner, { ids: [paid], reference: null });
  const asked = { accountId: null, kind: null, year: null, page: 1 };
  const { entries } = await getStatement(shop.as(customerId), asked);
  const told = entries.map(({ amount, payout }) => [amount.minor, payout]);
  expect(told).toContainEqual([-500n, { kind: 'payout', state: 'paid', paidAt: shop.clock.now() }]);
  expect(told).toContainEqual([-300n, { kind: 'donation', state: 'to_pay', paidAt: null }]);
  expect(told).toContainEqual([10_000n, null]);
});

async function office() {
  const shop = await openShop(moneyBack);
  const { accountId, customerId } = await shop.order({ email: 'ann@x.example' });
  await adjust(shop.ctx, { account: 'ann@x.example', amount: 10_000n, reason: 'Sorry' });
  const member = async (role: Role): Promise<Context> => {
    const id = newId();
    const sql = 'INSERT INTO staff (id, email, role, created_at) VALUES (?, ?, ?, 1)';
    await shop.ctx.db.write([{ sql, args: [id, `${role}@shop.example`, role] }]);
    return { ...shop.ctx, actor: { kind: 'staff', id, role } };
  };
  const spend = async (
    kind: 'till' | 'payout' | 'donation',
    amount = 500n,
    reference: string | null = 'IBAN',
  ): Promise<string> =>
    (await redeem(shop.ctx, { kind, accountId, customerId: null, amount, currency: 'EUR', reference })).id;
  const [agent, manager] = [await member('agent'), await member('manager')];
  const [owner, analyst] = [await member('owner'), await member('analyst')];
  return { shop, accountId, customerId, agent, manager, owner, analyst, spend };
}

async function mailsOf({ db }: Context): Promise<{ template: string; params: object }[]> {
  const rows = await db.read({
    sql: "SELECT template, params FROM outbox WHERE template LIKE 'payout%' ORDER BY created_at, id",
    args: [],
  });
  return rows.map(([template, params]) => ({
    template: String(template),
    params: JSON.parse(String(params)),
  }));
}

async function balanceOf({ db }: Context, accountId: string): Promise<bigint> {
  const [row] = await db.read({ sql: 'SELECT balance_minor FROM accounts WHERE id = ?', args: [accountId] });
  return BigInt(row?.[0] ?? 0);
}

const isPaid = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'paid' in value && value.paid === 1;
const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
