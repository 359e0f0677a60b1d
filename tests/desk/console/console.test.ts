import { describe, expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { getAbout } from '../../../functions/desk/console/customers/get-about.ts';
import { getCustomer } from '../../../functions/desk/console/get-customer.ts';
import { getOverview } from '../../../functions/desk/console/get-overview.ts';
import { search } from '../../../functions/desk/console/search.ts';
import { turnIntoVoucher } from '../../../functions/desk/portal/turn-into-voucher.ts';
import { type Actor, type Context, roles } from '../../../functions/ground/platform/context.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { answerQuestion } from '../../../functions/people/joining/answer-question.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const as = (shop: Shop, actor: Actor): Context => ({ ...shop.ctx, actor });
const staff = (shop: Shop) => as(shop, { kind: 'staff', id: 's1', role: 'analyst' });
const file = (customerId: string, historyPage = 1) => ({
  customerId,
  accountId: null,
  ordersPage: 1,
  historyPage,
});

describe('the business at a glance', () => {
  test('adds up what is owed over all accounts', async () => {
    const shop = await openShop({ ...moneyBack, settleAfterDays: 14 });
    const { customerId } = await shop.order({ totals: [26000], placedAt: '2026-02-01T10:00:00Z' });
    await shop.order({ totals: [15000], status: 'shipped', number: 'W-9' });
    await shop.order({
      email: 'bob@example.com',
      totals: [20000],
      placedAt: '2026-01-01T10:00:00Z',
      number: 'BACK',
    });
    await turnIntoVoucher(shop.as(customerId), {
      accountId: null,
      amountMinor: 300n,
      key: 'a-key-of-a-form',
    });
    await turnIntoVoucher(shop.as(await idOf(shop, 'bob@example.com')), {
      accountId: null,
      amountMinor: 1000n,
      key: 'b',
    });
    await shop.refund('BACK', '1', 20000);
    const { orders, customers, owed, programme } = await getOverview(staff(shop));
    expect({ orders, customers }).toEqual({ orders: 3, customers: { total: 2, claimed: 0 } });
    expect(owed).toEqual({
      available: eur(700n),
      pending: eur(1000n),
      debt: eur(1000n),
      vouchers: { count: 2, amount: eur(1300n) },
    });
    expect(programme?.rules.map(({ id }) => id)).toEqual(['money-back']);
  });

  test('tells of nothing where there is nothing', async () => {
    const shop = await openShop();
    expect(await getOverview(staff(shop))).toEqual({
      orders: 0,
      customers: { total: 0, claimed: 0 },
      owed: null,
      imports: [],
      jobs: [],
      mail: { waiting: 0, failures: [] },
      programme: null,
    });
  });

  test('shows imports with the first refused rows, jobs, and mail that failed', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order();
    const errors = Array.from({ length: 30 }, (_, line) => ({ line, order: null, reason: 'is wrong' }));
    const report = { orders: { created: 5, updated: 1, unchanged: 0, rejected: 30 }, errors };
    await shop.ctx.db.write([
      statement(
        "INSERT INTO imports (id, file_name, started_at, finished_at, report, actor) VALUES ('i1', 'a.csv', 1, 2, ?, 'x')",
        JSON.stringify(report),
      ),
      statement("INSERT INTO imports (id, file_name, started_at, actor) VALUES ('i2', 'b.csv', 3, 'x')"),
      statement(
        "INSERT INTO job_runs (name, started_at, finished_at, failure) VALUES ('mail', 1, 2, 'unavailable')",
      ),
      statement(
        `INSERT INTO outbox (id, template, params, customer_id, created_at, next_try_at, tries, failed_at, failure)
         VALUES ('zz', 'order_placed', '{}', ?, 1, 1, 9, 5, 'no such mailbox')`,
        customerId,
      ),
    ]);
    const { imports, jobs, mail } = await getOverview(staff(shop));
    expect(imports.map(({ fileName, state, counts }) => ({ fileName, state, counts }))).toEqual([
      { fileName: 'b.csv', state: 'interrupted', counts: null },
      { fileName: 'a.csv', state: 'done', counts: report.orders },
    ]);
    expect(imports[1]?.errors).toEqual(errors.slice(0, 10));
    expect(jobs).toMatchObject([{ name: 'mail', startedAt: 1, finishedAt: 2, failure: 'unavailable' }]);
    expect(mail.failures).toEqual([
      { template: 'order_placed', email: 'ann@example.com', failedAt: 5, failure: 'no such mailbox' },
    ]);
  });
});

describe('the search', () => {
  test('finds customers by email, name and member number, and orders by number', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ email: 'vika@example.com', number: 'FK-17' });
    await shop.ctx.db.write([statement('UPDATE customers SET name = ?', 'Вікторія Лис')]);
    await shop.order({ email: 'bob@example.com', source: 'till', number: 'FK-170' });
    await shop.order({ email: 'bob@example.com', number: 'A_1' });
    const emails = async (text: string) =>
      (await search(staff(shop), { text })).customers.map(({ email }) => email);
    const numbers = async (text: string) =>
      (await search(staff(shop), { text })).orders.map(({ number }) => number);
    expect(await emails('VIKA@')).toEqual(['vika@example.com']);
    expect(await emails('лис')).toEqual(['vika@example.com']);
    expect(await emails('%')).toEqual([]);
    expect(new Set(await numbers('fk-17'))).toEqual(new Set(['FK-17', 'FK-170']));
    expect(await numbers('A')).toEqual(['A_1']);
    expect(new Set(await numbers('K-17'))).toEqual(new Set(['FK-17', 'FK-170']));
  });
});

describe('a customer', () => {
  test('is shown as they see themselves, with all that happened and what it moved', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order({ totals: [26000], number: 'ONE' });
    shop.clock.advance(1000);
    await signIn(shop.ctx, 'ann@example.com');
    shop.clock.advance(1000);
    await adjust(shop.ctx, { account: 'ann@example.com', amount: 150n, reason: 'Late parcel' });
    shop.clock.advance(1000);
    await shop.refund('ONE', '1', 10000);
    const found = await getCustomer(staff(shop), file(customerId));
    expect(found.head).toMatchObject({ email: 'ann@example.com', claimedAt: shop.clock.now() - 2000 });
    expect(found.overview.available).toEqual(eur(650n));
    expect(found.orders.items.map(({ number }) => number)).toEqual(['ONE']);
    const told = found.history.moments.map(({ happenings, entries }) => [
      ...happenings.map(({ kind }) => kind),
      ...entries.map(({ kind, amount, cause }) => `${kind} ${amount.minor} ${cause ?? ''}`.trim()),
    ]);
    expect(told).toEqual([
      ['order_refunded', 'clawback -500'],
      ['adjusted', 'adjust 150 Late parcel'],
      ['claimed'],
      ['order_created', 'earn 1000'],
    ]);
  });

  test('has a history of many pages, of which none tells an entry twice', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order({ totals: [10000] });
    for (let index = 0; index < 90; index += 1) {
      if (index % 7 === 0) shop.clock.advance(DAY_MS / 24);
      await shop.order({ totals: [10000] });
    }
    const pages = await Promise.all(
      [1, 2, 3].map((page) => getCustomer(staff(shop), file(customerId, page))),
    );
    const moments = pages.flatMap(({ history }) => history.moments);
    expect(pages.map(({ history }) => history.pages)).toEqual([3, 3, 3]);
    expect(moments.flatMap(({ happenings }) => happenings)).toHaveLength(91);
    const seqs = moments.flatMap(({ entries }) => entries.map(({ seq }) => seq));
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 91 }, (_, index) => index + 1));
    expect((await getCustomer(staff(shop), file(customerId, 9))).history).toEqual(pages[2]?.history);
  });

  test('shows what they told about themselves to all but analysts', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order();
    await answerQuestion(shop.as(customerId), { question: 'why', answer: 'The window smells of coffee' });
    await answerQuestion(shop.as(customerId), { question: 'birthday', answer: '02-29' });
    const agent = as(shop, { kind: 'staff', id: 's2', role: 'agent' });
    const at = shop.clock.now();
    expect((await getAbout(agent, file(customerId))).answers).toEqual([
      { question: 'why', answer: 'The window smells of coffee', at },
      { question: 'birthday', answer: '02-29', at },
    ]);
    expect((await getAbout(staff(shop), file(customerId))).answers).toEqual([]);
  });

  test('who is nobody is not found, nor is somebody else’s account', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order();
    const { accountId } = await shop.order({ email: 'bob@example.com' });
    await expect(getCustomer(staff(shop), file('nobody'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(getCustomer(staff(shop), { ...file(customerId), accountId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

test('every role may read, customers and strangers may not', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order();
  const works = [
    (ctx: Context) => getOverview(ctx),
    (ctx: Context) => search(ctx, { text: 'a' }),
    (ctx: Context) => getCustomer(ctx, file(customerId)),
  ];
  for (const work of works) {
    for (const role of roles) await work(as(shop, { kind: 'staff', id: 's1', role }));
    await expect(work(shop.as(customerId))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(work(as(shop, { kind: 'anonymous' }))).rejects.toMatchObject({ code: 'unauthenticated' });
  }
});

async function idOf({ ctx }: Shop, email: string): Promise<string> {
  const [row] = await ctx.db.read({ sql: 'SELECT id FROM customers WHERE email = ?', args: [email] });
  return String(row?.[0]);
}
