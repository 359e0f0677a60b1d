import type { Context } from '../../ground/platform/context.ts';
import { mailboxOf } from '../../ground/platform/email.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findStaffMember, listEmailsOfAccount } from './queries.ts';

/**
 * Refuses what a member of staff does for an account they belong to as a customer, known by any address of it.
 * @throws {AppError} `credit_to_oneself`, `forbidden` for who does not work here
 */
export async function assertNotOwn(
  ctx: Context,
  { staffId, accountId }: { staffId: string; accountId: string },
): Promise<void> {
  const db = ctx.db.fresh;
  const [member, people] = await Promise.all([
    findStaffMember(db, { id: staffId }),
    listEmailsOfAccount(db, { rootId: accountId }),
  ]);
  if (member === null) throw new AppError('forbidden', 'This is not yours to do.');
  const self = mailboxOf(member.email);
  if (people.some(({ email }) => mailboxOf(email) === self))
    throw new AppError('credit_to_oneself', 'Nobody moves credit of their own account.');
}
