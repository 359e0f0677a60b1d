import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { getFactsState } from '../facts/get-facts-state.ts';
import { findMark } from '../facts/premium-mark.ts';
import { type BusinessShape, shapeOf } from '../facts/shape.ts';
import { countGroups, type GroupCounts } from './group-counts.ts';
import { countOn, type LevelCounts, listChanges, type MonthShape, shapesOf } from './level-counts.ts';
import { firstOfMonth, lastOfMonth, monthOfDay, monthsUpTo, nextMonth } from './months.ts';
import { countMoves, type Move } from './moves.ts';
import { idealShape } from './policies.ts';

/** How many months the shape is shown of. */
const MONTHS = 13;

/** How far the relationships of all root accounts have come (DOMAIN §5), and who moved in one month. */
export interface LevelsView {
  /** `YYYY-MM`, and its last day that is there; the counts are those of the end of that day. */
  month: string;
  until: string;
  isMonthOver: boolean;
  counts: LevelCounts;
  total: number;
  shape: BusinessShape;
  ideal: BusinessShape;
  /** When the month began. */
  before: LevelCounts;
  moves: readonly (Move & { accounts: number })[];
  /** At the end of each month; the last is the one that is shown. */
  months: MonthShape[];
  /** Today, whatever the month. */
  groups: GroupCounts;
  /** From which spend of the last 365 days on an account is premium. */
  premiumFrom: { minor: bigint; currency: string } | null;
  /** How many changes were not counted yet; null while counting has not begun. */
  behind: number | null;
}

/** `month` is the present one where it is left out or to come. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getLevels(ctx: Context, asked: { month?: string | null } = {}): Promise<LevelsView> {
  allow(ctx.actor, 'customers:read');
  const business = await getBusiness(ctx);
  const { currency, timeZone } = business;
  const today = dayOf(ctx.now(), timeZone);
  const current = monthOfDay(today);
  const month = asked.month && asked.month < current ? asked.month : current;
  const until = month === current ? today : lastOfMonth(month);
  const months = monthsUpTo(month, MONTHS);
  const start = addDays(firstOfMonth(months[0] ?? month), -1);
  const since = firstOfMonth(month);
  const [first, changes, moves, groups, mark, { behind }] = await Promise.all([
    countOn(ctx.db, start),
    listChanges(ctx.db, { months, until }),
    countMoves(ctx.db, { since, until }),
    countGroups(ctx.db, { currency: currency ?? '', today }),
    currency === null ? null : findMark(ctx.db, { currency }),
    getFactsState(ctx),
  ]);
  const from = mark?.fromMinor ?? null;
  const shapes = shapesOf(first, changes, months);
  const [before, counts] = [shapes.at(-2)?.counts ?? first, shapes.at(-1)?.counts ?? first];
  return {
    ...{ month, until, counts, before, moves, groups, behind },
    isMonthOver: nextMonth(month) <= current,
    total: counts.first + counts.repeat + counts.advocate,
    shape: shapeOf(counts),
    ideal: policyOf(business, idealShape),
    months: shapes,
    premiumFrom: from === null || currency === null ? null : { minor: from, currency },
  };
}
