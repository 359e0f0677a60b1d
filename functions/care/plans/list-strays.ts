import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Context } from '../../ground/platform/context.ts';
import { groupSql } from '../../insight/facts/find-groups.ts';
import { listVerdicts } from '../../people/preferences/may-tell.ts';
import type { NotToldReason } from '../../people/preferences/verdict.ts';
import { isOfLevel, type PlanDay } from './list-due.ts';
import type { PlanRow } from './queries.ts';

/** Why a plan asks for a task no more: the plan, the group, the level, a second one after a merge, or their own word. */
const strayReasons = [
  'plan_ended',
  'premium',
  'other_group',
  'other_level',
  'twice',
  'declined',
  'left',
  'paused',
] as const;
export type StrayReason = (typeof strayReasons)[number];

/** An open task of a plan that asks for it no more. */
export interface StrayTask {
  id: string;
  rootId: string | null;
  why: StrayReason;
}

/** Open tasks whose plan has ended, means their account no more, or is about somebody who wants no such contact by now. */
export async function listStrays(
  ctx: Context,
  plans: readonly PlanRow[],
  terms: PlanDay,
): Promise<StrayTask[]> {
  const open = await listOpen(ctx, plans, terms);
  const strays = open.flatMap(({ id, rootId, why }): StrayTask[] =>
    why === null ? [] : [{ id, rootId, why }],
  );
  const kept = open.filter(({ why, customerId }) => why === null && customerId !== null);
  for (const tasks of Map.groupBy(kept, ({ channel, isSale }) => `${channel} ${isSale}`).values()) {
    const [first] = tasks;
    if (first === undefined || first.channel === 'mail') continue;
    const { channel, isSale } = first;
    const ids = tasks.flatMap(({ customerId }) => customerId ?? []);
    const premium = tasks.flatMap(({ isPremium, customerId }) => (isPremium ? (customerId ?? []) : []));
    const sale = isSale ? { premium: new Set(premium) } : {};
    const verdicts = await listVerdicts(ctx, ids, { topic: 'contact', channel, ...sale });
    for (const { id, rootId, customerId } of tasks) {
      const verdict = verdicts.get(customerId ?? '');
      if (verdict?.may === false && isFinal(verdict.because))
        strays.push({ id, rootId, why: verdict.because });
    }
  }
  return strays;
}

/** A limit is over by itself; these are not. */
const isFinal = (because: NotToldReason): because is 'declined' | 'premium' | 'left' | 'paused' =>
  because === 'declined' || because === 'premium' || because === 'left' || because === 'paused';

function listOpen({ db }: Context, plans: readonly PlanRow[], terms: PlanDay) {
  const { from, group } = groupSql(terms);
  const running = JSON.stringify(
    plans.map(({ id, audience, purpose, channel, level }) => [id, audience, purpose, channel, level]),
  );
  return ask(db, (query) =>
    query
      .select({
        id: sql<string>`s.id`,
        rootId: sql<string | null>`s.root_id`,
        customerId: sql<string | null>`s.customer_id`,
        channel: sql<PlanRow['channel']>`s.channel`,
        isSale: sql<boolean>`(s.purpose = 'sales')`.mapWith(readFlag),
        isPremium: sql<boolean>`(s.now IS 'premium')`.mapWith(readFlag),
        why: sql<StrayReason | null>`CASE WHEN s.audience IS NULL THEN 'plan_ended'
          WHEN s.purpose = 'sales' AND s.now = 'premium' AND s.audience <> 'premium' THEN 'premium' WHEN s.now <> s.audience THEN 'other_group'
          WHEN s.level IS NOT NULL AND s.root_id IS NOT NULL AND NOT ${isOfLevel(sql`s.root_id`, sql`s.level`, terms.today)} THEN 'other_level'
          WHEN s.is_second THEN 'twice' END`,
      })
      .from(
        sql`(SELECT t.id, t.root_id, t.customer_id, p.value ->> 1 AS audience, p.value ->> 2 AS purpose, p.value ->> 3 AS channel,
            p.value ->> 4 AS level,
            CASE WHEN a.id IS NOT NULL THEN ${group} END AS now,
            EXISTS (SELECT 1 FROM contact_tasks AS o WHERE o.plan_id = t.plan_id AND o.root_id = t.root_id AND o.ended_at IS NULL
              AND o.id < t.id) AS is_second
          FROM contact_tasks AS t LEFT JOIN json_each(${running}) AS p ON p.value ->> 0 = t.plan_id
          LEFT JOIN accounts AS a ON a.id = t.root_id ${from}
          WHERE t.plan_id IS NOT NULL AND t.ended_at IS NULL) AS s`,
      ),
  );
}
