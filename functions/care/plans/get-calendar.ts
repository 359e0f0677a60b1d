import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { addDays, addMonths, startOfDay, startOfNextMonth } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findHomes } from '../occasions/find-homes.ts';
import { listOccasions } from '../occasions/list-occasions.ts';
import type { OccasionKind } from '../occasions/occasion-day.ts';
import { loadSettings } from '../occasions/settings.ts';
import { type AccountSlice, countDueByDay, nextRound, type PlanDay } from './list-due.ts';
import { type ContactPlan, listPlans, termsOf } from './list-plans.ts';
import { countGiven, listRunning, type PlanRow } from './queries.ts';
import { openSlices } from './walk.ts';

/** So many months ahead can still be said. */
const MONTHS_AHEAD = 3;
const OCCASIONS_MAX = 5000;

/** What a plan comes to on one day. */
export interface PlanOnDay {
  planId: string;
  /** Tasks that were given for the day, and those of them that were done. */
  given: number;
  done: number;
  /** Of a day to come: how many will be given, as it looks today. */
  expected: number;
}

/** A day on which something is planned. */
export interface PlannedDay {
  day: string;
  plans: PlanOnDay[];
  /** Days of customers, by the kinds on which the business wishes well. */
  occasions: { kind: OccasionKind; people: number }[];
}

/** A month of the business, day by day. */
export interface PlanCalendar {
  month: string;
  today: string;
  plans: ContactPlan[];
  days: PlannedDay[];
  /** Null where no more can be said. */
  before: string | null;
  after: string | null;
}

/**
 * What was given and done on each day of a month, and what the plans will ask for on those to come: no more a day than they say,
 * the rest on the next. @throws {AppError} `forbidden`, `scope_missing`
 */
export async function getCalendar(ctx: Context, { month }: { month: string | null }): Promise<PlanCalendar> {
  allow(ctx.actor, 'contacts:read');
  const terms = await termsOf(ctx);
  const { today } = terms;
  const own = today.slice(0, 7);
  const last = addMonths(`${own}-01`, MONTHS_AHEAD).slice(0, 7);
  const shown = month === null || month > last ? own : month;
  const first = `${shown}-01`;
  const until = addDays(startOfNextMonth(first), -1);
  const [rows, sliceOf] = await Promise.all([listRunning(ctx.db), openSlices(ctx.db)]);
  const [plans, given, occasions, expected] = await Promise.all([
    listPlans(ctx),
    listGiven(ctx, { first, until }),
    until < today ? [] : countOccasions(ctx, { from: first > today ? first : today, until, terms }),
    Promise.all(
      rows.map(async (plan) => expect(ctx, plan, { until, terms, within: await sliceOf(plan.id) })),
    ),
  ]);
  const days = daysOf(first, until).map((day) => ({
    day,
    plans: rows.flatMap(({ id }, index): PlanOnDay[] => {
      const was = given.find((one) => one.planId === id && one.day === day);
      const counted = {
        given: was?.given ?? 0,
        done: was?.done ?? 0,
        expected: expected[index]?.get(day) ?? 0,
      };
      return counted.given + counted.expected === 0 ? [] : [{ planId: id, ...counted }];
    }),
    occasions: occasions.filter((one) => one.day === day).map(({ kind, people }) => ({ kind, people })),
  }));
  return {
    ...{ month: shown, today, plans },
    days: days.filter((one) => one.plans.length + one.occasions.length > 0),
    before: addMonths(first, -1).slice(0, 7),
    after: shown < last ? addMonths(first, 1).slice(0, 7) : null,
  };
}

function daysOf(first: string, until: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

function listGiven({ db }: Context, { first, until }: { first: string; until: string }) {
  return ask(db, (query) =>
    query
      .select({
        planId: sql<string>`t.plan_id`,
        day: sql<string>`t.due_on`,
        given: sql<number>`count(*)`.mapWith(Number),
        done: sql<number>`coalesce(sum(t.outcome = 'done'), 0)`.mapWith(Number),
      })
      .from(sql`contact_tasks AS t`)
      .where(
        sql`t.plan_id IS NOT NULL AND t.due_on BETWEEN ${first} AND ${until} AND t.outcome IS NOT 'dropped'`,
      )
      .groupBy(sql`t.plan_id, t.due_on`),
  );
}

/** From tomorrow on: what is due today is given today, as far as the plan goes in a day. */
async function expect(
  ctx: Context,
  plan: PlanRow,
  { until, terms, within }: { until: string; terms: PlanDay; within: AccountSlice | null },
): Promise<ReadonlyMap<string, number>> {
  const tomorrow = addDays(terms.today, 1);
  if (until < tomorrow) return new Map();
  if (plan.channel === 'mail') return roundsWithin(plan, tomorrow, until);
  const since = startOfDay(terms.today, terms.timeZone);
  const [due, today] = await Promise.all([
    countDueByDay(ctx.db, plan, { ...terms, within: within ?? undefined, until }),
    countGiven(ctx.db, { planId: plan.id, since }),
  ]);
  const leftToday = Math.max(0, plan.mostPerDay - (today?.given ?? 0));
  const byDay = new Map<string, number>();
  let waiting = Math.max(0, (due.get(terms.today) ?? 0) - leftToday);
  for (const day of daysOf(tomorrow, until)) {
    waiting += due.get(day) ?? 0;
    const given = Math.min(waiting, plan.mostPerDay);
    if (given > 0) byDay.set(day, given);
    waiting -= given;
  }
  return byDay;
}

function roundsWithin(plan: PlanRow, from: string, until: string): ReadonlyMap<string, number> {
  const rounds = new Map<string, number>();
  for (let day = nextRound(plan, from); day <= until; day = addDays(day, plan.intervalDays))
    rounds.set(day, 1);
  return rounds;
}

async function countOccasions(
  ctx: Context,
  { from, until, terms }: { from: string; until: string; terms: PlanDay },
): Promise<{ day: string; kind: OccasionKind; people: number }[]> {
  const settings = await loadSettings(ctx.db);
  const spans = settings.filter(({ isOn }) => isOn).map(({ kind }) => ({ kind, from, until }));
  const { timeZone } = terms;
  const found = await listOccasions(ctx.db, { spans, timeZone, limit: OCCASIONS_MAX });
  const homes = await findHomes(ctx.db, [...new Set(found.map(({ customerId }) => customerId))]);
  const counted = Map.groupBy(
    found.filter(({ customerId }) => homes.has(customerId)),
    ({ day, kind }) => `${day} ${kind}`,
  );
  return [...counted.values()].flatMap((same) => {
    const [one] = same;
    return one === undefined ? [] : [{ day: one.day, kind: one.kind, people: same.length }];
  });
}
