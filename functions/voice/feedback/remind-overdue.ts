import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { caseAlerts, cases, feedback, staff } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { awaySql } from '../../people/managers/absences/away-sql.ts';
import { insertAlert } from './statements.ts';

const CASES_A_RUN = 200;

const listOverdue = query((db) =>
  db
    .select({
      feedbackId: cases.feedbackId,
      dueAt: sql<number>`${cases.replyDueAt}`.mapWith(Number),
      reference: feedback.reference,
      ownerEmail: staff.email,
      standInEmail: sql<string | null>`(SELECT i.email FROM ${awaySql(sql`${sql.placeholder('today')}`)} AS w
        JOIN staff AS i ON i.id = w.stand_in_id WHERE w.staff_id = ${cases.ownerId})`,
    })
    .from(cases)
    .innerJoin(feedback, eq(feedback.id, cases.feedbackId))
    .leftJoin(staff, and(eq(staff.id, cases.ownerId), isNull(staff.disabledAt)))
    .leftJoin(
      caseAlerts,
      and(eq(caseAlerts.feedbackId, cases.feedbackId), eq(caseAlerts.dueAt, cases.replyDueAt)),
    )
    .where(and(sql`${cases.replyDueAt} <= ${sql.placeholder('now')}`, isNull(caseAlerts.dueAt)))
    .orderBy(asc(cases.replyDueAt))
    .limit(CASES_A_RUN),
);

const listLeads = query((db) =>
  db
    .select({ email: staff.email })
    .from(staff)
    .where(sql`${staff.role} IN ('owner', 'manager') AND ${staff.disabledAt} IS NULL`)
    .orderBy(asc(staff.email)),
);

/**
 * Tells staff of cases whose answer is overdue, once for each promise that was missed: who has the case, or stands in for who
 * has it; else the owners and managers.
 */
export async function remindOverdue(ctx: Context): Promise<number> {
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const now = ctx.now();
  const overdue = await listOverdue(ctx.db.fresh, { now, today: dayOf(now, timeZone) });
  if (overdue.length === 0) return 0;
  const leads = await listLeads(ctx.db.fresh);
  for (const { feedbackId, dueAt, reference, ownerEmail, standInEmail } of overdue) {
    const addresses = ownerEmail === null ? leads.map(({ email }) => email) : [standInEmail ?? ownerEmail];
    const params = { reference, dueAt, isYours: ownerEmail !== null };
    try {
      await writeDecision(ctx, {
        rows: [insertAlert({ feedbackId, dueAt, at: ctx.now() })],
        letters: addresses.map((address) => ({ template: 'case_overdue', params, address })),
      });
    } catch (error) {
      if (!isConflictOn(error, 'case_alerts')) throw error;
    }
  }
  ctx.wakeMail('soon');
  return overdue.length;
}
