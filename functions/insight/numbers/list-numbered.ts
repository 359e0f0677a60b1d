import { statement } from '../../../db/query.ts';
import type { Value } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayFromNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { isMonth, nextMonth } from '../levels/months.ts';
import { type ToldAccount, tellAccounts } from '../levels/tell-accounts.ts';
import type { FifthStarts } from './fifths.ts';
import { getNumbers, type NumbersView } from './get-numbers.ts';

/** Which accounts are behind a figure. Ends are left out; null is none. */
export type NumberedAsked =
  | { by: 'rfm'; recency: number; frequency: number }
  | { by: 'fifth'; fifth: number }
  | { by: 'spend'; from: bigint; to: bigint | null }
  | { by: 'interval'; from: bigint; to: bigint | null }
  | { by: 'cohort'; month: string; in: string | null }
  | { by: 'month'; month: string };

export interface NumberedPage {
  items: ToldAccount[];
  nextCursor: string | null;
  currency: string;
}

const PAGE = 50;

/** What an address asks for; null where it asks for nothing there is. */
export function readNumbered(query: { get(name: string): string | null }): NumberedAsked | null {
  const text = (name: string) => query.get(name) ?? '';
  const fifth = (name: string) => (/^[1-5]$/.test(text(name)) ? Number(text(name)) : null);
  const whole = (name: string) => (/^\d{1,16}$/.test(text(name)) ? BigInt(text(name)) : null);
  const by = text('by');
  const [recency, frequency, one, from] = [fifth('r'), fifth('f'), fifth('m'), whole('from')];
  if (by === 'rfm' && recency !== null && frequency !== null) return { by, recency, frequency };
  if (by === 'fifth' && one !== null) return { by, fifth: one };
  if ((by === 'spend' || by === 'interval') && from !== null) return { by, from, to: whole('to') };
  const month = text('month');
  if (by === 'cohort' && isMonth(month)) return { by, month, in: isMonth(text('in')) ? text('in') : null };
  return by === 'month' && isMonth(month) ? { by, month } : null;
}

/**
 * The accounts behind a figure, in no order that tells anything. Null before figures were first counted.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listNumbered(
  ctx: Context,
  asked: NumberedAsked,
  after: string | null = null,
): Promise<NumberedPage | null> {
  allow(ctx.actor, 'customers:read');
  const numbers = await getNumbers(ctx);
  if (numbers === null) return null;
  const { from, where, args } = conditionOf(asked, numbers);
  const rows = await ctx.db.read(
    statement(
      `SELECT f.account_id FROM ${from} WHERE f.account_id > ?1 AND (${where}) ORDER BY f.account_id LIMIT ${PAGE + 1}`,
      after ?? '',
      numbers.currency,
      ...args,
    ),
  );
  const ids = rows.slice(0, PAGE).map(([id]) => String(id));
  return {
    items: await tellAccounts(ctx, ids, numbers.currency),
    nextCursor: rows.length > PAGE ? (ids.at(-1) ?? null) : null,
    currency: numbers.currency,
  };
}

const ofYear = `account_facts AS f CROSS JOIN account_years AS y ON y.root_id = f.account_id AND y.currency = ?2`;
/** The currency stands in every statement, where it is asked for or not. */
const ofAll = `account_facts AS f CROSS JOIN (SELECT ?2 AS currency) AS told`;

/** SQL of the accounts; its arguments begin with the third. */
function conditionOf(
  asked: NumberedAsked,
  { rfm }: NumbersView,
): { from: string; where: string; args: Value[] } {
  switch (asked.by) {
    case 'rfm': {
      const [lastFrom, lastTo] = spanOf(rfm.starts.recency, asked.recency);
      const [daysFrom, daysTo] = spanOf(rfm.starts.frequency, asked.frequency);
      const day = (number: bigint | null) => (number === null ? null : dayFromNumber(Number(number)));
      return {
        from: ofYear,
        where: `y.purchase_days >= ?3 AND (?4 IS NULL OR y.purchase_days < ?4)
          AND f.last_on >= ?5 AND (?6 IS NULL OR f.last_on < ?6) AND y.purchase_days > 0`,
        args: [daysFrom ?? 1n, daysTo, day(lastFrom) ?? '', day(lastTo)],
      };
    }
    case 'fifth': {
      const [from, to] = spanOf(rfm.starts.spend, asked.fifth);
      const where =
        'y.purchase_days > 0 AND (?3 IS NULL OR y.spend_minor >= ?3) AND (?4 IS NULL OR y.spend_minor < ?4)';
      return { from: ofYear, where, args: [from, to] };
    }
    case 'spend':
      return {
        from: ofYear,
        where:
          'y.purchase_days > 0 AND (?3 = 0 OR y.spend_minor >= ?3) AND (?4 IS NULL OR y.spend_minor < ?4)',
        args: [asked.from, asked.to],
      };
    case 'interval':
      return {
        from: ofAll,
        where: 'f.interval_half_days >= ?3 AND (?4 IS NULL OR f.interval_half_days < ?4)',
        args: [asked.from, asked.to],
      };
    case 'cohort':
      return {
        from: ofAll,
        where: `f.first_on >= ?3 AND f.first_on < ?4${asked.in === null ? '' : ` AND ${boughtIn('?5', '?6')}`}`,
        args: [
          asked.month,
          nextMonth(asked.month),
          ...(asked.in === null ? [] : [asked.in, nextMonth(asked.in)]),
        ],
      };
    case 'month':
      return { from: ofAll, where: boughtIn('?3', '?4'), args: [asked.month, nextMonth(asked.month)] };
  }
}

/** Days of a month come after its name and before the next. */
const boughtIn = (month: string, next: string) => `EXISTS (SELECT 1 FROM account_days AS d
  WHERE d.root_id = f.account_id AND d.day >= ${month} AND d.day < ${next} AND d.order_count > 0)`;

/** From where a fifth begins until where the next does that has anybody. */
function spanOf(starts: FifthStarts, fifth: number): [bigint | null, bigint | null] {
  const from = fifth === 1 ? null : (starts[fifth - 2] ?? null);
  return [from, starts.slice(fifth - 1).find((start) => start !== null) ?? null];
}
