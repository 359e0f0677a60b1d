import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { findCustomers } from '../../people/customers/find-customers.ts';

/** The same database seen by somebody of the demo. */
export async function ownContext(ctx: Context, email: string): Promise<Context> {
  const { items } = await findCustomers(ctx, { email });
  const [customer] = items;
  assert(customer !== undefined, `${email} is a customer of the demo`);
  return { ...ctx, actor: { kind: 'customer', id: customer.id } };
}
