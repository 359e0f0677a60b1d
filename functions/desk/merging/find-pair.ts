import type { Context } from '../../ground/platform/context.ts';
import { knownEmail } from '../../ground/platform/email.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { findPerson, type MergedPerson } from './queries.ts';

/** The two that are to be one. */
export interface TwoCustomers {
  survivor: MergedPerson;
  merged: MergedPerson;
}

/**
 * Who survives and who goes into them, each by id or by an email of theirs.
 * @throws {AppError} `validation_failed` where one is none, or the two cannot be made one in this direction
 */
export async function findPair(
  ctx: Context,
  named: { survivor: string; merged: string },
): Promise<TwoCustomers> {
  const [survivor, merged] = await Promise.all([
    findNamed(ctx, named.survivor, 'survivor'),
    findNamed(ctx, named.merged, 'merged'),
  ]);
  if (survivor.id === merged.id) throw wrongField('merged', 'same_customer', 'is the same customer');
  const isIn = ({ claimedAt, closedAt }: MergedPerson) => claimedAt !== null && closedAt === null;
  if (isIn(merged) && !isIn(survivor))
    throw wrongField('survivor', 'keep_who_signs_in', 'has not joined, the other one has: keep that one');
  if (merged.email !== null && survivor.email === null)
    throw wrongField('survivor', 'keep_who_has_email', 'has no email, the other one has: keep that one');
  return { survivor, merged };
}

async function findNamed(ctx: Context, text: string, path: 'survivor' | 'merged'): Promise<MergedPerson> {
  const db = ctx.db.fresh;
  const email = knownEmail(text.trim());
  const [byEmail] = email === null ? [] : await listCustomersByAnyEmail(db, { email });
  const [person] = await findPerson(db, { id: byEmail?.id ?? text.trim() });
  if (person === undefined || person.withdrawnAt !== null)
    throw wrongField(path, 'unknown_customer', 'is no customer');
  return person;
}
