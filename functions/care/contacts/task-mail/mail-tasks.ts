import { sql } from 'drizzle-orm';
import { ask, insertInto } from '../../../../db/query.ts';
import { taskMails } from '../../../../db/schema/index.ts';
import { isConflictOn, type Store } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { dayOf, instantOfLocal } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { stoodInForSql } from '../../../people/managers/absences/away-sql.ts';

const insertTaskMail = insertInto(taskMails);

/** Who wishes it, whom nobody has looked at today, with what is due of theirs, of those they stand in for, and of nobody. */
function listWished(db: Store, today: string) {
  const dueTasks = sql`SELECT count(*) FROM contact_tasks AS t WHERE t.ended_at IS NULL
    AND (t.staff_id = s.id OR t.staff_id IS NULL OR t.staff_id IN ${stoodInForSql({ staffId: sql`s.id`, today })})`;
  return ask(db, (query) =>
    query
      .select({
        staffId: sql<string>`s.id`,
        address: sql<string>`s.email`,
        hour: sql<number>`w.hour`.mapWith(Number),
        at: sql<number>`w.at`.mapWith(Number),
        due: sql<number>`(${dueTasks} AND t.due_on <= ${today})`.mapWith(Number),
        overdue: sql<number>`(${dueTasks} AND t.due_on < ${today})`.mapWith(Number),
      })
      .from(sql`task_mail_wishes AS w JOIN staff AS s ON s.id = w.staff_id`)
      .where(
        sql`w.id = (SELECT max(id) FROM task_mail_wishes WHERE staff_id = w.staff_id) AND w.is_on = 1
          AND s.disabled_at IS NULL AND s.role <> 'analyst'
          AND NOT EXISTS (SELECT 1 FROM task_mails AS m WHERE m.staff_id = s.id AND m.day = ${today})`,
      ),
  );
}

/**
 * Tells staff who wish it, once a day at their hour of the business's clock, how much is due. Whoever has nothing to do then hears
 * nothing, also when something comes up later that day. An hour that had passed when it was chosen is that of tomorrow.
 */
export async function mailTasks(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const { timeZone } = await getBusiness({ ...ctx, db });
  const now = ctx.now();
  const day = dayOf(now, timeZone);
  let told = 0;
  for (const { staffId, address, hour, at, due, overdue } of await listWished(db, day)) {
    const slot = instantOfLocal(`${day}T${String(hour).padStart(2, '0')}:00:00.000`, timeZone);
    if (slot > now || at > slot) continue;
    const params = { day, due, overdue };
    try {
      await writeDecision(ctx, {
        rows: [insertTaskMail({ staffId, day, at: now, due })],
        letters: due === 0 ? [] : [{ template: 'tasks_due', params, address }],
      });
      if (due > 0) told += 1;
    } catch (error) {
      if (!isConflictOn(error, 'task_mails')) throw error;
    }
  }
  if (told > 0) ctx.wakeMail('soon');
  return told;
}
