import { z } from 'zod';
import { changeAccount } from '../accounts/change-account.ts';
import { insertAccount, insertHistory } from '../accounts/statements.ts';
import { findRevision } from '../business/queries.ts';
import { customerIdOf } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { newCode, newId } from '../platform/ids.ts';
import { identifier } from '../platform/input.ts';
import { assertWithin, countTries, limitOn } from '../platform/limits.ts';
import { parseInput } from '../platform/parse-input.ts';
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
  given: z.input<typeof input>,
): Promise<{ accountId: string; name: string }> {
  const customerId = customerIdOf(ctx);
  const asked = parseInput(input, given);
  const limits = [limitOn(ctx.config.secret, 'invitations', customerId)];
  assertWithin(await countTries(ctx.db, limits, ctx.now()));
  return changeAccount(ctx, `household:${customerId}`, () => found(ctx, { customerId, name: asked.name }));
}

async function found(ctx: Context, asked: { customerId: string; name: string }) {
  const { customerId } = asked;
  const [programme] = await findRevision(ctx.db.fresh);
  const revision = programme?.revision ?? 0;
  const now = ctx.now();
  const accountId = newId();
  const name = `${asked.name} ${newCode(1)}`;
  await ctx.db.write([
    insertAccount({ id: accountId, kind: 'shared', name, signedUpAt: now }, { revision, now, historySeq: 1 }),
    insertHistory({
      accountId,
      seq: 1,
      at: now,
      kind: 'household_founded',
      actor: `customer:${customerId}`,
      detail: JSON.stringify({ customerId }),
      programmeRevision: revision,
    }),
    ...addMember(ctx, { accountId, customerId, role: 'manager', mayRedeem: true }),
  ]);
  return { accountId, name };
}
