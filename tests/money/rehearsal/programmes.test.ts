import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setSettings } from '../../../functions/money/business/settings.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { readDraft } from '../../../functions/money/rehearsal/draft.ts';
import { rehearse } from '../../../functions/money/rehearsal/rehearse.ts';
import { listBalances } from '../../../functions/reach/exports/list-balances.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { repository } from '../../support/process.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';
import { openTestFile } from '../../support/test-store.ts';

const isSoak = process.env.SOAK === '1';
const RECORD_SHOP_CUSTOMERS = isSoak ? Number.POSITIVE_INFINITY : 300;
const INVENTED_ORDERS = isSoak ? 20_000 : 700;

const MEMBERS = 40;

const programmes = `${repository}tests/programmes`;
const recordShop = `${repository}../shared/data/cdnow/orders.csv`;
const names = readdirSync(programmes).map((file) => file.replace('.json', ''));
const programmeOf = (name: string): unknown => JSON.parse(readFileSync(`${programmes}/${name}.json`, 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'regulars-rehearsal-'));
const file = join(folder, 'orders.csv');
const store = await openTestFile();
let plain: Context;

beforeAll(async () => {
  writeFileSync(file, [header, ...inventedRows(), ...recordShopRows()].join('\n'));
  plain = await shop(null, store.store);
}, 240_000);
afterAll(() => {
  store.remove();
  rmSync(folder, { recursive: true, force: true });
});

test.each(names)(
  '%s comes out to the cent as it does when the orders are imported under it',
  async (name) => {
    const json = programmeOf(name);
    const imported = await shop(json);
    const earned = await earnedIn(imported);
    expect(earned).toBeGreaterThan(0n);

    const draft = await rehearse(plain, readDraft(json), { since: null });
    expect([draft.presentMinor, draft.draftMinor]).toEqual([0n, earned]);
    expect(draft.months.reduce((sum, { draftMinor }) => sum + draftMinor, 0n)).toBe(earned);

    const same = await rehearse(imported, readDraft(json), { since: null });
    expect([same.presentMinor, same.draftMinor]).toEqual([earned, earned]);
    expect(same.accounts).toMatchObject({ gain: 0, lose: 0 });

    const late = await rehearse(imported, readDraft(json), { since: '1997-08-01' });
    expect(late.months).toEqual(same.months.filter(({ month }) => month >= '1997-08'));
  },
  isSoak ? 600_000 : 60_000,
);

/** All orders, with or without a programme, and a few members of the club since a day in the past. */
async function shop(programme: unknown, kept?: Store): Promise<Context> {
  const { now } = createTestClock(Date.UTC(1998, 6, 20, 12));
  const ctx = await createTestContext(kept === undefined ? { now } : { now, store: kept });
  if (programme === null) await setSettings(ctx, { currency: 'USD', timeZone: 'America/New_York' });
  else await setProgramme(ctx, programme);
  const report = await importOrders(ctx, { path: file });
  expect(report.orders).toMatchObject({ updated: 0, unchanged: 0, rejected: 0 });
  for (let index = 0; index < MEMBERS; index += 1)
    await addMember(ctx, { email: emailOf(index), accountId: null, since: '1997-05-01' });
  return ctx;
}

/** What was posted for orders, and what waits to be. */
async function earnedIn(ctx: Context): Promise<bigint> {
  const sql = `SELECT coalesce(sum(amount_minor), 0) FROM ledger WHERE kind IN ('earn', 'clawback')`;
  let sum = BigInt((await ctx.db.read({ sql, args: [] }))[0]?.[0] ?? 0);
  for await (const page of listBalances(ctx)) for (const { pending } of page) sum += pending;
  return sum;
}

const header =
  'order_number,placed_at,customer_email,currency,line_total,line_discount,refunded_total,account,department,sku,category,shipping,tax,status,delivered_at';

const emailOf = (index: number) => `p${index}@example.com`;

/** Orders with all that rules look at, the same each time. */
function inventedRows(): string[] {
  const next = openRandom(20_260_301);
  const pick = <Item>(items: readonly Item[]) => items[next(items.length)];
  const amount = (max: number) => (next(max) / 100).toFixed(2);
  const rows: string[] = [];
  for (let order = 0; order < INVENTED_ORDERS; order += 1) {
    const placed = Date.UTC(1997, 0, 1) + next(540) * 86_400_000 + next(86_400) * 1000;
    const at = new Date(placed).toISOString();
    const status = pick(['delivered', 'delivered', 'delivered', 'shipped', 'cancelled', 'on_hold']);
    const delivered = status === 'delivered' ? new Date(placed + next(9) * 86_400_000).toISOString() : '';
    const buyer = next(150);
    const shared = buyer >= MEMBERS && next(5) === 0 ? ['ACME', pick(['', 'Paris', 'Lviv'])] : ['', ''];
    const whole = [amount(900), amount(700), status, delivered];
    const whose = [emailOf(buyer), next(25) === 0 ? 'EUR' : 'USD'];
    for (let line = 0; line <= next(3); line += 1) {
      const total = next(9000);
      const discount = next(4) === 0 ? next(total + 1) : 0;
      const refunded = next(6) === 0 ? next(total - discount + 1) : 0;
      const sums = [total, discount, refunded].map((minor) => (minor / 100).toFixed(2));
      const goods = [
        pick(['SKU-1', 'SKU-2', 'sku-3', '']),
        pick(['Books', 'MUSIC', 'Toys', 'Gift cards', '']),
      ];
      rows.push([`I-${order}`, at, ...whose, ...sums, ...shared, ...goods, ...whole].join(','));
    }
  }
  return rows;
}

/** Of a real shop, where its file is at hand: bare days, one line each. */
function recordShopRows(): string[] {
  if (!existsSync(recordShop)) return [];
  const emails = new Set<string>();
  const rows = readFileSync(recordShop, 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [number, day, email = '', currency, , , total] = row.split(',');
    if (emails.size >= RECORD_SHOP_CUSTOMERS && !emails.has(email)) return [];
    emails.add(email);
    return `${number},${day},${email},${currency},${total}${','.repeat(10)}`;
  });
}

function openRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
