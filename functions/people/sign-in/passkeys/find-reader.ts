import type { Context } from '../../../ground/platform/context.ts';
import { isMember } from '../claim-customer.ts';
import { findOwner } from '../find-owner.ts';
import type { KnownPerson } from '../known-person.ts';
import { findActiveStaff } from '../queries.ts';
import { passkeyRefused } from '../refusals.ts';

/** Whom a passkey signs in, as they are now. */
export interface PasskeyReader {
  email: string;
  name: string | null;
  language: string | null;
}

/** Somebody who may sign in. @throws {AppError} `passkey_refused` who left, was shut out, or never was */
export async function findReader(ctx: Context, { kind, id }: KnownPerson): Promise<PasskeyReader> {
  if (kind === 'staff') {
    const [member] = await findActiveStaff(ctx.db.fresh, { id });
    if (member === undefined) throw passkeyRefused();
    return { email: member.email, name: null, language: null };
  }
  const [customer] = await findOwner(ctx.db.fresh, { id });
  if (!isMember(customer) || customer.withdrawnAt !== null || customer.email === null) throw passkeyRefused();
  return { email: customer.email, name: customer.name, language: customer.language };
}
