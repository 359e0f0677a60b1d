import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type NamedAccount, nameAccounts } from '../../money/accounts/name-accounts.ts';
import { getBusiness } from '../../money/business/business.ts';
import {
  askedOpinions,
  askedTopics,
  type OpinionKind,
  opinionKinds,
} from '../../voice/surveys/asked-parts.ts';
import { scales, type Words } from '../../voice/surveys/definition.ts';
import type { Interval } from '../../voice/surveys/intervals.ts';
import { nameTopics } from '../../voice/surveys/topics.ts';
import { findNoise } from './find-noise.ts';
import { gapsOf, type TopicGap } from './gap.ts';
import { changeOf, type Opinion, type OpinionChange, opinionOf } from './opinion.ts';
import { isInQuarter, lastQuarters, monthsOf } from './quarters.ts';
import {
  listContacts,
  listMonthSpend,
  listScores,
  listTopicAnswers,
  type PairRow,
  type ScoreRow,
} from './queries.ts';
import { sumsOf } from './sums.ts';

const QUARTERS = 8;
const scale: Interval = scales.trust;

/** What a contact thinks, 1 to 7, newest first; each the mean of the statements they answered. */
export interface Contact {
  customerId: string;
  name: string;
  /** Whether they belong to the account still. */
  isHere: boolean;
  /** The business day of their last order for it; null where there is none. */
  lastOrderOn: string | null;
  /** Whether they have ordered before and not within 365 days. */
  isDormant: boolean;
  askedAt: number | null;
  answers: { at: number; trust: number | null; commitment: number | null }[];
}

export interface KindNow {
  kind: OpinionKind;
  now: Opinion | null;
  change: OpinionChange | null;
}

export interface OpinionQuarter {
  /** `2026-Q1`, of business time. */
  quarter: string;
  trust: Opinion | null;
  commitment: Opinion | null;
  spendMinor: bigint;
}

export interface Opinions {
  account: NamedAccount;
  currency: string | null;
  /** Contacts, how many of them were asked, and how many answered. */
  people: number;
  asked: number;
  answered: number;
  kinds: KindNow[];
  quarters: OpinionQuarter[];
  contacts: Contact[];
  topics: (TopicGap & { text: Words })[];
}

/**
 * What the people of a root account think, beside what it bought in the same quarters of business time. Each contact counts once, by
 * the newest answer; in a quarter by the newest of the quarter. Who has not ordered for long, or belongs to it no more, is told as well.
 * `isBrief` leaves out topics and how sure changes are.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function getOpinions(
  ctx: Context,
  { accountId, isBrief = false }: { accountId: string; isBrief?: boolean },
): Promise<Opinions> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'feedback:read');
  const [{ currency, timeZone }, opinions, topics, named] = await Promise.all([
    getBusiness(ctx),
    askedOpinions(ctx.db),
    askedTopics(ctx.db),
    nameAccounts(ctx.db, [accountId]),
  ]);
  const [isThere] = await ctx.db.read({
    sql: 'SELECT 1 FROM accounts WHERE id = ? AND id = root_id',
    args: [accountId],
  });
  if (isThere === undefined) throw new AppError('not_found', 'There is no such account.');
  const today = dayOf(ctx.now(), timeZone);
  const quarters = lastQuarters(today, QUARTERS);
  const [scores, pairs, names, noise, spend] = await Promise.all([
    listScores(ctx.db, { accountId, asked: opinions }),
    isBrief ? [] : listTopicAnswers(ctx.db, { accountId, asked: topics }),
    nameTopics(ctx.db),
    isBrief ? { trust: null, commitment: null } : findNoise(ctx.db, opinions),
    listMonthSpend(ctx.db, {
      accountId,
      since: `${monthsOf(quarters[0] ?? '')[0]}-01`,
      currency: currency ?? '',
    }),
  ]);
  const answered = [...new Set(scores.map(({ customerId }) => customerId))];
  const rows = await listContacts(ctx.db, { accountId, answered, asked: opinions });
  const contacts = rows.map(({ lastOrderAt, people: _, asked: __, ...row }): Contact => {
    const lastOrderOn = lastOrderAt === null ? null : dayOf(lastOrderAt, timeZone);
    const isDormant = lastOrderOn !== null && lastOrderOn < addDays(today, -365);
    return {
      ...row,
      lastOrderOn,
      isDormant,
      answers: answersOf(scores.filter((one) => one.customerId === row.customerId)),
    };
  });
  const inQuarter = (quarter: string) => scores.filter(({ at }) => isInQuarter(dayOf(at, timeZone), quarter));
  return {
    account: named(accountId),
    currency,
    people: rows[0]?.people ?? 0,
    asked: rows[0]?.asked ?? 0,
    answered: answered.length,
    kinds: opinionKinds.map((kind) => ({
      kind,
      now: opinionOf(sumsOf(newestOf(scores, kind)), scale),
      change: changeOf(sumsOf(changesOf(scores, kind)), noise[kind]),
    })),
    quarters: quarters.map((quarter) => ({
      quarter,
      trust: opinionOf(sumsOf(newestOf(inQuarter(quarter), 'trust')), scale),
      commitment: opinionOf(sumsOf(newestOf(inQuarter(quarter), 'commitment')), scale),
      spendMinor: spend.reduce(
        (sum, { month, minor }) => (monthsOf(quarter).includes(month) ? sum + minor : sum),
        0n,
      ),
    })),
    contacts,
    topics: gapsOf(topicSums(pairs), { least: 1 }).map((gap) => ({
      ...gap,
      text: names.get(gap.topicId) ?? {},
    })),
  };
}

function answersOf(scores: readonly ScoreRow[]): Contact['answers'] {
  const byTime = Map.groupBy(scores, ({ at }) => at);
  return [...byTime].map(([at, told]) => {
    const of = (kind: OpinionKind) => told.find((one) => one.kind === kind)?.score ?? null;
    return { at, trust: of('trust'), commitment: of('commitment') };
  });
}

/** The newest answer of each person. */
function newestOf(scores: readonly ScoreRow[], kind: OpinionKind): number[] {
  return [...byPerson(scores, kind).values()].flatMap(([newest]) => newest ?? []);
}

/** How much each person who answered twice changed. */
function changesOf(scores: readonly ScoreRow[], kind: OpinionKind): number[] {
  return [...byPerson(scores, kind).values()].flatMap(([newest, before]) =>
    newest === undefined || before === undefined ? [] : [newest - before],
  );
}

function byPerson(scores: readonly ScoreRow[], kind: OpinionKind): Map<string, number[]> {
  const people = new Map<string, number[]>();
  for (const { customerId, kind: of, score } of scores)
    if (of === kind) people.set(customerId, [...(people.get(customerId) ?? []), score]);
  return people;
}

function topicSums(pairs: readonly PairRow[]) {
  return [...Map.groupBy(pairs, ({ topicId }) => topicId)].map(([topicId, told]) => ({
    topicId,
    want: sumsOf(told.flatMap(({ want }) => want ?? [])),
    get: sumsOf(told.flatMap(({ get }) => get ?? [])),
    gap: sumsOf(told.flatMap(({ want, get }) => (want === null || get === null ? [] : [want - get]))),
  }));
}
