import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addMonths } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { AttentionList } from './lists.ts';
import { findNewestRun, listRecords } from './queries.ts';
import { recordOf, type TrackRecord } from './rules/record.ts';

const MONTHS = 24;

export interface Records {
  /** The business day on which the lists were asked last; null before the first. */
  askedOn: string | null;
  /** In which what lists tell of money is. */
  currency: string | null;
  /** What each list said within two years, and what became of it. */
  records: Record<AttentionList, TrackRecord>;
}

/** @throws {AppError} `forbidden` */
export async function getRecords(ctx: Context): Promise<Records> {
  allow(ctx.actor, 'customers:read');
  const { timeZone, currency } = await getBusiness(ctx);
  const since = addMonths(dayOf(ctx.now(), timeZone), -MONTHS).slice(0, 7);
  const [rows, run] = await Promise.all([listRecords(ctx.db, { since }), findNewestRun(ctx.db)]);
  const counted = new Map(rows.map((row) => [row.list, row]));
  const none = { said: 0, happened: 0, drawn: 0, drawnHappened: 0 };
  const of = (list: AttentionList) => recordOf(counted.get(list) ?? none);
  return {
    askedOn: run?.day ?? null,
    currency,
    records: {
      ...{ walks_away: of('walks_away'), lapsed: of('lapsed'), reorders_soon: of('reorders_soon') },
      ...{ praises: of('praises'), shifts: of('shifts'), dormant_departments: of('dormant_departments') },
    },
  };
}
