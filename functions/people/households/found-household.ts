import { z } from 'zod';
import type { OtherHistory } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newCode, newId } from '../../ground/platform/ids.ts';
import { identifier } from '../../ground/platform/input.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { insertAccount } from '../../money/accounts/open-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import { looksLikeLink } from './looks-like-link.ts';
import { addMember } from './membership-rows.ts';

const input = z.strictObject({
  name: identifier(100).refine((name) => !looksLikeLink(name), {
    params: { code: 'invalid_text' },
    message: 'must not look like a web address',
  }),
});

/**
 * The signed-in customer founds a household, manages it and may redeem for it. Since orders name an account by its name,
 * it gets a code behind it: nobody can found what a company's next order would fall into.
 * @throws {AppError} `validation_failed`, `too_many_requests`, `unauthenticated`
 */
export async function foundHousehold(
  ctx: Context,
  typed: z.input<typeof input>,
): Promise<{ accountId: string; name: string }> {
  const customerId = customerIdOf(ctx);
  const { name } = parseInput(input, typed);
  const limits = [limitOn(ctx.config.secret, 'invitations', customerId)];
  assertWithin(await countTries(ctx.db, limits, ctx.now()));
  return changeAccount(ctx, `household:${customerId}`, () => found(ctx, customerId, name));
}

async function found(ctx: Context, customerId: string, plainName: string) {
  const [programme] = await findRevision(ctx.db.fresh);
  const revision = programme?.revision ?? 0;
  const now = ctx.now();
  const accountId = newId();
  const name = `${plainName} ${newCode(1)}`;
  const household = { id: accountId, kind: 'shared', form: 'household', name, signedUpAt: now } as const;
  const founding: OtherHistory = {
    kind: 'household_founded',
    rootId: accountId,
    actor: `customer:${customerId}`,
    detail: { customerId },
    place: { seq: 1, revision, isMovedByRows: true },
  };
  await writeDecision(ctx, {
    rows: [insertAccount(household, { revision, now, historySeq: 1 })],
    histories: [founding],
    also: [addMember(ctx, { accountId, customerId, role: 'manager', mayRedeem: true })],
  });
  return { accountId, name };
}
