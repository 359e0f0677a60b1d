import { insertInto, statement } from '../../../db/query.ts';
import { creditRequests } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../business/business.ts';
import { adjust } from '../ledger/adjust.ts';
import { adjustmentErrors } from '../ledger/adjustment-errors.ts';
import { assertNotOwn } from './assert-not-own.ts';
import { allowLargeCredit, type CreditLimits, limitsOf } from './limits.ts';

export interface Credit {
  /** A root account. */
  accountId: string;
  /** Signed minor units of the business currency, not 0. */
  amount: bigint;
  /** Read by the customer on the statement. */
  reason: string;
  /** The case it makes good for. */
  feedbackId: string | null;
  /** Of the form: sent twice, it is one act. */
  key: string;
  /** What the giver decides in the write that moves the balance; it refuses a second of the same key. */
  also: (adjustmentId: string) => Promise<Decision>;
}

/** What became of it: `waits` for a second person, since it is more than its author may alone. */
export type CreditOutcome = 'given' | 'waits';

/**
 * Gives credit by hand, or takes it. Staff may so up to the limits of their role for one act and one business day, never
 * for an account of their own; what is more waits for a second person. Many at once do not pass the limit of a day.
 * @throws {AppError} as `adjust`; `credit_to_oneself`, `forbidden`, `proof_needed` above the limit of a manager
 */
export async function giveCredit(ctx: Context, credit: Credit): Promise<CreditOutcome> {
  allow(ctx.actor, 'redemptions:write');
  if (ctx.actor.kind !== 'staff') {
    await adjust(ctx, adjustmentOf(credit), { also: async (id) => [await credit.also(id)] });
    return 'given';
  }
  const staffId = ctx.actor.id;
  await assertNotOwn(ctx, { staffId, accountId: credit.accountId });
  const business = await getBusiness(ctx);
  const limits = limitsOf(business, ctx.actor.role);
  const moved = credit.amount < 0n ? -credit.amount : credit.amount;
  if (limits !== null && moved > limits.act) return ask(ctx, { credit, staffId });
  allowLargeCredit(ctx, business, moved);
  const day = { staffId, day: dayOf(ctx.now(), business.timeZone), moved };
  try {
    await adjust(ctx, adjustmentOf(credit), {
      also: async (id) => [await credit.also(id), { rows: limits === null ? [] : [countDay(day, limits)] }],
    });
    return 'given';
  } catch (error) {
    if (!isConflictOn(error, 'credit_days_within_limit')) throw error;
    return ask(ctx, { credit, staffId });
  }
}

const adjustmentOf = ({ accountId, amount, reason }: Credit) => ({ account: accountId, amount, reason });

function countDay(
  { staffId, day, moved }: { staffId: string; day: string; moved: bigint },
  limits: CreditLimits,
): Statement {
  return statement(
    `INSERT INTO credit_days (staff_id, day, moved_minor, limit_minor) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET moved_minor = moved_minor + excluded.moved_minor, limit_minor = excluded.limit_minor`,
    staffId,
    day,
    moved,
    limits.day,
  );
}

const insertRequest = insertInto(creditRequests);

async function ask(
  ctx: Context,
  { credit, staffId }: { credit: Credit; staffId: string },
): Promise<CreditOutcome> {
  const { accountId, amount, feedbackId } = credit;
  refuseFields(adjustmentErrors(credit));
  const reason = credit.reason.trim();
  const { currency } = await getBusiness(ctx);
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  const id = hashOf(`${staffId} ${credit.key}`).slice(0, 32);
  const row = { id, accountId, amountMinor: amount, currency, reason, feedbackId, staffId, at: ctx.now() };
  try {
    await writeDecision(ctx, {
      rows: [insertRequest(row)],
      audit: {
        kind: 'credit.asked',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { request: id, amount },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'credit_requests')) throw error;
  }
  return 'waits';
}
