import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { dateText, yearOf } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { Amount } from '../../../ground/platform/money.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { clubLevelNotice } from '../policies.ts';
import { findSweep, forgetSweep, markSwept } from '../sweeps.ts';
import type { LevelStanding } from './standing-of.ts';
import { type LetterOf, tellStanding } from './tell-standing.ts';
import { levelTermsOf } from './terms.ts';
import { firstDayAfter, type LevelTerms } from './windows.ts';

/** Tells members what keeps a level that they are about to lose, and who lost one; each account once for each year. */
export async function tellLevels(ctx: Context): Promise<number> {
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const terms = levelTermsOf(business);
  if (terms.per === 'lifetime') {
    if ((await findSweep(ctx.db.fresh, FALL)) !== null) await ctx.db.write([forgetSweep(FALL)]);
    return 0;
  }
  return (await tellWhatKeeps(ctx, business, terms)) + (await tellWhoFell(ctx, business, terms));
}

/** The sweep of who fell; while no level is lost there is none, so that later nobody is told of a past in which none was. */
const FALL = 'level fall';

/** Once a business day from the first day of the notice on, until the days of grace are over. */
async function tellWhatKeeps(ctx: Context, business: Business, terms: LevelTerms): Promise<number> {
  const now = ctx.now();
  const today = dayOf(now, business.timeZone);
  const year = yearOf(today);
  const ending = today < firstDayAfter(year - 1, terms, 1) ? year - 1 : year;
  const noticeDays = policyOf(business, clubLevelNotice);
  if (noticeDays === 0 || addDays(today, noticeDays) < dateText(ending + 1, 1, 1)) return 0;
  if ((await findSweep(ctx.db.fresh, 'level keep')) === today) return 0;
  const last = addDays(firstDayAfter(ending, terms, 1), -1);
  const { told, isWhole } = await tellStanding(ctx, business, {
    subject: `club level ${ending}`,
    run: today,
    at: now,
    letterOf: (standing) => (standing.heldThrough === last ? keepLetter(standing, business) : null),
  });
  if (isWhole) await ctx.db.write([markSwept('level keep', today)]);
  return told;
}

/** Once for a year, when its days of grace are over, whoever has not reached it again meanwhile. What fell before anybody asked is not told. */
async function tellWhoFell(ctx: Context, business: Business, terms: LevelTerms): Promise<number> {
  const { timeZone } = business;
  const today = dayOf(ctx.now(), timeZone);
  const thisYear = yearOf(today);
  const year = firstDayAfter(thisYear - 1, terms, 1) <= today ? thisYear - 1 : thisYear - 2;
  const end = firstDayAfter(year, terms, 1);
  const last = await findSweep(ctx.db.fresh, FALL);
  if (last !== null && last >= end) return 0;
  if (last === null) {
    await ctx.db.write([markSwept(FALL, today)]);
    return 0;
  }
  const { told, isWhole } = await tellStanding(ctx, business, {
    subject: `club fell ${year}`,
    run: end,
    at: startOfDay(end, timeZone),
    letterOf: (standing, { before, after }) =>
      after < before && standing.number < before ? fellLetter(standing, business) : null,
    write: ({ reader }, notice) =>
      writeHistory(ctx, reader, () => ({ history: { kind: 'club_level_fell', detail: { end } }, ...notice })),
  });
  if (isWhole) await ctx.db.write([markSwept(FALL, today)]);
  return told;
}

const amountIn =
  ({ currency }: Business) =>
  (minor: bigint): Amount => ({ minor, currency: currency ?? '' });

function keepLetter({ level, keep }: LevelStanding, business: Business): LetterOf | null {
  if (level === null || keep === null) return null;
  const params = {
    ...{ level: level.names, missing: amountIn(business)(keep.missingMinor), by: keep.by },
    ...{ graceThrough: keep.graceThrough, fallsTo: keep.fallsTo.names },
  };
  return (customerId, rootId) => ({ template: 'club_level_keep', params: { ...params, rootId }, customerId });
}

function fellLetter({ level, next }: LevelStanding, business: Business): LetterOf | null {
  if (level === null) return null;
  const amount = amountIn(business);
  const params = {
    level: level.names,
    next: next === null ? null : { level: next.level.names, missing: amount(next.missingMinor) },
  };
  return (customerId, rootId) => ({ template: 'club_level_fell', params: { ...params, rootId }, customerId });
}
