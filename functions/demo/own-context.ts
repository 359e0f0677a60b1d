import { findCustomers } from '../customers/find-customers.ts';
import type { Context } from '../platform/context.ts';
import { assert } from '../platform/errors.ts';

/** The same database seen by somebody of the demo. */
export async function ownContext(ctx: Context, email: string): Promise<Context> {
  const { items } = await findCustomers(ctx, { email });
  const [customer] = items;
  assert(customer !== undefined, `${email} is a customer of the demo`);
  return { ...ctx, actor: { kind: 'customer', id: customer.id } };
}
