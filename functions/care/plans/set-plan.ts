import { insertInto, statement } from '../../../db/query.ts';
import { contactPlans } from '../../../db/schema/index.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findDoer, findPlanRow } from './queries.ts';
import { type PlanInput, planInput } from './schema.ts';

const putPlan = insertInto(
  contactPlans,
  `ON CONFLICT (id) DO UPDATE SET what = excluded.what, audience = excluded.audience, level = excluded.level,
   channel = excluded.channel, purpose = excluded.purpose, interval_days = excluded.interval_days,
   most_per_day = excluded.most_per_day, staff_id = excluded.staff_id, at = excluded.at, actor = excluded.actor`,
);

/**
 * Plans how often and by which channel a group hears from the business, about what and by whom, or changes that. Of premium customers
 * a sales plan asks for those alone who want offers.
 * @throws {AppError} `validation_failed` (`staff`), `not_found`, `forbidden`
 */
export async function setPlan(ctx: Context, typed: PlanInput): Promise<{ id: string }> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { id: known, staff, ...plan } = parseInput(planInput, typed);
  const db = ctx.db.fresh;
  const [doer, kept, { timeZone }] = await Promise.all([
    staff === null ? null : findDoer(db, { who: staff }),
    known === null ? null : findPlanRow(db, { id: known }),
    getBusiness(ctx),
  ]);
  if (known !== null && (kept === null || kept.endedAt !== null)) throw noPlan();
  refuseFields([
    ...(staff !== null && doer === null
      ? [{ path: 'staff', code: 'unknown', message: 'has to work here and do more than read' }]
      : []),
  ]);
  const id = known ?? newId();
  const row = {
    ...{ ...plan, id, staffId: doer?.id ?? null, endedAt: null, endedBy: null },
    sinceDay: kept?.sinceDay ?? dayOf(ctx.now(), timeZone),
    ...{ at: ctx.now(), actor: actorName(ctx.actor) },
  };
  await writeDecision(ctx, {
    rows: [putPlan(row)],
    audit: {
      kind: known === null ? 'plan.made' : 'plan.changed',
      subjectKind: 'plan',
      subjectId: id,
      detail: changesOf(kept === null ? null : told(kept), told(row)),
    },
  });
  return { id };
}

/** For the log. */
const told = (
  plan: Pick<typeof contactPlans.$inferSelect, Exclude<keyof PlanInput, 'id' | 'staff'> | 'staffId'>,
) => ({
  ...{ what: plan.what, audience: plan.audience, level: plan.level, channel: plan.channel },
  ...{ purpose: plan.purpose, days: plan.intervalDays, perDay: plan.mostPerDay, staff: plan.staffId },
});

/** The plan asks for nothing more, and its open tasks are taken back by the next run. @throws {AppError} `not_found`, `forbidden` */
export async function endPlan(ctx: Context, { id }: { id: string }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const kept = await findPlanRow(ctx.db.fresh, { id });
  if (kept === null) throw noPlan();
  if (kept.endedAt !== null) return;
  await writeDecision(ctx, {
    rows: [
      statement(
        'UPDATE contact_plans SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
        ...[ctx.now(), actorName(ctx.actor), id],
      ),
    ],
    audit: { kind: 'plan.ended', subjectKind: 'plan', subjectId: id },
  });
}

const noPlan = () => new AppError('not_found', 'There is no such plan.');
