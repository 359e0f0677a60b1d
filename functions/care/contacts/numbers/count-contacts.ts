import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { addDays, startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { ShownPeriod, Stretch } from '../../../ground/platform/period.ts';
import type { ContactChannel } from '../channels.ts';
import { whoseToAnswer } from './whose.ts';

/** What is counted of some contacts; none that were taken back. */
export interface ContactCounts {
  /** From the customer, calls that nobody took among them. */
  incoming: number;
  outgoing: number;
  missed: number;
  unreached: number;
  /** Of those whose length is known, whose number is `timed`. */
  seconds: number;
  timed: number;
  satisfactionSum: number;
  satisfied: number;
}

/** How those that somebody waited for were answered: milliseconds by the clock, nights and days off included. */
export interface AnswerCounts {
  waited: number;
  answered: number;
  /** Half were answered within; null where none was. */
  medianMs: number | null;
  /** Nine of ten were. */
  ninthMs: number | null;
}

/** By what rows are told apart. */
export type CountedBy = 'all' | 'channel' | 'person' | 'both';
export interface CountedKey {
  isNow: boolean;
  /** Null where it is not told apart by it. */
  channel: ContactChannel | null;
  /** Null also for nobody. */
  staffId: string | null;
}

export interface NumbersAsked {
  period: ShownPeriod;
  timeZone: string;
  channel: ContactChannel | null;
  /** Only what was with this person, or what they were to answer. */
  staffId: string | null;
}

/** By channel and who of the staff it was with. */
export async function countContacts(
  { db }: Context,
  asked: NumbersAsked,
): Promise<(CountedKey & ContactCounts)[]> {
  const times = (what: SQL) => sql<number>`sum(${what})`.mapWith(Number);
  const rows = await ask(db, (query) =>
    query
      .select({
        isNow: sql<number>`${isNow(asked)}`.mapWith(Number),
        channel: sql<ContactChannel>`k.channel`,
        staffId: sql<string | null>`k.staff_id`,
        incoming: times(sql`k.direction = 'in'`),
        outgoing: times(sql`k.direction = 'out'`),
        missed: times(sql`k.direction = 'in' AND k.is_missed = 1`),
        unreached: times(sql`k.direction = 'out' AND k.is_missed = 1`),
        seconds: times(sql`coalesce(k.duration_s, 0)`),
        timed: times(sql`k.duration_s IS NOT NULL`),
        satisfactionSum: times(sql`coalesce(k.satisfaction, 0)`),
        satisfied: times(sql`k.satisfaction IS NOT NULL`),
      })
      .from(sql`contacts AS k`)
      .where(sql`${counted(asked)}${ofOne(sql`k.staff_id`, asked)}`)
      .groupBy(sql`1, k.channel, k.staff_id`),
  );
  return rows.map((row) => ({ ...row, isNow: row.isNow === 1 }));
}

/** Of those that somebody waited for, by whose they are to answer. */
export async function countAnswers(
  { db }: Context,
  asked: NumbersAsked,
  by: CountedBy,
): Promise<(CountedKey & AnswerCounts)[]> {
  const channel = by === 'channel' || by === 'both' ? sql`k.channel` : sql`NULL`;
  const whose = by === 'person' || by === 'both' ? whoseToAnswer : sql`NULL`;
  const group = sql`is_now, channel, whose`;
  const placed = sql`SELECT is_now, channel, whose, wait,
      count(*) OVER (PARTITION BY ${group}) AS waited, count(wait) OVER (PARTITION BY ${group}) AS answered,
      row_number() OVER (PARTITION BY ${group} ORDER BY wait IS NULL, wait) AS place
    FROM (SELECT ${isNow(asked)} AS is_now, ${channel} AS channel, ${whose} AS whose, max(0, k.answered_at - k.at) AS wait
      FROM contacts AS k WHERE k.wants_answer = 1 AND ${counted(asked)}${ofOne(whoseToAnswer, asked)})`;
  const optional = (value: SQL) => sql<number | null>`CAST(${value} AS INTEGER)`.mapWith(Number);
  const rows = await ask(db, (query) =>
    query
      .select({
        isNow: sql<number>`is_now`.mapWith(Number),
        channel: sql<ContactChannel | null>`channel`,
        staffId: sql<string | null>`whose`,
        waited: sql<number>`max(waited)`.mapWith(Number),
        answered: sql<number>`max(answered)`.mapWith(Number),
        medianMs: optional(
          sql`avg(CASE WHEN place IN ((answered + 1) / 2, (answered + 2) / 2) THEN wait END)`,
        ),
        ninthMs: optional(sql`max(CASE WHEN place = (answered * 9 + 9) / 10 THEN wait END)`),
      })
      .from(sql`(${placed})`)
      .groupBy(group),
  );
  return rows.map((row) => ({ ...row, isNow: row.isNow === 1 }));
}

export interface ContactPart extends Stretch {
  contacts: number;
  seconds: number;
}

/** How many contacts and seconds each part of a period has. */
export async function countParts(
  { db }: Context,
  { parts, timeZone, ...asked }: Omit<NumbersAsked, 'period'> & { parts: readonly Stretch[] },
): Promise<ContactPart[]> {
  const spans = parts.map(({ since, until }) => spanOf({ since, until, timeZone }));
  const rows = await ask(db, (query) =>
    query
      .select({
        at: sql<number>`p.key`.mapWith(Number),
        contacts: sql<number>`count(*)`.mapWith(Number),
        seconds: sql<number>`coalesce(sum(k.duration_s), 0)`.mapWith(Number),
      })
      .from(
        sql`json_each(${JSON.stringify(spans)}) AS p CROSS JOIN contacts AS k ON k.at >= p.value ->> 0 AND k.at < p.value ->> 1`,
      )
      .where(sql`k.withdrawn_at IS NULL${byChannel(asked)}${ofOne(sql`k.staff_id`, asked)}`)
      .groupBy(sql`p.key`),
  );
  const known = new Map(rows.map((row) => [row.at, row]));
  return parts.map((part, at) => {
    const { contacts = 0, seconds = 0 } = known.get(at) ?? {};
    return { ...part, contacts, seconds };
  });
}

const spanOf = ({ since, until, timeZone }: Stretch & { timeZone: string }) =>
  [startOfDay(since, timeZone), startOfDay(addDays(until, 1), timeZone)] as const;

const isNow = ({ period, timeZone }: NumbersAsked): SQL => sql`k.at >= ${spanOf({ ...period, timeZone })[0]}`;

const byChannel = ({ channel }: Pick<NumbersAsked, 'channel'>): SQL =>
  channel === null ? sql`` : sql` AND k.channel = ${channel}`;

const ofOne = (whose: SQL, { staffId }: Pick<NumbersAsked, 'staffId'>): SQL =>
  staffId === null ? sql`` : sql` AND ${whose} = ${staffId}`;

/** Within the period or the one before. */
function counted({ period, timeZone, channel }: NumbersAsked): SQL {
  const [from, until] = spanOf({ ...period, timeZone });
  const [was, wasUntil] = spanOf({ ...period.before, timeZone });
  return sql`k.withdrawn_at IS NULL AND k.at >= ${was} AND k.at < ${until} AND (k.at >= ${from} OR k.at < ${wasUntil})${byChannel({ channel })}`;
}
