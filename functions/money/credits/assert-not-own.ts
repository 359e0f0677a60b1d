import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findStaffMember, listEmailsOfAccount, listEmailsOfCustomers } from './queries.ts';

/**
 * Refuses what a member of staff does for an account they belong to as a customer, known by any address of it.
 * @throws {AppError} `credit_to_oneself`, `forbidden` for who does not work here
 */
export async function assertNotOwn(
  ctx: Context,
  { staffId, accountId }: { staffId: string; accountId: string },
): Promise<void> {
  await assertNoneIs(ctx, staffId, listEmailsOfAccount(ctx.db.fresh, { rootId: accountId }));
}

/**
 * The same of customers, who may have no account yet.
 * @throws {AppError} `credit_to_oneself`, `forbidden`
 */
export async function assertNotOneself(
  ctx: Context,
  { staffId, customerIds }: { staffId: string; customerIds: readonly string[] },
): Promise<void> {
  await assertNoneIs(ctx, staffId, listEmailsOfCustomers(ctx.db.fresh, { ids: JSON.stringify(customerIds) }));
}

async function assertNoneIs(
  ctx: Context,
  staffId: string,
  listEmails: Promise<{ email: string }[]>,
): Promise<void> {
  const [member, people] = await Promise.all([findStaffMember(ctx.db.fresh, { id: staffId }), listEmails]);
  if (member === null) throw new AppError('forbidden', 'This is not yours to do.');
  const self = mailboxOf(member.email);
  if (people.some(({ email }) => mailboxOf(email) === self))
    throw new AppError('credit_to_oneself', 'Nobody moves credit of their own account.');
}
