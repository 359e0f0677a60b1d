import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { takeSteps } from '../../ground/feed/take-steps.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { YEAR_DAYS } from './level.ts';
import { listEnded } from './queries.ts';

/** Follows `account_days`. Days to come are no part of it until they are there. */
const yearsCounted = `INSERT INTO account_years
    (root_id, currency, order_count, purchase_days, spend_minor, refunded_minor, until_day)
  SELECT d.root_id, d.currency, sum(d.order_count * (d.day <= ?2)),
    count(DISTINCT CASE WHEN d.day <= ?2 AND d.order_count > 0 THEN d.day END),
    sum(d.spend_minor * (d.day <= ?2)), sum(d.refunded_minor * (d.day <= ?2)),
    min(CASE WHEN d.day <= ?2 THEN date(d.day, '+${YEAR_DAYS} days') ELSE d.day END)
  FROM json_each(?1) AS listed CROSS JOIN account_days AS d
    ON d.root_id = listed.value AND d.day > date(?2, '-${YEAR_DAYS} days')
  GROUP BY d.root_id, d.currency`;

/** What the last 365 days came to for some root accounts, anew; a part of the unit that counts their days. */
export function countYears(ids: readonly string[], today: string): Statement[] {
  const list = JSON.stringify(ids);
  return [
    statement('DELETE FROM account_years WHERE root_id IN (SELECT value FROM json_each(?1))', list),
    statement(yearsCounted, list, today),
  ];
}

/** So many accounts are counted in one unit; the index of ends finds those that are left. */
const ACCOUNTS = 200;
const STEPS_MAX = 1000;

/**
 * Counts the last 365 days of those accounts anew of which a day has left them since, or has come: a few with each business
 * day. @returns how many accounts
 */
export async function endYears(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const { timeZone } = await getBusiness({ ...ctx, db });
  const today = dayOf(ctx.now(), timeZone);
  const mayStep = takeSteps(ctx, STEPS_MAX);
  let counted = 0;
  while (mayStep()) {
    const ended = await listEnded(db, { today, limit: ACCOUNTS });
    if (ended.length === 0) break;
    await ctx.db.write(
      countYears(
        ended.map(({ rootId }) => rootId),
        today,
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 0));
    counted += ended.length;
  }
  return counted;
}
