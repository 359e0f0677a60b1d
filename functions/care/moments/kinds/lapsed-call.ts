import { sql } from 'drizzle-orm';
import { ask, queryOne } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { built } from '../../../../languages/built.ts';
import { once, tellEach } from '../../../ground/outbox/tell-each.ts';
import { startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { lapsedCaller } from '../../../insight/attention/policies.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { findManagersOf } from '../../../people/managers/find-manager.ts';
import { listVerdicts } from '../../../people/preferences/may-tell.ts';
import { listComplaining } from '../../../voice/feedback/list-complaining.ts';
import { giveMomentTask } from '../../contacts/tasks/give-moment-task.ts';
import { isUntold } from '../candidate-sql.ts';
import { lapsedCall, lapsedCallsMost } from '../moments.ts';
import { type MomentRun, type MomentWork, STEP } from '../run.ts';

/**
 * Asks the team to call those whom this morning's list names as lapsed and ask them why: by their account manager, else by who is set
 * to call the lapsed, else by whoever is there. So many a day at the most, once after each last purchase, who matters most first.
 */
export const lapsedCallWork: MomentWork = {
  moment: lapsedCall,
  work: async (ctx, run) => {
    const { business, today } = run;
    const given = await countGiven(ctx.db.fresh, { since: startOfDay(today, business.timeZone) });
    const most = policyOf(business, lapsedCallsMost) - (given?.given ?? 0);
    if (most <= 0) return 0;
    const [chosen, caller] = await Promise.all([
      choose(ctx, run, most),
      findDoer(ctx.db.fresh, { email: policyOf(business, lapsedCaller) }),
    ]);
    const managerOf = await findManagersOf(
      ctx,
      chosen.map(({ customerId }) => customerId),
    );
    const what = built[business.identity.languages[0]].moments.lapsedCall;
    const { told } = await tellEach<LapsedAccount>(ctx, {
      list: once(chosen),
      lettersTo: async (step) => step.map(() => []),
      write: ({ customerId, rootId }, notice) =>
        giveMomentTask(ctx, {
          ...{ moment: 'lapsed_call', what, who: { customerId, accountId: rootId, rootId }, dueOn: today },
          staffId: managerOf(customerId, rootId)?.staffId ?? caller?.id ?? null,
          rows: notice.rows,
        }),
    });
    return told;
  },
};

type LapsedAccount = Awaited<ReturnType<typeof listLapsed>>[number];

/** Who may be called, of those that are due, and has no complaint open: those worth most, as far as it takes to find so many. */
async function choose(ctx: Context, { sinceDay }: MomentRun, most: number): Promise<LapsedAccount[]> {
  const chosen: LapsedAccount[] = [];
  let behind: LapsedAccount | null = null;
  while (chosen.length < most && !ctx.isEnding?.()) {
    const due: LapsedAccount[] = await listLapsed(ctx.db.fresh, { sinceDay, behind });
    const customerIds = due.map(({ customerId }) => customerId);
    const [verdicts, complaining] = await Promise.all([
      listVerdicts(ctx, customerIds, { topic: 'contact', channel: 'phone' }),
      listComplaining(ctx.db.fresh, { customerIds, since: ctx.now() }),
    ]);
    chosen.push(
      ...due.filter(({ customerId: id }) => verdicts.get(id)?.may === true && !complaining.has(id)),
    );
    behind = due.at(-1) ?? null;
    if (behind === null) break;
  }
  return chosen.slice(0, most);
}

export interface LapsedAsked {
  /** Since which business day the list has named them. */
  sinceDay: string;
  /** Those behind this one of the list; null for its first. */
  behind: { valueMinor: bigint; sayingId: string } | null;
}

/**
 * Root accounts that the list of the lapsed has named since a day, with who speaks for them and can be called; none about which
 * anything is to be done already. Those worth most first, 500 at once.
 */
export function listLapsed(db: Store, { sinceDay, behind }: LapsedAsked) {
  const subject = sql`'lapsed_call ' || coalesce(x.last_on, s.said_on)`;
  const isBehind =
    behind === null
      ? sql`TRUE`
      : sql`(s.value_minor < ${behind.valueMinor} OR (s.value_minor = ${behind.valueMinor} AND s.id > ${behind.sayingId}))`;
  const mainPerson = sql`coalesce(a.owner_id, (SELECT m.customer_id FROM memberships AS m WHERE m.account_id = a.id AND m.until IS NULL
    ORDER BY coalesce(m.role, '') <> 'manager', m.role IS NULL, m.since, m.customer_id LIMIT 1))`;
  return ask(db, (query) =>
    query
      .select({
        reader: sql<string>`a.id`,
        rootId: sql<string>`a.id`,
        customerId: sql<string>`c.id`,
        subject: sql<string>`${subject}`,
        sayingId: sql<string>`s.id`,
        valueMinor: sql<bigint>`s.value_minor`.mapWith(BigInt),
      })
      .from(
        sql`attention_sayings AS s INDEXED BY attention_sayings_listed CROSS JOIN accounts AS a ON a.id = s.root_id AND a.withdrawn_at IS NULL
          CROSS JOIN customers AS c ON c.id = ${mainPerson} LEFT JOIN account_facts AS x ON x.account_id = a.id`,
      )
      .where(
        sql`s.list = 'lapsed' AND s.left_on IS NULL AND s.outcome IS NULL AND s.department_id = '' AND s.said_on >= ${sinceDay}
          AND s.snoozed_until IS NULL AND c.phone IS NOT NULL AND c.withdrawn_at IS NULL AND c.closed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM contact_tasks AS t WHERE t.root_id = a.id AND t.ended_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM lapsed_calls AS l WHERE l.root_id = a.id AND l.day >= s.said_on)
          AND ${isUntold(subject, sql`a.id`)} AND ${isBehind}`,
      )
      .orderBy(sql`s.value_minor DESC, s.id`)
      .limit(STEP),
  );
}

const countGiven = queryOne((db) =>
  db
    .select({ given: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`contact_tasks AS t`)
    .where(sql`t.moment = 'lapsed_call' AND t.at >= ${sql.placeholder('since')}`),
);

const findDoer = queryOne((db) =>
  db
    .select({ id: sql<string>`id` })
    .from(sql`staff`)
    .where(sql`email = ${sql.placeholder('email')} AND disabled_at IS NULL AND role <> 'analyst'`),
);
