import { sql } from 'drizzle-orm';
import { insertInto, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { staffThanks } from '../../../db/schema/index.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import type { StaffThanks } from './list-thanks.ts';

const insertThanks = insertInto(staffThanks);

const findThanked = queryOne((db) =>
  db
    .select({
      email: sql<string>`s.email`,
      isThanked: sql<boolean>`EXISTS (SELECT 1 FROM staff_thanks AS n WHERE n.staff_id = s.id
        AND n.kind = ${sql.placeholder('kind')} AND n.subject = ${sql.placeholder('subject')})`.mapWith(
        readFlag,
      ),
    })
    .from(sql`staff AS s`)
    .where(sql`s.id = ${sql.placeholder('staffId')} AND s.disabled_at IS NULL`),
);

/**
 * What thanks somebody of the team, once for each kind and subject, also by mail: for the write of what they are thanked for.
 * Nothing for who was thanked for it before, or works here no more. Of two at once the second is refused by `staff_thanks_once`.
 */
export async function thankStaff(
  ctx: Context,
  thanks: Pick<StaffThanks, 'kind' | 'subject' | 'count' | 'words'> & { staffId: string },
): Promise<Decision> {
  const { staffId, kind, subject, count, words } = thanks;
  const who = await findThanked(ctx.db.fresh, { staffId, kind, subject });
  if (who === null || who.isThanked) return {};
  return {
    rows: [insertThanks({ ...thanks, id: newId(), at: ctx.now(), actor: actorName(ctx.actor) })],
    letters: [{ template: 'staff_thanked', params: { kind, count, words }, address: who.email }],
  };
}
