import { z } from 'zod';
import type { AuditLine } from '../../ground/audit/insert-audit-line.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { handOver } from './hand-over.ts';
import { allowAssigning } from './may-assign.ts';
import { findHolding, findManaged, findMember, findOpenManager } from './open-manager.ts';
import { type ChosenManager, findRuled } from './rules.ts';

export const WHY_LENGTH_MAX = 500;

const input = z.strictObject({
  /** A root account, or a department. */
  accountId: z.string().max(100),
  /** The id or the email of who works here; null leaves the account to the rules. */
  manager: z.string().trim().max(254).nullable(),
  why: freeText(WHY_LENGTH_MAX),
});

/** In whose hands an account is from now on; null for nobody's. */
export interface Assigned {
  accountId: string;
  manager: { email: string; name: string | null } | null;
  isByHand: boolean;
}

/**
 * Gives an account into the hands of a member of the team, who keeps it whatever rules say; or takes it out of theirs,
 * and leaves it to the rules.
 * @throws {AppError} `validation_failed` for `manager` who does not work here or only reads, `not_found`, `forbidden`
 */
export async function assignManager(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<Assigned> = {},
): Promise<Assigned> {
  await allowAssigning(ctx);
  const { accountId, manager, why } = parseInput(input, typed);
  const account = await getManaged(ctx, accountId);
  const { result, isSame } = await writeHistory<Outcome>(ctx, account.rootId, async (seen) => {
    const { open, to, next, isSame } = await compare(seen, account, { manager, why });
    const result: Assigned = {
      accountId,
      manager: to === null ? null : { email: to.member.email, name: to.member.name },
      isByHand: manager !== null,
    };
    if (isSame) return { ...unchanged, result: { result, isSame } };
    return {
      ...handOver(seen, { accountId, open, to: next }),
      audit: actOf(accountId, { from: open?.staffId, to: next?.staffId }),
      beside: options.alongside?.(result, 200) ?? [],
      result: { result, isSame },
    };
  });
  if (isSame) await writeDecision(ctx, { beside: options.alongside?.(result, 200) ?? [] });
  return result;
}

/** Whether {@link assignManager} would change nothing; refuses what that refuses. */
export async function isAssigned(ctx: Context, typed: z.input<typeof input>): Promise<boolean> {
  await allowAssigning(ctx);
  const { accountId, ...wish } = parseInput(input, typed);
  return (await compare(ctx, await getManaged(ctx, accountId), wish)).isSame;
}

/** Whether an account is in the hands of a member of the team, by id or email, also of one who left it. */
export async function isManagedBy(
  ctx: Context,
  { accountId, manager }: { accountId: string; manager: string },
): Promise<boolean> {
  await allowAssigning(ctx);
  return (await findHolding(ctx.db.fresh, { accountId, who: manager })) !== null;
}

interface Outcome {
  result: Assigned;
  isSame: boolean;
}

type Managed = NonNullable<Awaited<ReturnType<typeof findManaged>>>;

async function getManaged({ db }: Pick<Context, 'db'>, accountId: string): Promise<Managed> {
  const account = await findManaged(db.fresh, { accountId });
  if (account === null) throw new AppError('not_found', 'There is no such account.');
  return account;
}

/** In whose hands an account is, and would be. */
async function compare(
  ctx: Context,
  account: Managed,
  { manager, why }: Pick<z.output<typeof input>, 'manager' | 'why'>,
) {
  const [open, to] = await Promise.all([
    findOpenManager(ctx.db.fresh, { accountId: account.id }),
    manager === null ? findRuled(ctx, account) : getAssignable(ctx, manager),
  ]);
  const next = to === null ? null : { staffId: to.member.id, segmentId: to.segmentId, why };
  const isSame =
    open?.staffId === next?.staffId &&
    (open === null || (open.segmentId === next?.segmentId && open.why === next.why));
  return { open, to, next, isSame };
}

/** What the log keeps of it: ids of the team. */
function actOf(
  accountId: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): AuditLine {
  return {
    kind: to === undefined ? 'manager.ended' : 'manager.given',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
  };
}

/** @throws {AppError} `validation_failed` at `manager` for who does not work here, or only reads */
export async function getAssignable({ db }: Pick<Context, 'db'>, who: string): Promise<ChosenManager> {
  const member = await findMember(db.fresh, { who });
  if (member === null) throw wrongField('manager', 'unknown', 'is nobody who works here');
  if (member.role === 'analyst')
    throw wrongField('manager', 'only_reads', 'only reads, and has no customers');
  return { member, segmentId: null };
}
