import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { periodTotals } from '../../../db/schema/index.ts';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';
import { getBusiness } from '../business/business.ts';
import { totalColumns } from './account-columns.ts';
import { pendingSum } from './build-balance.ts';
import { missingToTarget } from './missing-to-target.ts';
import { totalsByKey } from './root.ts';

/** What segments ask about accounts and their balance (DOMAIN §8). */
export const accountFields: readonly SegmentField[] = [
  {
    ...{ name: 'account.kind', kind: 'choice', choices: ['personal', 'household', 'company'] },
    source: () => ({
      value: sql`CASE WHEN a.kind = 'personal' THEN 'personal' WHEN a.form = 'household' THEN 'household'
        ELSE 'company' END`,
      needsAccount: true,
    }),
  },
  {
    ...{ name: 'account.name', kind: 'text' },
    source: () => ({ value: sql`nullif(a.name, '')`, needsAccount: true }),
  },
  {
    ...{ name: 'account.departments', kind: 'count', otherwise: 0 },
    source: ({ among }) => ({
      rows: sql`SELECT root_id, count(*) AS value FROM accounts
        WHERE kind = 'department' AND withdrawn_at IS NULL AND ${among(sql`root_id`)} GROUP BY root_id`,
    }),
  },
  {
    ...{ name: 'rewards.available', kind: 'money', otherwise: 0 },
    source: ({ now }) => ({ value: available(now), needsAccount: true }),
  },
  {
    ...{ name: 'rewards.pending', kind: 'money', otherwise: 0 },
    source: async (asked) => ({ rows: await pending(asked) }),
  },
  {
    ...{ name: 'rewards.lapsing', kind: 'money', otherwise: 0, takesDays: true },
    source: (asked) => ({ rows: lapsing(asked) }),
  },
  {
    ...{ name: 'rewards.missing', kind: 'money' },
    stamp: async (ctx) => String((await getBusiness(ctx)).revision),
    source: async (asked) => ({ rows: await missingToTarget(asked) }),
  },
  {
    ...{ name: 'vouchers.open', kind: 'count', otherwise: 0 },
    source: ({ among, now }) => ({
      rows: sql`SELECT account_id AS root_id, count(*) AS value FROM vouchers
        WHERE (expires_at IS NULL OR expires_at > ${now}) AND code NOT IN (SELECT code FROM voucher_uses)
          AND code NOT IN (SELECT code FROM voucher_cancellations) AND ${among(sql`account_id`)} GROUP BY account_id`,
    }),
  },
];

/** What can be spent now: credit that is over does not count, closed or not. Mostly there is none. */
function available(now: number): SQL {
  const isOver = sql`remaining_minor > 0 AND expires_at IS NOT NULL AND expires_at <= ${now}`;
  return sql`max(a.balance_minor, 0) - CASE WHEN EXISTS (SELECT 1 FROM lots WHERE ${isOver})
    THEN coalesce((SELECT sum(remaining_minor) FROM lots WHERE account_id = a.id AND ${isOver}), 0) ELSE 0 END`;
}

/** Credit that ends within the next days, today the first. */
function lapsing({ among, days, now, today, timeZone }: SegmentAsked): SQL {
  const end = days === null ? sql`1` : sql`expires_at <= ${startOfDay(addDays(today, days), timeZone)}`;
  return sql`SELECT account_id AS root_id, sum(remaining_minor) AS value FROM lots
    WHERE remaining_minor > 0 AND expires_at IS NOT NULL AND expires_at > ${now} AND ${end}
      AND ${among(sql`account_id`)} GROUP BY account_id`;
}

/** Per cents are worked out in one place alone, so what waits is summed up before it is asked about. */
async function pending({ ctx, among }: SegmentAsked): Promise<SQL> {
  const business = await getBusiness(ctx);
  const rows = await ask(ctx.db, (query) =>
    query
      .select(totalColumns)
      .from(periodTotals)
      .where(sql`spend_minor <> settled_minor AND ${among(sql`root_id`)}`),
  );
  const waiting = [...Map.groupBy(rows, ({ rootId }) => rootId)].map(([rootId, own]) => [
    rootId,
    String(pendingSum(totalsByKey(own), business)),
  ]);
  return sql`SELECT value ->> 0 AS root_id, CAST(value ->> 1 AS INTEGER) AS value FROM json_each(${JSON.stringify(waiting)})`;
}
