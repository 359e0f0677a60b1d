import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { queryOne, statement } from '../../../db/query.ts';
import { managerRuleLists } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listAudiences, listAudiencesOf } from '../../money/programme/audience.ts';
import { findMember } from './open-manager.ts';

/** The field of segments that tells in whose hands accounts are: rules may not go by it, or they would chase themselves. */
export const MANAGER_FIELD = 'account.manager';

/** Who is in the segment goes to the member of the team. */
export interface ManagerRule {
  segmentId: string;
  staffId: string;
}

/** Who is to have an account, and by which rule; null by hand. */
export interface ChosenManager {
  member: { id: string; email: string; name: string | null };
  segmentId: string | null;
}

/** Why a rule gives nobody anything. */
export type IdleReason = 'no_segment' | 'asks_manager' | 'left' | 'only_reads';

export interface StandingRule extends ManagerRule {
  /** Null while it works. */
  idle: IdleReason | null;
}

const findNewest = queryOne((db) =>
  db
    .select({ revision: managerRuleLists.revision, rules: managerRuleLists.rules })
    .from(managerRuleLists)
    .orderBy(desc(managerRuleLists.revision))
    .limit(1),
);

const kept = z.array(z.tuple([z.string(), z.string()]));

export const writeRules = (rules: readonly ManagerRule[]): string =>
  JSON.stringify(rules.map(({ segmentId, staffId }) => [segmentId, staffId]));

/** The rules in the order in which they are asked; revision 0 before the first list. */
export async function loadRules(db: Store): Promise<{ revision: number; rules: ManagerRule[] }> {
  const newest = await findNewest(db);
  if (newest === null) return { revision: 0, rules: [] };
  const pairs = kept.parse(JSON.parse(newest.rules));
  return { revision: newest.revision, rules: pairs.map(([segmentId, staffId]) => ({ segmentId, staffId })) };
}

/** The same with what keeps some of them from giving anybody anything. */
export async function loadStandingRules(
  ctx: Pick<Context, 'db' | 'house'>,
): Promise<{ revision: number; rules: StandingRule[] }> {
  const { revision, rules } = await loadRules(ctx.db);
  if (rules.length === 0) return { revision, rules: [] };
  const [audiences, members] = await Promise.all([
    listAudiences(ctx),
    ctx.db.read(statement('SELECT id, role FROM staff WHERE disabled_at IS NULL')),
  ]);
  const fieldsOf = new Map(audiences.map(({ id, fields }) => [id, fields]));
  const roleOf = new Map(members.map(([id, role]) => [String(id), String(role)]));
  return {
    revision,
    rules: rules.map((rule) => ({
      ...rule,
      idle: idleReason(fieldsOf.get(rule.segmentId), roleOf.get(rule.staffId)),
    })),
  };
}

function idleReason(fields: readonly string[] | undefined, role: string | undefined): IdleReason | null {
  if (fields === undefined) return 'no_segment';
  if (fields.includes(MANAGER_FIELD)) return 'asks_manager';
  if (role === undefined) return 'left';
  return role === 'analyst' ? 'only_reads' : null;
}

/** Who has a root account by the first rule that holds; null where none does, and for departments. */
export async function findRuled(
  ctx: Pick<Context, 'db' | 'house'>,
  { id, rootId }: { id: string; rootId: string },
): Promise<ChosenManager | null> {
  if (id !== rootId) return null;
  const fresh = { ...ctx, db: ctx.db.fresh };
  const [{ rules }, own] = await Promise.all([loadStandingRules(fresh), listAudiencesOf(fresh.db, id)]);
  const isIn = new Set(own.map(({ segmentId }) => segmentId));
  const rule = rules.find(({ idle, segmentId }) => idle === null && isIn.has(segmentId));
  const member = rule === undefined ? null : await findMember(fresh.db, { who: rule.staffId });
  return rule === undefined || member === null ? null : { member, segmentId: rule.segmentId };
}

/** SQL of who has which root account by the rules: `(root_id, staff_id, segment_id)`; `rules` is JSON of those that work. */
export const ruledSql = (rules: string) => sql`SELECT root_id, staff_id, segment_id FROM (
  SELECT e.account_id AS root_id, r.value ->> 1 AS staff_id, e.segment_id AS segment_id,
    row_number() OVER (PARTITION BY e.account_id ORDER BY r.key) AS place
  FROM json_each(${rules}) AS r CROSS JOIN audience_entries AS e ON e.segment_id = r.value ->> 0
  WHERE NOT EXISTS (SELECT 1 FROM audience_exits AS x WHERE x.account_id = e.account_id
    AND x.segment_id = e.segment_id AND x.entered_at = e.at)) WHERE place = 1`;
