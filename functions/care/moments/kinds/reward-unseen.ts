import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { tellEach } from '../../../ground/outbox/tell-each.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { listSpenders } from '../../../money/reminders/expiring/list-spenders.ts';
import { listVerdicts } from '../../../people/preferences/may-tell.ts';
import { listComplaining } from '../../../voice/feedback/list-complaining.ts';
import { isRested, isUntold } from '../candidate-sql.ts';
import { keptPages } from '../kept-pages.ts';
import { listAwaiting } from '../list-awaiting.ts';
import { rewardUnseen, rewardUnseenDays } from '../moments.ts';
import { LATE_DAYS, type MomentWork, STEP } from '../run.ts';
import { seenAtSql } from '../unseen/unseen-sql.ts';

/** However much more is earned unseen, an account hears of it again only after so many days. */
const REST_DAYS = 90;

/** Tells whoever may spend it once more of what an account has earned and not looked at since; once for each such time. */
export const rewardUnseenWork: MomentWork = {
  moment: rewardUnseen,
  work: async (ctx, { business, since, place }) => {
    const { currency } = business;
    if (currency === null) return 0;
    const days = policyOf(business, rewardUnseenDays);
    const until = ctx.now() - days * DAY_MS;
    const from = Math.max(until - LATE_DAYS * DAY_MS, since - days * DAY_MS);
    const { told } = await tellEach<UnseenAccount & { spenders: string[] }>(ctx, {
      list: keptPages(ctx, {
        place,
        list: (after) => listUnseenSince(ctx.db.fresh, { from, until, after, now: ctx.now() }),
        keep: (page) => withReaders(ctx, page),
      }),
      lettersTo: async (step) =>
        step.map(({ reader, unseenMinor, spenders }) =>
          spenders.map((customerId) => ({
            template: 'reward_unseen' as const,
            params: { amount: { minor: unseenMinor, currency }, rootId: reader },
            customerId,
          })),
        ),
    });
    return told;
  },
};

interface Span {
  /** When it was earned, both ends included. */
  from: number;
  until: number;
  /** Root accounts behind this one. */
  after: string;
}

type UnseenAccount = Awaited<ReturnType<typeof listUnseenSince>>[number];

/** Of those that are due, the accounts of which anybody may be told now, with who that is; nobody with a complaint open, or twice at once. */
async function withReaders(ctx: Context, page: readonly UnseenAccount[]) {
  const spenders = await listSpenders(
    ctx.db.fresh,
    page.map(({ reader }) => reader),
  );
  const customerIds = [...new Set([...spenders.values()].flat())];
  const [verdicts, awaiting, complaining] = await Promise.all([
    listVerdicts(ctx, customerIds, { topic: 'rewards', channel: 'mail' }),
    listAwaiting(ctx, customerIds),
    listComplaining(ctx.db.fresh, { customerIds, since: ctx.now() }),
  ]);
  const written = new Set([...awaiting, ...complaining]);
  return page.flatMap((one) => {
    const told = (spenders.get(one.reader) ?? []).filter(
      (id) => verdicts.get(id)?.may === true && !written.has(id),
    );
    for (const id of told) written.add(id);
    return told.length === 0 ? [] : [{ ...one, spenders: told }];
  });
}

/** Root accounts that earned something within a span and have not been seen since, with all that they have not seen; in the order of ids. */
export function listUnseenSince(db: Store, { from, until, after, now }: Span & { now: number }) {
  const unseen = sql`FROM lots AS l WHERE l.account_id = q.account_id AND l.remaining_minor > 0 AND l.dated_at > q.seen_at
    AND (l.expires_at IS NULL OR l.expires_at > ${now})`;
  const subject = sql`'reward_unseen ' || (SELECT min(l.seq) ${unseen})`;
  return ask(db, (query) =>
    query
      .select({
        reader: sql<string>`q.account_id`,
        subject: sql<string>`${subject}`,
        unseenMinor: sql<bigint>`(SELECT sum(l.remaining_minor) ${unseen})`.mapWith(BigInt),
      })
      .from(
        sql`(SELECT k.account_id, ${seenAtSql(sql`k.account_id`)} AS seen_at, max(k.dated_at) AS dated_at
          FROM lots AS k INDEXED BY lots_dated WHERE k.remaining_minor > 0 AND k.dated_at BETWEEN ${from} AND ${until}
            AND k.account_id > ${after} AND (k.expires_at IS NULL OR k.expires_at > ${now}) GROUP BY k.account_id) AS q`,
      )
      .where(
        sql`q.dated_at > q.seen_at AND ${isUntold(subject, sql`q.account_id`)}
          AND ${isRested('reward_unseen', { reader: sql`q.account_id`, since: now - REST_DAYS * DAY_MS })}`,
      )
      .orderBy(sql`q.account_id`)
      .limit(STEP),
  );
}
